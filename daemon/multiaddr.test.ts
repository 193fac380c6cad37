import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AddressError, decodeMultiaddr, parseMultiaddr } from './multiaddr.ts'

const PEER = '12D3KooWNxpVyuqn5ivqWRmZubwYNBSN9RFkZE2eoNd8X7NzCjZz'

const fault = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AddressError) return error.message
    throw error
  }
  return 'no error'
}

test.each([
  '/ip4/127.0.0.1/tcp/4001',
  '/ip6/::1/tcp/0/ws',
  '/dns4/example.com/tcp/443/tls/ws',
  '/ip4/1.2.3.4/udp/4001/quic-v1',
  `/ip4/1.2.3.4/tcp/1/p2p/${PEER}/p2p-circuit/p2p/QmeG91iG3g77Uq1eYeERUzHUuDR4sDUBWChKA3cN6E6hXj`,
])('%s survives both forms', text => {
  expect(parseMultiaddr(text).toString()).toBe(text)
  expect(decodeMultiaddr(parseMultiaddr(text).bytes).toString()).toBe(text)
})

test('trailing slashes are dropped, and ipfs is an old name of p2p', () => {
  expect(parseMultiaddr('/ip4/127.0.0.1/tcp/1//').toString()).toBe('/ip4/127.0.0.1/tcp/1')
  expect(parseMultiaddr(`/ipfs/${PEER}`).toString()).toBe(`/p2p/${PEER}`)
})

test.each([
  ['foo', 'failed to parse multiaddr "foo": must begin with /'],
  ['a"b\\c', 'failed to parse multiaddr "a\\"b\\\\c": must begin with /'],
  ['', 'failed to parse multiaddr "": empty multiaddr'],
  ['/', 'failed to parse multiaddr "": empty multiaddr'],
  ['//ip4', 'failed to parse multiaddr "//ip4": unknown protocol '],
  ['/foo/1', 'failed to parse multiaddr "/foo/1": unknown protocol foo'],
  ['/ip4', 'failed to parse multiaddr "/ip4": unexpected end of multiaddr'],
  ['/unix/', 'failed to parse multiaddr "/unix": unexpected end of multiaddr'],
  [
    '/ip4/300.0.0.1/tcp/1',
    'failed to parse multiaddr "/ip4/300.0.0.1/tcp/1": invalid value "300.0.0.1" for protocol ip4: failed to parse ip4 addr: 300.0.0.1',
  ],
  [
    '/ip6/zz/tcp/1',
    'failed to parse multiaddr "/ip6/zz/tcp/1": invalid value "zz" for protocol ip6: failed to parse ip6 addr: zz',
  ],
  [
    '/ip4/1.1.1.1/tcp/99999',
    'failed to parse multiaddr "/ip4/1.1.1.1/tcp/99999": invalid value "99999" for protocol tcp: failed to parse port addr: strconv.ParseUint: parsing "99999": value out of range',
  ],
  [
    '/ip4/1.1.1.1/udp/x',
    'failed to parse multiaddr "/ip4/1.1.1.1/udp/x": invalid value "x" for protocol udp: failed to parse port addr: strconv.ParseUint: parsing "x": invalid syntax',
  ],
  [
    '/dns4//tcp/1',
    'failed to parse multiaddr "/dns4//tcp/1": invalid value "" for protocol dns4: failed to parse dns4 addr: ',
  ],
  [
    '/p2p/foo',
    'failed to parse multiaddr "/p2p/foo": invalid value "foo" for protocol p2p: failed to parse p2p addr: foo',
  ],
])('the text %j is refused', (text, message) => {
  expect(fault(() => parseMultiaddr(text))).toBe(message)
})

test.each([
  ['nothing', [], 'empty multiaddr'],
  ['an endless varint', [0xff, 0xff], 'varints malformed, could not reach the end'],
  ['a varint of ten bytes', [...Array(9).fill(0xff), 1], 'varints larger than uint63 not supported'],
  ['a code of 35 bits', [0xff, 0xff, 0xff, 0xff, 0x7f], 'varints larger than uint63 not supported'],
  ['a padded varint', [0x84, 0x00], 'varint not minimally encoded'],
  ['text', [...Buffer.from('/ip4/127.0.0.1')], 'no protocol with code 47'],
  ['a truncated address', [4, 127, 0], 'invalid value for size 2'],
  ['a truncated name', [54, 9, 97], 'invalid value for size 1'],
  ['an address without its size', [54], 'varints malformed, could not reach the end'],
  [
    'something behind a path',
    [0x90, 3, 2, 47, 97, 6, 0, 1],
    'invalid size of component for path protocol 2: expected 5',
  ],
  ['an empty name', [54, 0], 'empty dns4 addr'],
])('%s is refused in the words of go', (_, bytes, message) => {
  expect(fault(() => decodeMultiaddr(Uint8Array.from(bytes)))).toBe(message)
})

test('a peer id has to be a multihash', () => {
  expect(fault(() => decodeMultiaddr(Uint8Array.of(0xa5, 3, 2, 1, 2)))).toMatch(/^invalid multiaddr: /)
})

test('random bytes are a multiaddr or an AddressError, and what is one survives', () => {
  const bytes = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(...[[4], [6], [41], [54], [0x90, 3], [0xa5, 3], [0xdd, 3]]),
    ),
  )
  fc.assert(
    fc.property(bytes, parts => {
      const input = Uint8Array.from(parts.flatMap(part => [...part]))
      try {
        expect(decodeMultiaddr(input).bytes).toEqual(input)
      } catch (error) {
        expect(error).toBeInstanceOf(AddressError)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('random text is a multiaddr or an AddressError', () => {
  const word = fc.oneof(fc.constantFrom('ip4', 'tcp', '1', '127.0.0.1', 'ws', 'dns', 'unix', 'p2p', ''), fc.string())
  fc.assert(
    fc.property(fc.array(word), words => {
      try {
        parseMultiaddr(`/${words.join('/')}`)
      } catch (error) {
        expect(error).toBeInstanceOf(AddressError)
      }
    }),
    { numRuns: 2_000 },
  )
})
