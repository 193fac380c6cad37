import { multiaddr } from '@multiformats/multiaddr'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, holds, refused, succeeds } from '../harness/verify.ts'

/** Milliseconds for what one daemon learns from the other, and for what ends after a second. */
const NOTICE = 8_000

const SOMEWHERE = multiaddr('/ip4/127.0.0.1/tcp/1')

export const peerstore = defineScenario({
  name: 'peerstore',
  title: 'What a daemon knows of a peer can be read and changed',
  roles: ['keeper', 'other'],
  needs: { keeper: ['peerstore'] },
  checks: {
    protocols: {
      title: 'Once connected, a peer’s protocols are known, those of its applications included',
      async run({ players: { keeper, other }, signal }) {
        await other.client.handle('/known/1.0.0', stream => stream.reset(), { signal })
        await succeeds('CONNECT', keeper.client.connect(other.peer, other.addrs, { signal }))
        await knowsProtocol(keeper, other, '/known/1.0.0', signal)
        await knowsProtocol(keeper, other, '/ipfs/id/1.0.0', signal)
      },
    },
    'new-protocol': {
      title: 'A protocol that a peer begins to speak while it is connected becomes known',
      async run({ players: { keeper, other }, signal }) {
        await succeeds('CONNECT', keeper.client.connect(other.peer, other.addrs, { signal }))
        await other.client.handle('/later/1.0.0', stream => stream.reset(), { signal })
        await knowsProtocol(keeper, other, '/later/1.0.0', signal)
      },
    },
    addresses: {
      title: 'A peer that has connected is known by the addresses that it listens on',
      async run({ players: { keeper, other }, signal }) {
        await succeeds('CONNECT', other.client.connect(keeper.peer, keeper.addrs, { signal }))
        const expected = other.addrs.map(String)
        await until(
          async () => {
            const known = await keeper.client.peerstore.addresses(other.peer, { signal }).catch(() => [])
            return expected.every(address => known.map(String).includes(address))
          },
          { deadline: NOTICE, what: 'the other’s addresses to be known', signal },
        )
      },
    },
    'added-addresses': {
      title: 'CONNECT without addresses finds a peer at those that were added',
      async run({ players: { keeper, other }, signal }) {
        const { client } = keeper
        await refused('CONNECT before', client.connect(other.peer, [], { signal }), 'failed to dial: ')
        await succeeds('ADD', client.peerstore.add(other.peer, { addrs: [SOMEWHERE, ...other.addrs] }, { signal }))
        await succeeds('CONNECT', client.connect(other.peer, [], { signal }))
      },
    },
    'removed-addresses': {
      title: 'CONNECT without addresses does not find a peer any more whose addresses were removed',
      async run({ players: { keeper, other }, signal }) {
        const { client } = keeper
        await succeeds('ADD', client.peerstore.add(other.peer, { addrs: other.addrs, tags: { a: {} } }, { signal }))
        await succeeds('REMOVE', client.peerstore.remove(other.peer, { addrs: other.addrs }, { signal }))
        equal('the addresses', await client.peerstore.addresses(other.peer, { signal }), [])
        await refused('CONNECT', client.connect(other.peer, [], { signal }), 'failed to dial: ')
      },
    },
    expiry: {
      title: 'An address is forgotten when its time is over, and one without an end is not',
      async run({ players: { keeper, other }, signal }) {
        const { peerstore } = keeper.client
        await succeeds('ADD', peerstore.add(other.peer, { addrs: other.addrs, ttl: 1 }, { signal }))
        await succeeds('ADD', peerstore.add(other.peer, { addrs: [SOMEWHERE] }, { signal }))
        await until(async () => (await peerstore.addresses(other.peer, { signal })).length === 1, {
          deadline: NOTICE,
          what: 'the address to be forgotten',
          signal,
        })
        equal('what is left', (await peerstore.addresses(other.peer, { signal })).map(String), [`${SOMEWHERE}`])
      },
    },
    record: {
      title: 'Tags and metadata are kept as they were given, also when the peer connects, until they are removed',
      async run({ players: { keeper, other }, signal }) {
        const { client } = keeper
        const colour = Buffer.from('blue')
        const addition = { tags: { good: { value: 7 }, bad: { value: 1 } }, metadata: { colour } }
        await succeeds('ADD', client.peerstore.add(other.peer, addition, { signal }))
        await succeeds('CONNECT', client.connect(other.peer, other.addrs, { signal }))
        await succeeds('REMOVE', client.peerstore.remove(other.peer, { tags: ['bad'] }, { signal }))
        const { tags, metadata } = await succeeds('GET_RECORD', client.peerstore.get(other.peer, { signal }))
        equal('the tags', [...tags], [['good', { value: 7, ttl: undefined }]])
        equal('the metadata', metadata.get('colour'), colour)
      },
    },
    delete: {
      title: 'A peer that was deleted is unknown',
      async run({ players: { keeper, other }, signal }) {
        const { peerstore } = keeper.client
        await succeeds('ADD', peerstore.add(other.peer, { addrs: other.addrs, protocols: ['/a'] }, { signal }))
        holds('the list', await lists(keeper, other, signal), 'the peer in it', 'a list without it')
        await succeeds('DELETE_PEER', peerstore.delete(other.peer, { signal }))
        holds('the list', !(await lists(keeper, other, signal)), 'no such peer', 'the peer')
        await refused('GET_PROTOCOLS', peerstore.protocols(other.peer, { signal }), 'nothing is known')
      },
    },
  },
})

async function knowsProtocol({ client }: Player, other: Player, protocol: string, signal: AbortSignal): Promise<void> {
  await until(async () => (await client.peerstore.protocols(other.peer, { signal })).includes(protocol), {
    deadline: NOTICE,
    what: `${protocol} to be known of the other`,
    signal,
  })
}

async function lists({ client }: Player, other: Player, signal: AbortSignal): Promise<boolean> {
  return (await client.peerstore.list({ signal })).some(peer => peer.equals(other.peer))
}
