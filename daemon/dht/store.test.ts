import type { PeerId } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { beforeAll, expect, test } from 'vitest'
import { makePeers } from './fixtures.ts'
import { ProviderStore, ValueStore } from './store.ts'

const HOUR = 60 * 60_000
const key = (text: string): Uint8Array => Buffer.from(text)

let peers: PeerId[]
beforeAll(async () => {
  peers = await makePeers(4)
})

test('a value is kept for 48 hours', () => {
  const store = new ValueStore()
  store.put(key('k'), key('v'), 0)
  expect(store.get(key('k'), 48 * HOUR)).toEqual({ value: Uint8Array.from(key('v')), received: 0 })
  expect(store.get(key('other'), 0)).toBeUndefined()
  expect(store.get(key('k'), 48 * HOUR + 1)).toBeUndefined()
  expect(store.get(key('k'), 0)).toBeUndefined()
})

test('values take no more than their room: the oldest go', () => {
  const store = new ValueStore(10)
  store.put(key('a'), Buffer.alloc(4), 1)
  store.put(key('b'), Buffer.alloc(4), 2)
  store.put(key('a'), Buffer.alloc(5), 3)
  store.put(key('c'), Buffer.alloc(4), 4)
  expect(['a', 'b', 'c'].map(name => store.get(key(name), 4)?.received)).toEqual([3, undefined, 4])
  store.put(key('huge'), Buffer.alloc(11), 5)
  expect(['a', 'c', 'huge'].map(name => store.get(key(name), 5))).toEqual([undefined, undefined, undefined])
})

test('a provider is kept for 48 hours after it last said so, with its last addresses', () => {
  const store = new ProviderStore()
  const [a, b] = peers as [PeerId, PeerId]
  const addrs = [multiaddr('/ip4/127.0.0.1/tcp/1')]
  store.add(key('content'), { peer: a, addrs: [] }, 0)
  store.add(key('content'), { peer: b, addrs: [] }, 0)
  store.add(key('content'), { peer: a, addrs }, HOUR)
  expect(store.get(key('content'), 2 * HOUR)).toEqual([
    { peer: b, addrs: [] },
    { peer: a, addrs },
  ])
  expect(store.get(key('content'), 48 * HOUR + 1)).toEqual([{ peer: a, addrs }])
  expect(store.get(key('content'), 50 * HOUR)).toEqual([])
  expect(store.get(key('other'), 0)).toEqual([])
})

test('announcements take no more than their room: the oldest go', () => {
  const store = new ProviderStore(3)
  for (const [index, peer] of peers.entries()) store.add(key(`content ${index % 2}`), { peer, addrs: [] }, index)
  expect(store.get(key('content 0'), 4)).toEqual([{ peer: peers[2], addrs: [] }])
  expect(store.get(key('content 1'), 4)).toEqual([1, 3].map(index => ({ peer: peers[index], addrs: [] })))
})
