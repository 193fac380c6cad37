import { peerIdFromString } from '@libp2p/peer-id'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, refused, succeeds } from '../harness/verify.ts'
import { DHTRequest, Request } from '../proto/codec.ts'
import { collect, idsOf, makeCid } from './dht-peers.ts'
import { makeOwner, publicKeyRecord } from './records.ts'

const { Type } = DHTRequest

const NO_BYTES = new Uint8Array()
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** A peer that nobody is, with an id that does not hold its key. */
const NOBODY = peerIdFromString('QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN')

/** The shortest time that a request can be given, in seconds. */
const timeout = 1

/** Insists that a request is refused in exactly these words; go writes some spaces so that they do not break. */
async function refuses({ client }: Player, dht: DHTRequest, words: string, signal: AbortSignal): Promise<void> {
  await using connection = await client.rawConnection({ signal })
  connection.send('Request', { type: Request.Type.DHT, dht })
  const { error } = await connection.receive('Response', { signal })
  equal(`the answer to ${Type[dht.type] ?? dht.type}`, error?.msg.replaceAll('\u00a0', ' '), words)
}

export const dhtErrors = defineScenario({
  name: 'dht-errors',
  title: 'Requests of the DHT that cannot be served are answered in go-libp2p-daemon’s words',
  roles: ['daemon'],
  needs: ['dht'],
  checks: {
    disabled: {
      title: 'Without a DHT every request is refused, also one without its parameters',
      flags: { daemon: { dhtServer: false } },
      async run({ players: { daemon }, signal }) {
        for (const type of Object.values(Type).filter(value => typeof value === 'number')) {
          await refuses(daemon, { type }, 'DHT not enabled', signal)
        }
        const empty = daemon.client.request({ type: Request.Type.DHT }, { signal })
        await refused('DHT without parameters', empty, /^DHT not enabled$/)
      },
    },
    'missing-fields': {
      title: 'A field that is missing is named, before anything else is looked at',
      async run({ players: { daemon }, signal }) {
        const empty = daemon.client.request({ type: Request.Type.DHT }, { signal })
        await refused('DHT without parameters', empty, /^Malformed request; missing parameters$/)
        const missing = (name: string): string => `Malformed request; missing ${name} parameter`
        for (const [dht, words] of [
          [{ type: Type.FIND_PEER }, missing('peer')],
          [{ type: Type.FIND_PEERS_CONNECTED_TO_PEER }, 'not supported'],
          [{ type: Type.FIND_PROVIDERS }, missing('cid')],
          [{ type: Type.GET_CLOSEST_PEERS }, missing('key')],
          [{ type: Type.GET_PUBLIC_KEY }, missing('peer')],
          [{ type: Type.GET_VALUE }, missing('key')],
          [{ type: Type.SEARCH_VALUE }, missing('key')],
          [{ type: Type.PUT_VALUE, value: NO_BYTES }, missing('key')],
          [{ type: Type.PUT_VALUE, key: NO_BYTES }, missing('value')],
          [{ type: Type.PROVIDE }, missing('cid')],
          [{ type: 77 }, 'Unexpected request'],
        ] as [DHTRequest, string][]) {
          await refuses(daemon, dht, words, signal)
        }
      },
    },
    'bad-peers': {
      title: 'What is no peer id is refused',
      async run({ players: { daemon }, signal }) {
        for (const type of [Type.FIND_PEER, Type.GET_PUBLIC_KEY]) {
          await refuses(daemon, { type, peer: NO_BYTES }, 'multihash too short. must be >= 2 bytes', signal)
          const short = bytes('\x12\x20too short')
          await refuses(
            daemon,
            { type, peer: short },
            'length greater than remaining number of bytes in buffer',
            signal,
          )
        }
      },
    },
    'bad-cids': {
      title: 'What is no CID is refused',
      async run({ players: { daemon }, signal }) {
        const { bytes: good } = makeCid()
        for (const [cid, words] of [
          [NO_BYTES, 'invalid cid: varints malformed, could not reach the end'],
          [bytes('xyz'), 'invalid cid: expected 1 as the cid version number, got: 120'],
          [bytes('\x01\x55'), 'invalid cid: multihash too short. must be >= 2 bytes'],
          [good.subarray(2, 20), 'invalid cid: not enough bytes for cid v0'],
          [good.subarray(0, 20), 'invalid cid: length greater than remaining number of bytes in buffer'],
          [Buffer.concat([good, bytes('x')]), 'trailing bytes in data buffer passed to cid Cast'],
        ] as const) {
          for (const type of [Type.FIND_PROVIDERS, Type.PROVIDE]) {
            await refuses(daemon, { type, cid }, `invalid cid: ${words}`, signal)
          }
        }
      },
    },
    'bad-values': {
      title: 'Only /pk and /ipns have values, and only those that their keys allow',
      needs: ['dht-values'],
      async run({ players: { daemon }, signal }) {
        const { key: pk } = await publicKeyRecord()
        const ipns = Buffer.concat([bytes('/ipns/'), (await makeOwner()).publicKey.toMultihash().bytes])
        const multihash = 'key did not contain valid multihash'
        for (const [key, value, words] of [
          [NO_BYTES, '', 'invalid record keytype'],
          [bytes('no namespace'), '', 'invalid record keytype'],
          [bytes('/other/key'), '', 'invalid record keytype'],
          [bytes('/pk'), '', 'invalid record keytype'],
          [bytes('/pk/'), '', `${multihash}: multihash too short. must be >= 2 bytes`],
          [bytes('/pk/abc'), '', `${multihash}: length greater than remaining number of bytes in buffer`],
          [pk, 'v', 'proto: cannot parse invalid wire-format data'],
          [pk, '', 'proto: required field crypto.pb.PublicKey.Type not set'],
          [pk, `\x08\x01\x12\x20${'k'.repeat(32)}`, 'public key does not match storage key'],
          [ipns, 'v', 'record could not be unmarshalled'],
          [ipns, '', 'record signature verification failed'],
          [bytes('/ipns/abc'), '', 'record key could not be parsed into peer ID'],
        ] as const) {
          await refuses(daemon, { type: Type.PUT_VALUE, key, value: bytes(value) }, words, signal)
        }
      },
    },
    'empty-table': {
      title: 'A daemon that knows nobody says so at once, and finds what it has itself',
      needs: ['dht-values'],
      async run({ players: { daemon }, strangers, signal }) {
        const nobody = 'failed to find any peer in table'
        const cid = makeCid()
        const { key, value } = await publicKeyRecord()
        for (const [dht, words] of [
          [{ type: Type.FIND_PEER, peer: NOBODY.toMultihash().bytes }, nobody],
          [{ type: Type.FIND_PEER, peer: daemon.peer.toMultihash().bytes }, nobody],
          [{ type: Type.GET_CLOSEST_PEERS, key: NO_BYTES }, "can't lookup empty key"],
          [{ type: Type.GET_CLOSEST_PEERS, key }, nobody],
          [{ type: Type.GET_VALUE, key }, 'routing: not found'],
          [{ type: Type.GET_VALUE, key: NO_BYTES }, 'routing: not found'],
          [{ type: Type.GET_VALUE, key: bytes('/other/key') }, 'routing: not found'],
          [{ type: Type.PUT_VALUE, key, value }, nobody],
          [{ type: Type.PROVIDE, cid: cid.bytes }, nobody],
        ] as const) {
          await refuses(daemon, dht, words, signal)
        }
        const { dht } = daemon.client
        // go tells, of two ways that fail, the one that takes longer
        await refused('GET_PUBLIC_KEY', dht.getPublicKey(NOBODY, { signal }), /^(routing: not found|failed to dial)/)
        equal('providers of nothing', await collect(dht.findProviders(makeCid(), { signal })), [])
        equal('values of no namespace', await collect(dht.searchValue(bytes('no namespace'), { signal })), [])
        // what could not be told to others is kept all the same
        equal('providers', idsOf(await collect(dht.findProviders(cid, { signal }))), [daemon.peer.toString()])
        equal('the value', await succeeds('GET_VALUE', dht.getValue(key, { signal })), value)
        const { client } = daemon
        await refused(
          'CONNECT',
          client.connect(strangers.ed25519, [], { signal }),
          /^failed to find any peer in table$/,
        )
        const stream = client.openStream(strangers.ed25519, '/x', { signal })
        await refused('STREAM_OPEN', stream, /^failed to find any peer in table$/)
      },
    },
    timeouts: {
      title: 'Each request ends at its own timeout when a peer does not answer',
      needs: ['dht-values'],
      deadline: 40,
      async run({ players: { daemon }, host, signal }) {
        // a whole libp2p, which no other check needs
        const { connectSilentPeer } = await import('./silent-peer.ts')
        await using peer = await connectSilentPeer(daemon, host, signal)
        const { key, value } = await publicKeyRecord()
        await until(
          () =>
            collect(daemon.client.dht.getClosestPeers(key, { signal })).then(
              ({ length }) => length,
              () => 0,
            ),
          { deadline: 10_000, what: 'the peer to be known as a DHT server', signal },
        )
        peer.silence()
        const expired = 'context deadline exceeded'
        const nobody = NOBODY.toMultihash().bytes
        const unknown = await publicKeyRecord()
        const { dht } = daemon.client
        await Promise.all([
          refuses(daemon, { type: Type.FIND_PEER, peer: nobody, timeout }, 'routing: not found', signal),
          refuses(daemon, { type: Type.GET_CLOSEST_PEERS, key, timeout }, expired, signal),
          refuses(daemon, { type: Type.GET_PUBLIC_KEY, peer: nobody, timeout }, expired, signal),
          refuses(daemon, { type: Type.GET_VALUE, key: unknown.key, timeout }, expired, signal),
          refuses(daemon, { type: Type.PUT_VALUE, key, value, timeout }, expired, signal),
          refuses(daemon, { type: Type.PROVIDE, cid: makeCid().bytes, timeout }, expired, signal),
          collect(dht.findProviders(makeCid(), { timeout, signal })).then(found => equal('providers', found, [])),
          collect(dht.searchValue(unknown.key, { timeout, signal })).then(found => equal('values', found, [])),
        ])
      },
    },
  },
})
