import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConnManagerConfig } from '../config.ts'
import { LimitError } from '../limits/limit-error.ts'
import { createLog } from '../log.ts'
import { ConnManager, type Interests, type ManagedNode } from './conn-manager.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A node that has whatever connections it is told to have, and that notes whom it hangs up on. */
class FakeNode extends EventTarget {
  readonly hungUp: string[] = []
  readonly stored = new Map<string, Record<string, number>>()
  readonly #open = new Map<string, Connection[]>()

  readonly peerStore = {
    get: async (peer: PeerId) => {
      const tags = this.stored.get(peer.toString())
      if (tags === undefined) throw new Error('no such peer')
      return { tags: new Map(Object.entries(tags).map(([name, value]) => [name, { value }])) }
    },
  }

  open(peer: PeerId, rest: { streams?: number; direction?: 'inbound' | 'outbound' } = {}): Connection {
    const { streams = 0, direction = 'outbound' } = rest
    const connection = { remotePeer: peer, direction, streams: Array(streams).fill({}) } as unknown as Connection
    this.#open.set(peer.toString(), [...(this.#open.get(peer.toString()) ?? []), connection])
    this.dispatchEvent(new CustomEvent('connection:open', { detail: connection }))
    return connection
  }

  close(connection: Connection): void {
    this.dispatchEvent(new CustomEvent('connection:close', { detail: connection }))
  }

  async hangUp(peer: PeerId): Promise<void> {
    this.hungUp.push(peer.toString())
    for (const connection of this.#open.get(peer.toString()) ?? []) this.close(connection)
    this.#open.delete(peer.toString())
  }
}

async function start(marks: Partial<ConnManagerConfig>, peerCount: number, interests: Interests = {}) {
  const node = new FakeNode()
  const log = createLog({ write: line => process.stderr.write(line) })
  const manager = new ConnManager(
    node as unknown as ManagedNode,
    { lowWater: 1, highWater: 2, gracePeriod: 0, ...marks },
    log,
    interests,
  )
  const ids = await Promise.all(
    Array.from({ length: peerCount }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))),
  )
  return { node, manager, ids, names: ids.map(String) as [string, string, string, string] }
}

test('a trim leaves the most valuable peers, as many as the low mark says', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 1 }, 3)
  for (const id of ids) node.open(id)
  manager.tag(names[1], 'mine', 100)
  await manager.trim()
  expect(node.hungUp.toSorted()).toEqual([names[0], names[2]].toSorted())
})

test('a tag’s value replaces the one before; other tags of the peer add to it', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 2 }, 3)
  for (const id of ids) node.open(id)
  manager.tag(names[0], 'mine', 100)
  manager.tag(names[0], 'mine', -3)
  manager.tag(names[0], 'yours', 1)
  manager.tag(names[1], 'mine', -1)
  await manager.trim()
  expect(node.hungUp).toEqual([names[0]])
})

test('what a peer is worth to the daemon itself counts like a tag', async () => {
  const useful = new Set<string>()
  const { node, manager, ids, names } = await start({ lowWater: 2 }, 3, {
    worth: peer => (useful.has(peer.toString()) ? 5 : 0),
  })
  for (const id of ids) node.open(id)
  useful.add(names[0])
  manager.tag(names[1], 'mine', 4)
  await manager.trim()
  expect(node.hungUp).toEqual([names[2]])
  useful.clear()
  node.open(ids[2] as PeerId)
  await manager.trim()
  expect(node.hungUp).toHaveLength(2)
  expect(node.hungUp).not.toContain(names[1])
})

test('an untagged peer is worth what its other tags say', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 1 }, 2)
  for (const id of ids) node.open(id)
  manager.tag(names[0], 'a', 1)
  manager.tag(names[0], 'b', 5)
  manager.tag(names[1], 'a', 2)
  manager.untag(names[0], 'b')
  manager.untag(names[1], 'never set')
  await manager.trim()
  expect(node.hungUp).toEqual([names[0]])
})

test('tags in the peer store count, and those that keep a connection alive protect it', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 1 }, 4)
  for (const id of ids) node.open(id)
  node.stored.set(names[0], { 'a topic': 100 })
  node.stored.set(names[1], { 'keep-alive-circuit-relay': 1 })
  manager.tag(names[2], 'mine', 99)
  await manager.trim()
  expect(node.hungUp.toSorted()).toEqual([names[2], names[3]].toSorted())
})

test('a peer that some part of the daemon needs is kept, whatever it is worth', async () => {
  const needed = new Set<string>()
  const { node, manager, ids, names } = await start({ lowWater: 1 }, 3, { isNeeded: key => needed.has(key) })
  for (const id of ids) node.open(id)
  needed.add(names[0])
  manager.tag(names[0], 'mine', -1)
  await manager.trim()
  expect(node.hungUp).not.toContain(names[0])
  expect(node.hungUp).not.toHaveLength(0)
})

