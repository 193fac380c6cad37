import { Key } from 'interface-datastore'
import { expect, test } from 'vitest'
import { MAX_RECORD, PeerDatastore } from './datastore.ts'
import type { Disk } from './disk.ts'

const peer = (name: string | number) => new Key(`/peers/${name}`)
const bytes = (length: number) => new Uint8Array(length)

class FakeDisk implements Disk {
  readonly written = new Map<string, Uint8Array>()
  contents: Disk['contents'] = () => []
  readonly loaded: [string, Uint8Array][]

  constructor(loaded: [string, Uint8Array][] = []) {
    this.loaded = loaded
  }
  put(key: string, value: Uint8Array): void {
    this.written.set(key, value)
  }
  delete(key: string): void {
    this.written.delete(key)
  }
  async flushed(): Promise<void> {}
  async close(): Promise<void> {}
}

const create = (options: Partial<ConstructorParameters<typeof PeerDatastore>[0]> = {}) =>
  new PeerDatastore({ self: '/peers/self', disk: undefined, ...options })

test('over the number of peers, those written least recently go', () => {
  const store = create({ maxPeers: 3 })
  for (const name of ['a', 'b', 'c']) store.put(peer(name), bytes(1))
  store.put(peer('a'), bytes(1))
  store.put(peer('d'), bytes(1))
  expect(store.peerKeys()).toEqual(['/peers/c', '/peers/a', '/peers/d'])
  expect(store.has(peer('b'))).toBe(false)
})

test('over the number of bytes, as many go as it takes', () => {
  const store = create({ maxBytes: 100 })
  for (let index = 0; index < 10; index++) store.put(peer(index), bytes(10))
  store.put(peer('large'), bytes(35))
  expect(store.peerKeys()).toHaveLength(7)
  store.put(peer('large'), bytes(5))
  store.put(peer('other'), bytes(35))
  expect(store.peerKeys()).toHaveLength(8)
})

test('who must stay stays, and the search for others is short', () => {
  const store = create({ maxPeers: 100 })
  let asked = 0
  store.protects = key => {
    asked += 1
    return key.includes('friend')
  }
  for (let index = 0; index < 100; index++) store.put(peer(`friend${index}`), bytes(1))
  for (let index = 0; index < 1_000; index++) store.put(peer(`stranger${index}`), bytes(1))
  const keys = store.peerKeys()
  expect(keys.filter(key => key.includes('friend'))).toHaveLength(100)
  expect(keys.length).toBeLessThan(200)
  expect(asked).toBeLessThanOrEqual(32 * 1_000)
})

test('the daemon’s own record and what is no peer’s is never counted', () => {
  const store = create({ maxPeers: 1 })
  for (const name of ['self', 'a']) store.put(peer(name), bytes(1))
  for (let index = 0; index < 10; index++) store.put(new Key(`/dht/record/${index}`), bytes(1))
  store.put(peer('b'), bytes(1))
  expect(store.has(peer('self'))).toBe(true)
  expect(store.has(new Key('/dht/record/0'))).toBe(true)
  expect(store.peerKeys()).toEqual(['/peers/b'])
})

test('a record that is too long is refused, and the one before stays', () => {
  const store = create()
  store.put(peer('a'), bytes(1))
  expect(() => store.put(peer('a'), bytes(MAX_RECORD + 1))).toThrow('131072 bytes in the record of a peer')
  expect(store.get(peer('a'))).toHaveLength(1)
})

test('peers and own entries are written to disk, this daemon’s own record and the DHT’s are not', () => {
  const disk = new FakeDisk()
  const store = create({ disk, maxPeers: 1 })
  for (const key of [peer('self'), peer('a'), peer('b'), new Key('/dht/record/a')]) store.put(key, bytes(1))
  store.setOwn('given', 'x', bytes(2))
  expect([...disk.written.keys()]).toEqual(['/peers/b', '/p2pd/given/x'])
  expect([...disk.contents()].map(([key]) => key)).toEqual(['/peers/b', '/p2pd/given/x'])
  store.setOwn('given', 'x', undefined)
  expect(disk.written.has('/p2pd/given/x')).toBe(false)
})

test('what was on disk is there again, and not written once more', () => {
  const disk = new FakeDisk([
    ['/peers/a', bytes(1)],
    ['/peers/self', bytes(1)],
    ['/p2pd/given/x', bytes(2)],
    ['/something/else', bytes(3)],
  ])
  const store = create({ disk })
  expect(store.peerKeys()).toEqual(['/peers/a'])
  expect(store.own('given')).toEqual([['x', bytes(2)]])
  expect(store.has(peer('self'))).toBe(false)
  expect(store.has(new Key('/something/else'))).toBe(false)
  expect(disk.written.size).toBe(0)
})
