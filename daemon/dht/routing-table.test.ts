import type { PeerId } from '@libp2p/interface'
import { beforeAll, expect, test } from 'vitest'
import { makePeers } from './fixtures.ts'
import { commonPrefixLength, compareDistance, kadId } from './keyspace.ts'
import { BUCKET_SIZE, RoutingTable } from './routing-table.ts'

let self: PeerId
let others: PeerId[]
beforeAll(async () => {
  ;[self, ...others] = (await makePeers(120)) as [PeerId, ...PeerId[]]
})

const idOf = (peer: PeerId): Uint8Array => kadId(peer.toMultihash().bytes)

test('the nearest peers come first, each once, and never this daemon itself', () => {
  const table = new RoutingTable(self, () => true)
  for (const peer of [self, ...others, ...others]) table.add(peer)
  const target = kadId(Buffer.from('a key'))
  const nearest = table.nearest(target, 10)
  expect(new Set(nearest.map(({ peer }) => peer.toString())).size).toBe(10)
  for (const [index, { id }] of nearest.entries()) {
    if (index > 0) expect(compareDistance(target, nearest[index - 1]?.id as Uint8Array, id)).toBeLessThan(0)
  }
  const all = table.nearest(target, 1_000)
  expect(all).toHaveLength(table.size)
  expect(all.some(({ peer }) => peer.equals(self))).toBe(false)
})

test('a bucket takes twenty, by leading bits in common', () => {
  const table = new RoutingTable(self, () => true)
  for (const peer of others) table.add(peer)
  expect(table.buckets.map(([bits]) => bits)).toEqual(table.buckets.map(([bits]) => bits).toSorted((a, b) => a - b))
  for (const [bits, entries] of table.buckets) {
    expect(entries.length).toBeLessThanOrEqual(BUCKET_SIZE)
    for (const { id } of entries) expect(commonPrefixLength(table.self, id)).toBe(bits)
  }
  const far = others.filter(peer => commonPrefixLength(table.self, idOf(peer)) === 0)
  expect(far.length).toBeGreaterThan(BUCKET_SIZE)
  expect(table.buckets[0]).toEqual([0, far.slice(0, BUCKET_SIZE).map(peer => ({ peer, id: idOf(peer) }))])
})

test('a full bucket gives the place of a peer that is gone to a new one', () => {
  const far = others.filter(peer => commonPrefixLength(idOf(self), idOf(peer)) === 0)
  const [gone, ...rest] = far.slice(0, BUCKET_SIZE) as [PeerId, ...PeerId[]]
  const newcomer = far[BUCKET_SIZE] as PeerId
  const table = new RoutingTable(self, peer => !peer.equals(gone))
  for (const peer of [gone, ...rest, newcomer]) table.add(peer)
  const kept = table.nearest(table.self).map(({ peer }) => peer.toString())
  expect(kept.toSorted()).toEqual([...rest, newcomer].map(String).toSorted())
})

test('what is removed is gone, and what was never there can be removed', () => {
  const table = new RoutingTable(self, () => true)
  const [peer, stranger] = others as [PeerId, PeerId]
  table.add(peer)
  table.remove(stranger)
  expect([table.size, table.has(peer), table.has(stranger)]).toEqual([1, true, false])
  table.remove(peer)
  expect([table.size, table.has(peer), table.buckets]).toEqual([0, false, []])
})
