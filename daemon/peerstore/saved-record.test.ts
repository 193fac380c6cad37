import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test, vi } from 'vitest'
import { steadyNow } from '../steady-clock.ts'
import { decodeRecord, encodeRecord } from './saved-record.ts'

const id = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'

test('a record comes back as it was, infinity included', () => {
  const record = {
    peer: peerIdFromString(id),
    addresses: [
      { address: multiaddr(`/ip4/127.0.0.1/tcp/1/p2p/${id}`), expires: 1_234 },
      { address: multiaddr(`/dns4/example.org/tcp/443/wss/p2p/${id}`), expires: Number.POSITIVE_INFINITY },
    ],
    until: Number.POSITIVE_INFINITY,
  }
  const read = decodeRecord(id, encodeRecord(record))
  expect(read.peer.equals(record.peer)).toBe(true)
  expect(read.addresses.map(({ address }) => `${address}`)).toEqual(record.addresses.map(({ address }) => `${address}`))
  expect(read.addresses[0]?.expires).toBeCloseTo(1_234, -2)
  expect(read.addresses[1]?.expires).toBe(Number.POSITIVE_INFINITY)
  expect(read.until).toBe(record.until)
})

test.each([
  ['no JSON', id, 'x'],
  ['no record', id, '{}'],
  ['no object', id, 'null'],
  ['no time', id, '{"addresses":[],"until":"soon"}'],
  ['no address', id, '{"addresses":[{"bytes":"AAAA","expires":null}],"until":null}'],
  ['no peer', 'nobody', '{"addresses":[],"until":null}'],
])('%s is an error', (_name, peer, text) => {
  expect(() => decodeRecord(peer, Buffer.from(text))).toThrow()
})

test('what is kept is the time of the clock', () => {
  const record = { peer: peerIdFromString(id), addresses: [], until: steadyNow() + 60_000 }
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
  try {
    const { until } = JSON.parse(Buffer.from(encodeRecord(record)).toString())
    expect(until - Date.now()).toBeCloseTo(60_000, -3)
  } finally {
    vi.useRealTimers()
  }
})
