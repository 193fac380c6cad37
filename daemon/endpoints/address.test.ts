import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AddressError, parseMultiaddr } from '../multiaddr.ts'
import { decodeEndpoint, type Endpoint, encodeEndpoint, formatEndpoint, parseEndpoint } from './address.ts'

const CASES: readonly (readonly [text: string, endpoint: Endpoint])[] = [
  ['/unix/tmp/p2pd.sock', { kind: 'unix', path: '/tmp/p2pd.sock' }],
  ['/unix/tmp/with space/100%25.sock', { kind: 'unix', path: '/tmp/with space/100%25.sock' }],
  ['/ip4/127.0.0.1/tcp/0', { kind: 'tcp', host: '127.0.0.1', port: 0, family: 4 }],
  ['/ip6/::1/tcp/5001', { kind: 'tcp', host: '::1', port: 5001, family: 6 }],
  ['/ip6zone/eth0/ip6/fe80::1/tcp/5001', { kind: 'tcp', host: 'fe80::1%eth0', port: 5001, family: 6 }],
  ['/dns/localhost/tcp/1', { kind: 'tcp', host: 'localhost', port: 1, family: 'dns' }],
  ['/dns4/localhost/tcp/1', { kind: 'tcp', host: 'localhost', port: 1, family: 4 }],
  ['/dns6/localhost/tcp/1', { kind: 'tcp', host: 'localhost', port: 1, family: 6 }],
]

test.each(CASES)('%s', (text, endpoint) => {
  expect(parseEndpoint(text)).toEqual(endpoint)
  expect(formatEndpoint(endpoint)).toBe(text)
  expect(decodeEndpoint(encodeEndpoint(endpoint))).toEqual(endpoint)
})

test.each([
  'ws',
  'http',
  'p2p-circuit',
  'p2p/12D3KooWCKCeqLPSgMnDjyFsJuWqREDtKNHx1JEBiwaMXhCLNTRb',
  'tls/ws',
])('a trailing /%s means nothing, as in go', tail => {
  const endpoint = { kind: 'tcp', host: '127.0.0.1', port: 80, family: 4 }
  expect(parseEndpoint(`/ip4/127.0.0.1/tcp/80/${tail}`)).toEqual(endpoint)
  expect(decodeEndpoint(parseMultiaddr(`/ip4/127.0.0.1/tcp/80/${tail}`).bytes)).toEqual(endpoint)
})

test('the binary form is that of go', () => {
  const hex = (endpoint: Endpoint): string => Buffer.from(encodeEndpoint(endpoint)).toString('hex')
  expect(hex({ kind: 'unix', path: '/tmp/x' })).toBe('9003062f746d702f78')
  expect(hex({ kind: 'tcp', host: '127.0.0.1', port: 4001, family: 4 })).toBe('047f000001060fa1')
})

test('a binary path without its leading slash is taken as py-multiaddr means it', () => {
  expect(decodeEndpoint(Buffer.from('900305746d702f78', 'hex'))).toEqual({ kind: 'unix', path: '/tmp/x' })
})

test.each([
  '/ip4/127.0.0.1/udp/4001',
  '/ip4/127.0.0.1/udp/4001/quic-v1',
  '/ip4/127.0.0.1',
  '/tcp/80',
  '/ip6zone/eth0/ip4/127.0.0.1/tcp/80',
])('%s can be registered, though not dialled', text => {
  const endpoint = decodeEndpoint(parseMultiaddr(text).bytes)
  expect(endpoint).toEqual({ kind: 'other', text })
  expect(formatEndpoint(endpoint)).toBe(text)
  expect(encodeEndpoint(endpoint)).toEqual(parseMultiaddr(text).bytes)
})

test.each([
  ['foo', 'failed to parse multiaddr "foo": must begin with /'],
  ['/unix', 'failed to parse multiaddr "/unix": unexpected end of multiaddr'],
  ['/ip4/127.0.0.1/udp/0', 'listen udp4 127.0.0.1:0: address 127.0.0.1:0: unexpected address type'],
  ['/ip6/::1/udp/0', 'listen udp6 [::1]:0: address [::1]:0: unexpected address type'],
  [
    '/ip4/127.0.0.1',
    'cannot listen on /ip4/127.0.0.1: expected /unix/<path> or /ip4, /ip6, /dns, /dns4 or /dns6/<host>/tcp/<port>',
  ],
])('nothing can listen on %s', (text, message) => {
  expect(() => parseEndpoint(text)).toThrow(new AddressError(message))
})

const endpoints: fc.Arbitrary<Endpoint> = fc.oneof(
  fc.record({
    kind: fc.constant('unix' as const),
    path: fc
      .array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 })
      .map(words => `/${words.join('/').replace(/\/+$/, '')}`)
      .filter(path => path !== '/'),
  }),
  fc.record({
    kind: fc.constant('tcp' as const),
    host: fc.ipV4(),
    port: fc.nat(65_535),
    family: fc.constant(4 as const),
  }),
  fc.record({
    kind: fc.constant('tcp' as const),
    host: fc.domain(),
    port: fc.nat(65_535),
    family: fc.constantFrom<(4 | 6 | 'dns')[]>(4, 6, 'dns'),
  }),
)

test('every endpoint survives both forms', () => {
  fc.assert(
    fc.property(endpoints, endpoint => {
      expect(parseEndpoint(formatEndpoint(endpoint))).toEqual(endpoint)
      expect(decodeEndpoint(encodeEndpoint(endpoint))).toEqual(endpoint)
    }),
  )
})
