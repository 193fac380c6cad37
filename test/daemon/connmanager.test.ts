import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { ConnManagerRequest, Request } from '../../proto/codec.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const { CONNMANAGER } = Request.Type
const { TAG_PEER, UNTAG_PEER, TRIM } = ConnManagerRequest.Type

async function startPeers(count: number): Promise<AsyncDisposable & { readonly peers: TestDaemon[] }> {
  await using stack = new AsyncDisposableStack()
  const peers = await Promise.all(Array.from({ length: count }, async () => stack.use(await startDaemon())))
  const owned = stack.move()
  return { peers, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

test('TRIM has closed what is worth least when it answers, and the peers see it', async () => {
  await using manager = await startDaemon(['-connManager', '-connLo=1', '-connHi=2', '-connGrace=0'])
  await using started = await startPeers(3)
  const [a, b, c] = started.peers as [TestDaemon, TestDaemon, TestDaemon]
  const { connManager } = manager.client
  await connManager.tag(b.peer, 'tagged before it connects', 100)
  for (const { peer, addrs } of started.peers) await manager.client.connect(peer, addrs)
  await connManager.tag(a.peer, 'taken back', 1_000)
  await connManager.untag(a.peer, 'taken back')
  await connManager.tag(c.peer, 'negative', -5)
  await connManager.trim()
  const left = await manager.client.listPeers()
  expect(left.map(({ peer }) => peer.toString())).toEqual([b.peer.toString()])
  for (const { client } of [a, c]) {
    await until(async () => (await client.listPeers()).length === 0, { deadline: 5_000, what: 'the peer to notice' })
  }
})

test('connections within the grace period survive, and so do all without -connManager while there are few', async () => {
  await using graceful = await startDaemon(['-connManager', '-connLo=1', '-connHi=2'])
  await using plain = await startDaemon()
  await using started = await startPeers(2)
  for (const { client } of [graceful, plain]) {
    for (const { peer, addrs } of started.peers) await client.connect(peer, addrs)
    await client.connManager.trim()
    expect(await client.listPeers()).toHaveLength(2)
  }
})

test('requests that make no sense get go’s words', async () => {
  await using daemon = await startDaemon()
  const peer = daemon.peer.toMultihash().bytes
  const cases = [
    [undefined, 'Malformed request; missing parameters'],
    [{ type: TAG_PEER, tag: 'a', weight: 1 }, 'multihash too short. must be >= 2 bytes'],
    [
      { type: UNTAG_PEER, peer: Uint8Array.of(18, 32, 1), tag: 'a' },
      'length greater than remaining number of bytes in buffer',
    ],
    [{ type: TAG_PEER, peer }, 'Malformed request; missing tag parameter'],
    [{ type: UNTAG_PEER, peer, tag: '' }, 'Malformed request; missing tag parameter'],
    [{ type: 7 as never, peer, tag: 'a' }, 'Unexpected request'],
  ] as const
  for (const [connManager, text] of cases) {
    const request = { type: CONNMANAGER, ...(connManager !== undefined && { connManager }) }
    await expect(daemon.client.request(request)).rejects.toThrow(new RegExp(`^${text.replaceAll('.', '\\.')}$`))
  }
  for (const connManager of [
    { type: TRIM },
    { type: TAG_PEER, peer, tag: 'no weight' },
    { type: TAG_PEER, peer, tag: 'large', weight: 2 ** 53 },
    { type: UNTAG_PEER, peer, tag: 'never set' },
    // a multihash of no key: no peer that could ever connect
    { type: TAG_PEER, peer: Uint8Array.of(17, 1, 0), tag: 'a', weight: -1 },
  ]) {
    await daemon.client.request({ type: CONNMANAGER, connManager })
  }
})
