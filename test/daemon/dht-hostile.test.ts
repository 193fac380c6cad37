import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { Libp2p, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { lpStream } from '@libp2p/utils'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { CID } from 'multiformats/cid'
import { expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { KadMessage, KadType } from '../../proto/kad.ts'
import { startDaemon, type TestDaemon } from './start.ts'

vi.setConfig({ testTimeout: 60_000 })

const KAD = '/ipfs/kad/1.0.0'
const cid = CID.parse('bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy')
const key = Buffer.concat([Buffer.from('/pk/'), Buffer.from([0x12, 32]), Buffer.alloc(32, 7)])

/** A peer that does on each stream of the DHT what the test says. */
async function startPeer(serve: (stream: Stream) => Promise<void>): Promise<Libp2p & AsyncDisposable> {
  const node = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    services: { identify: identify(), ping: ping() },
  })
  await node.handle(KAD, stream => serve(stream).catch(() => {}), { maxInboundStreams: 1_000 })
  return Object.assign(node, { [Symbol.asyncDispose]: async () => node.stop() })
}

async function connect(peer: Libp2p, daemon: TestDaemon): Promise<void> {
  await peer.dial(daemon.addrs.map(address => multiaddr(`${address}/p2p/${daemon.peer}`)))
  process.kill(daemon.process.pid, 'SIGUSR1')
  await until(
    () => {
      process.kill(daemon.process.pid, 'SIGUSR1')
      return daemon.process.output.lines.some(({ text }) => text === `    ${peer.peerId}`)
    },
    { deadline: 10_000, what: 'the peer to be in the routing table' },
  )
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all = []
  for await (const value of values) all.push(value)
  return all
}

/** Answers each message of a stream. */
async function answering(stream: Stream, answer: (type: number) => Uint8Array): Promise<void> {
  const messages = lpStream(stream)
  for (;;) {
    const { type } = KadMessage.decode((await messages.read()).subarray())
    await messages.write(answer(type ?? KadType.PUT_VALUE))
  }
}

test.each<[string, (stream: Stream) => Promise<void>]>([
  ['bytes that are no message', stream => answering(stream, () => Buffer.alloc(100, 0xff))],
  ['a frame that is too long', async stream => void stream.send(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 1]))],
  ['an end', async stream => stream.close()],
  ['a reset', async stream => stream.abort(new Error('no'))],
  [
    'peers that are none, at addresses that are none',
    stream =>
      answering(stream, type => {
        const peers = [
          { id: Buffer.from('junk'), addrs: [] },
          { addrs: [Buffer.from('junk')] },
          { id: Buffer.alloc(0), addrs: [Buffer.alloc(0)] },
        ]
        return KadMessage.encode({ type, closerPeers: peers, providerPeers: peers }).finish()
      }),
  ],
  [
    'a value that is not valid',
    stream =>
      answering(stream, type => KadMessage.encode({ type, record: { key, value: Buffer.from('junk') } }).finish()),
  ],
])('a peer that answers with %s spoils no search', async (_name, serve) => {
  await using daemon = await startDaemon(['-dhtServer'])
  await using peer = await startPeer(serve)
  await connect(peer, daemon)
  const { dht } = daemon.client
  await expect(dht.getValue(key, { timeout: 5 })).rejects.toThrow(/^routing: not found$/)
  expect(await collect(dht.findProviders(cid, { timeout: 5 }))).toEqual([])
  expect((await daemon.client.identify()).peer).toEqual(daemon.peer)
})

test('a peer that names thousands of others is asked no more than there is time for', async () => {
  const ids = await Promise.all(
    Array.from({ length: 200 }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519')).toMultihash().bytes),
  )
  await using daemon = await startDaemon(['-dhtServer'])
  await using peer = await startPeer(stream =>
    answering(stream, type => {
      const nowhere = multiaddr('/ip4/127.0.0.1/tcp/1').bytes
      const many = Array.from({ length: 5_000 }, (_, at) => ({ id: ids[at % 200] as Uint8Array, addrs: [nowhere] }))
      return KadMessage.encode({ type, closerPeers: many }).finish()
    }),
  )
  await connect(peer, daemon)
  const closest = await collect(daemon.client.dht.getClosestPeers(key, { timeout: 20 }))
  expect(closest.map(String)).toEqual([peer.peerId.toString()])
})

test('what a peer asks that makes no sense is not answered, and what makes sense is', async () => {
  await using daemon = await startDaemon(['-dhtServer'])
  await using peer = await startPeer(stream => answering(stream, type => KadMessage.encode({ type }).finish()))
  await connect(peer, daemon)
  const ask = async (...questions: Uint8Array[]): Promise<(number | null | undefined)[]> => {
    const stream = await peer.dialProtocol(daemon.peer, KAD)
    const messages = lpStream(stream)
    const types = []
    for (const question of questions) {
      await messages.write(question)
      types.push(KadMessage.decode((await messages.read({ signal: AbortSignal.timeout(10_000) })).subarray()).type)
    }
    await stream.close()
    return types
  }
  for (const nonsense of [
    Buffer.alloc(50, 0xff),
    KadMessage.encode({ type: KadType.FIND_NODE }).finish(),
    KadMessage.encode({ type: 99 as number, key }).finish(),
    KadMessage.encode({ type: KadType.PUT_VALUE, key, record: { key, value: Buffer.from('junk') } }).finish(),
    KadMessage.encode({ type: KadType.GET_PROVIDERS, key: Buffer.alloc(200) }).finish(),
  ]) {
    await expect(ask(nonsense)).rejects.toThrow()
  }
  const find = KadMessage.encode({ type: KadType.FIND_NODE, key }).finish()
  const get = KadMessage.encode({ type: KadType.GET_VALUE, key }).finish()
  expect(await ask(find, get, find)).toEqual([KadType.FIND_NODE, KadType.GET_VALUE, KadType.FIND_NODE])
})