test('a peer can be tagged before it connects, and is forgotten when it has gone', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 1 }, 2)
  manager.tag(names[0], 'mine', 10)
  const connection = node.open(ids[0] as PeerId)
  node.open(ids[1] as PeerId)
  await manager.trim()
  expect(node.hungUp).toEqual([names[1]])
  node.close(connection)
  node.open(ids[0] as PeerId)
  node.open(ids[1] as PeerId)
  manager.tag(names[1], 'mine', 1)
  await manager.trim()
  expect(node.hungUp).toEqual([names[1], names[0]])
})

test('peers in their grace period are kept, and with too few others so is everybody', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 2, gracePeriod: 1_000 }, 4)
  for (const id of ids.slice(0, 3)) node.open(id)
  vi.advanceTimersByTime(999)
  await manager.trim()
  expect(node.hungUp).toEqual([])
  vi.advanceTimersByTime(1)
  node.open(ids[3] as PeerId)
  manager.tag(names[0], 'mine', 1)
  manager.tag(names[1], 'mine', 1)
  await manager.trim()
  expect(node.hungUp).toEqual([names[2]])
})

test('a second connection does not renew the grace period', async () => {
  const { node, manager, ids, names } = await start({ gracePeriod: 1_000 }, 2)
  node.open(ids[0] as PeerId)
  vi.advanceTimersByTime(1_000)
  node.open(ids[0] as PeerId)
  node.open(ids[1] as PeerId)
  await manager.trim()
  expect(node.hungUp).toEqual([names[0]])
})

test('busy peers outlive idle ones, and those that were dialled those that came', async () => {
  const { node, manager, ids, names } = await start({ lowWater: 2 }, 4)
  node.open(ids[0] as PeerId, { streams: 1, direction: 'inbound' })
  node.open(ids[1] as PeerId, { direction: 'inbound' })
  node.open(ids[2] as PeerId, { streams: 1 })
  node.open(ids[3] as PeerId)
  await manager.trim()
  expect(node.hungUp.toSorted()).toEqual([names[1], names[3]].toSorted())
})

test('it trims by itself within ten seconds of reaching the high mark, and not below it', async () => {
  const { node, ids } = await start({ lowWater: 1, highWater: 3 }, 3)
  for (const id of ids.slice(0, 2)) node.open(id)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(node.hungUp).toHaveLength(0)
  node.open(ids[2] as PeerId)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(node.hungUp).toHaveLength(2)
})

test.each([{ lowWater: 0 }, { highWater: 0 }])('with %j nothing is ever closed', async marks => {
  const { node, manager, ids } = await start(marks, 3)
  for (const id of ids) node.open(id)
  await manager.trim()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(node.hungUp).toEqual([])
})

test('two trims at once are one', async () => {
  const { node, manager, ids } = await start({ lowWater: 1 }, 3)
  for (const id of ids) node.open(id)
  await Promise.all([manager.trim(), manager.trim()])
  expect(node.hungUp).toHaveLength(2)
})

test('stopped, it does nothing any more', async () => {
  const { node, manager, ids } = await start({ lowWater: 1 }, 3)
  manager.stop()
  for (const id of ids) node.open(id)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(node.hungUp).toEqual([])
})

test('tags are limited in number, all peers together, and in length; what is taken back makes room', async () => {
  const { node, manager, ids, names } = await start({}, 1)
  expect(() => manager.tag('p', 'x'.repeat(1_025), 1)).toThrow(LimitError)
  for (let count = 0; count < 65_535; count++) manager.tag(`peer ${count}`, 'mine', 1)
  manager.tag(names[0], 'mine', 1)
  expect(() => manager.tag('one more', 'mine', 1)).toThrow('resource limit exceeded: 65536 tags of peers')
  manager.tag(names[0], 'mine', 2)
  manager.untag('peer 0', 'mine')
  manager.tag('one more', 'mine', 1)
  expect(() => manager.tag('another', 'mine', 1)).toThrow(LimitError)
  node.close(node.open(ids[0] as PeerId))
  manager.tag('another', 'mine', 1)
})

test('a trim forgets tags of peers that did not come', async () => {
  const { node, manager, ids } = await start({ lowWater: 1, gracePeriod: 1_000 }, 2)
  for (let count = 0; count < 65_536; count++) manager.tag(`peer ${count}`, 'mine', 1)
  for (const id of ids) node.open(id)
  vi.advanceTimersByTime(1_000)
  await manager.trim()
  expect(node.hungUp).toHaveLength(1)
  manager.tag('one more', 'mine', 1)
})
