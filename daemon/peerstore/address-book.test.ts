import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withPeer } from '../peer-address.ts'
import { steadyNow } from '../steady-clock.ts'
import { AddressBook, type GivenRecord } from './address-book.ts'

const newPeer = async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const peer = await newPeer()
const address = (port: number) => multiaddr(`/ip4/127.0.0.1/tcp/${port}/p2p/${peer}`)
const ports = (book: AddressBook) => book.get(peer).map(({ address }) => address.getComponents()[1]?.value)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('an address counts for its time, and not a moment longer', () => {
  const book = new AddressBook()
  book.keep(peer, [address(1)], steadyNow() + 1_000, 0)
  vi.advanceTimersByTime(999)
  expect(ports(book)).toEqual(['1'])
  expect(book.keeps(peer)).toBe(true)
  vi.advanceTimersByTime(1)
  expect(ports(book)).toEqual([])
  expect(book.has(peer)).toBe(false)
  expect(book.peers()).toEqual([])
})

test('an address that is given again is kept for the longer time', () => {
  const book = new AddressBook()
  book.keep(peer, [address(1), address(2)], steadyNow() + 5_000, 0)
  book.keep(peer, [address(1)], steadyNow() + 1_000, 0)
  book.remember(peer, [address(2)], 9_000)
  vi.advanceTimersByTime(4_999)
  expect(ports(book).sort()).toEqual(['1', '2'])
  vi.advanceTimersByTime(1)
  expect(ports(book)).toEqual(['2'])
})

test('for ever is for ever, until it is removed', () => {
  const book = new AddressBook()
  book.keep(peer, [address(1), address(2)], Number.POSITIVE_INFINITY, 0)
  vi.advanceTimersByTime(1e12)
  book.sweep()
  expect(ports(book)).toEqual(['1', '2'])
  book.remove(peer, [address(1)])
  expect(ports(book)).toEqual(['2'])
  book.remove(peer, [address(2)])
  expect(book.has(peer)).toBe(false)
})

test('what comes with CONNECT is remembered, the latest first, unless it names another peer', async () => {
  const book = new AddressBook()
  const other = await newPeer()
  book.remember(peer, [multiaddr('/ip4/127.0.0.1/tcp/1')], 1_000)
  const all = book.remember(
    peer,
    [multiaddr('/ip4/127.0.0.1/tcp/2'), multiaddr(`/ip4/127.0.0.1/tcp/3/p2p/${other}`)],
    1_000,
  )
  expect(all.map(String)).toEqual([address(2).toString(), address(1).toString()])
  expect(book.keeps(peer)).toBe(false)
  expect(book.has(peer)).toBe(true)
})

test('changes of kept peers are told, those of others are not', () => {
  const changes: (GivenRecord | undefined)[] = []
  const book = new AddressBook()
  book.onChange = (_peer, record) => changes.push(record)
  book.remember(peer, [address(1)], 1_000)
  expect(changes).toEqual([])
  book.keep(peer, [], 0, Number.POSITIVE_INFINITY)
  expect(changes.at(-1)).toMatchObject({ peer, until: Number.POSITIVE_INFINITY })
  book.delete(peer)
  expect(changes).toHaveLength(2)
  expect(changes.at(-1)).toBeUndefined()
})

test('a peer that is kept without an address is let go of when its time is over', () => {
  const changes: (GivenRecord | undefined)[] = []
  const book = new AddressBook()
  book.onChange = (_peer, record) => changes.push(record)
  book.keep(peer, [], 0, steadyNow() + 1_000)
  book.sweep()
  expect(book.keeps(peer)).toBe(true)
  vi.advanceTimersByTime(1_000)
  book.sweep()
  expect(changes).toEqual([expect.anything(), undefined])
})

test('what was saved counts again after a restart', () => {
  let saved: GivenRecord | undefined
  const book = new AddressBook()
  book.onChange = (_peer, record) => {
    saved = record
  }
  book.keep(peer, [address(1)], steadyNow() + 5_000, 0)
  const next = new AddressBook()
  next.restore(saved as GivenRecord)
  expect(ports(next)).toEqual(['1'])
  expect(next.keeps(peer)).toBe(true)
})

test('a peer has so many addresses and no more: PEERSTORE is refused, CONNECT remembers those that last longest', () => {
  const book = new AddressBook()
  const many = Array.from({ length: 129 }, (_, index) => address(index + 1))
  expect(() => book.keep(peer, many, Number.POSITIVE_INFINITY, 0)).toThrow(
    'resource limit exceeded: 128 addresses of a peer',
  )
  expect(book.has(peer)).toBe(false)
  book.keep(peer, [address(9_999)], Number.POSITIVE_INFINITY, 0)
  expect(book.remember(peer, many, 1_000)).toHaveLength(130)
  expect(book.get(peer)).toHaveLength(128)
  expect(ports(book)).toContain('9999')
})

test('so many peers are kept and no more, and room is made for new ones by those that have expired', async () => {
  const book = new AddressBook()
  const fakes = Array.from({ length: 8_192 }, (_, index) => ({ toString: () => `peer ${index}` }) as never)
  for (const fake of fakes) book.keep(fake, [address(1)], steadyNow() + 1_000, 0)
  expect(() => book.keep(peer, [address(1)], steadyNow() + 1_000, 0)).toThrow('8192 peers to keep')
  vi.advanceTimersByTime(1_000)
  book.keep(peer, [address(1)], steadyNow() + 1_000, 0)
  expect(book.peers()).toHaveLength(1)
})

test('of peers that were only connected to, the oldest are forgotten, and those that are kept stay', () => {
  const book = new AddressBook()
  book.keep(peer, [address(1)], Number.POSITIVE_INFINITY, 0)
  const fake = (index: number) => ({ toString: () => `peer ${index}` }) as never
  const anywhere = withPeer(multiaddr('/ip4/127.0.0.1/tcp/1'), peer) as never
  vi.spyOn(anywhere as { getComponents: () => unknown[] }, 'getComponents').mockReturnValue([])
  vi.spyOn(anywhere as { encapsulate: () => unknown }, 'encapsulate').mockReturnValue(anywhere)
  for (let index = 0; index <= 16_384; index++) book.remember(fake(index), [anywhere], 60_000)
  expect(book.has(fake(0))).toBe(false)
  expect(book.has(fake(1))).toBe(true)
  expect(book.has(peer)).toBe(true)
})
