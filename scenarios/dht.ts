import { defineScenario } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, holds, refused, succeeds } from '../harness/verify.ts'
import { collect, idsOf, join, knows, makeCid, NOTICE } from './dht-peers.ts'
import { ipnsRecord, makeOwner, publicKeyRecord } from './records.ts'

/** The asker takes no part but asking: what others know of it, they have been told. */
const CLIENT = { asker: { dhtServer: false, dhtClient: true } }

export const dht = defineScenario({
  name: 'dht',
  title: 'Two daemons are a DHT: peers, what they announce, and what they store',
  roles: ['asker', 'server'],
  needs: ['dht'],
  checks: {
    'find-connected-peer': {
      title: 'FIND_PEER of a connected peer gives the addresses that the peer itself tells',
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        const found = await succeeds('FIND_PEER', asker.client.dht.findPeer(server.peer, { signal }))
        equal('the peer', found.peer.toString(), server.peer.toString())
        equal('its addresses', found.addrs.map(String), server.addrs.map(String))
      },
    },
    'closest-peers': {
      title: 'GET_CLOSEST_PEERS of either lists the other, once, and not itself',
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        await knows(server, asker, signal)
        for (const [who, whom] of [
          [asker, server],
          [server, asker],
        ] as const) {
          const closest = await collect(who.client.dht.getClosestPeers(Buffer.from('any key'), { signal }))
          equal('the closest peers', closest.map(String), [whom.peer.toString()])
        }
      },
    },
    provide: {
      title: 'FIND_PROVIDERS finds who has called PROVIDE, once, with addresses',
      async run({ players: { asker, server }, signal }) {
        await join(server, asker, signal)
        await knows(asker, server, signal)
        const cid = makeCid()
        await succeeds('PROVIDE', server.client.dht.provide(cid, { signal }))
        const found = await collect(asker.client.dht.findProviders(cid, { signal }))
        equal('the providers', idsOf(found), [server.peer.toString()])
        equal('its addresses', found[0]?.addrs.map(String), server.addrs.map(String))
      },
    },
    'provide-to-server': {
      title: 'PROVIDE tells the other daemon, which lists the provider without asking it',
      flags: CLIENT,
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        const cid = makeCid()
        await succeeds('PROVIDE', asker.client.dht.provide(cid, { signal }))
        // an announcement is not answered: nobody knows when it has been heard
        const providers = await until(
          async () => {
            const found = await collect(server.client.dht.findProviders(cid, { count: 1, signal }))
            return found.length > 0 && idsOf(found)
          },
          { deadline: NOTICE, what: 'the server to list a provider', signal },
        )
        equal('the providers', providers, [asker.peer.toString()])
      },
    },
    'no-providers': {
      title: 'FIND_PROVIDERS of what nobody has gives nothing, and no error',
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        equal('the providers', await collect(asker.client.dht.findProviders(makeCid(), { signal })), [])
      },
    },
    'public-key-value': {
      title: 'PUT_VALUE of a public key stores it at the other daemon, whose GET_VALUE and GET_PUBLIC_KEY find it',
      needs: ['dht-values'],
      flags: CLIENT,
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        const { key, value, peer } = await publicKeyRecord()
        await succeeds('PUT_VALUE', asker.client.dht.putValue(key, value, { signal }))
        equal('the value', await succeeds('GET_VALUE', server.client.dht.getValue(key, { signal })), value)
        const found = await succeeds('GET_PUBLIC_KEY', server.client.dht.getPublicKey(peer, { signal }))
        equal('the public key', found.toString(), peer.publicKey?.toString())
      },
    },
    'public-key-in-id': {
      title: 'GET_PUBLIC_KEY of an Ed25519 peer reads its id: the peer need not exist',
      async run({ players: { asker }, strangers, signal }) {
        const key = await succeeds('GET_PUBLIC_KEY', asker.client.dht.getPublicKey(strangers.ed25519, { signal }))
        equal('the public key', key.toString(), strangers.ed25519.publicKey?.toString())
      },
    },
    'ipns-value': {
      title: 'A newer IPNS record replaces an older one at both daemons, and is not replaced by it',
      needs: ['dht-values'],
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        await knows(server, asker, signal)
        const owner = await makeOwner()
        const [old, recent] = await Promise.all([ipnsRecord(owner, 1), ipnsRecord(owner, 2)])
        const { key } = old
        await succeeds('PUT_VALUE', server.client.dht.putValue(key, old.value, { signal }))
        equal('the first value', await succeeds('GET_VALUE', asker.client.dht.getValue(key, { signal })), old.value)
        await succeeds('PUT_VALUE', asker.client.dht.putValue(key, recent.value, { signal }))
        equal('the value', await succeeds('GET_VALUE', server.client.dht.getValue(key, { signal })), recent.value)
        for (const { client } of [asker, server]) {
          await refused(
            'PUT_VALUE of the older one',
            client.dht.putValue(key, old.value, { signal }),
            /^can't replace a newer value with an older value$/,
          )
        }
      },
    },
    'outdated-peer': {
      title: 'A peer that has newer values does not take older ones from others, and gives the newer ones',
      needs: ['dht-values'],
      async run({ players: { asker, server }, signal }) {
        const owner = await makeOwner()
        const [old, recent] = await Promise.all([ipnsRecord(owner, 1), ipnsRecord(owner, 2)])
        // neither knows anybody, so that each keeps its value to itself
        for (const [player, { key, value }] of [
          [asker, old],
          [server, recent],
        ] as const) {
          const alone = player.client.dht.putValue(key, value, { signal })
          await refused('PUT_VALUE without a network', alone, /^failed to find any peer in table$/)
        }
        await join(asker, server, signal)
        await succeeds('PUT_VALUE of the older one', asker.client.dht.putValue(old.key, old.value, { signal }))
        const values = await collect(asker.client.dht.searchValue(old.key, { signal }))
        equal('the first value found', values[0], old.value)
        equal('the last value found', values.at(-1), recent.value)
        equal('values found', values.length, 2)
        equal('the value', await succeeds('GET_VALUE', server.client.dht.getValue(old.key, { signal })), recent.value)
      },
    },
    'search-value': {
      title: 'SEARCH_VALUE gives a value once, however many have it',
      needs: ['dht-values'],
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        const { key, value } = await ipnsRecord(await makeOwner(), 1)
        await succeeds('PUT_VALUE', asker.client.dht.putValue(key, value, { signal }))
        equal('the values', await collect(asker.client.dht.searchValue(key, { signal })), [value].map(Buffer.from))
      },
    },
    'client-mode': {
      title: 'A daemon started with -dhtClient asks others, and is not asked',
      flags: CLIENT,
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        await refused(
          'GET_CLOSEST_PEERS of the server',
          collect(server.client.dht.getClosestPeers(Buffer.from('any key'), { signal })),
          /^failed to find any peer in table$/,
        )
      },
    },
    'reused-connection': {
      title: 'After END, the same control connection serves the next request, sent along with the first',
      async run({ players: { asker, server }, signal }) {
        await join(asker, server, signal)
        const connection = await asker.client.rawConnection({ signal })
        connection.socket.cork()
        connection.send('Request', { type: 4, dht: { type: 3, key: Buffer.from('any key') } })
        connection.send('Request', { type: 0 })
        connection.socket.uncork()
        equal('the first answer', (await connection.receive('Response', { signal })).dht?.type, 0)
        const types = []
        do types.push((await connection.receive('DHTResponse', { signal })).type)
        while (types.at(-1) !== 2)
        holds('messages before END', types.length > 1, 'at least one', types.length - 1)
        const { identify } = await connection.receive('Response', { signal })
        equal('the peer id', identify?.id, asker.peer.toMultihash().bytes)
        connection.socket.destroy()
      },
    },
  },
})
