import { expect, test } from 'vitest'
import { encodeAddress, formatAddress, formatMultiaddr, parseAddress, socketOptions } from './address.ts'

const valid = [
  '/unix/tmp/p2pd.sock',
  '/unix/tmp/with space%2F.sock',
  '/ip4/127.0.0.1/tcp/0',
  '/ip6/::1/tcp/65535',
  '/ip6zone/eth0/ip6/fe80::1/tcp/4001',
  '/dns/localhost/tcp/4001',
  '/dns4/localhost/tcp/4001',
  '/dns6/localhost/tcp/4001',
]

test.each(valid)('%s is read, written and encoded without loss', text => {
  const address = parseAddress(text)
  expect(formatAddress(address)).toBe(text)
  expect(formatMultiaddr(encodeAddress(address))).toBe(text)
})

test.each([
  '',
  'unix/tmp/x',
  '/unix',
  '/unix/',
  '/ip4/127.0.0.1',
  '/ip6/fe80::1%eth0/tcp/1',
  '/ip6zone/eth0/ip4/127.0.0.1/tcp/1',
  '/ip6zone/eth0/tcp/1',
  '/ip4/::1/tcp/1',
  '/ip6/127.0.0.1/tcp/1',
  '/ip4/127.0.0.1/tcp/65536',
  '/ip4/127.0.0.1/tcp/-1',
  '/ip4/127.0.0.1/udp/1',
  '/ip4/127.0.0.1/tcp/1/ws',
  '/dnsaddr/localhost/tcp/1',
  '/dns//tcp/1',
])('%j is refused by name', text => {
  expect(() => parseAddress(text)).toThrow(
    expect.objectContaining({
      code: 'ERR_ADDRESS_INVALID',
      message: expect.stringContaining(`got ${JSON.stringify(text)}`),
    }),
  )
})

test('a Unix path is encoded as go encodes it: plain, with its leading slash', () => {
  const bytes = encodeAddress(parseAddress('/unix/tmp/x.sock'))
  expect(Buffer.from(bytes).toString('hex')).toBe(`90030b${Buffer.from('/tmp/x.sock').toString('hex')}`)
})

test('an address of a zone is connected to through it', () => {
  const { host } = socketOptions(parseAddress('/ip6zone/eth0/ip6/fe80::1/tcp/1')) as { host: string }
  expect(host).toBe('fe80::1%eth0')
})

test('dns4 and dns6 choose the address family, dns leaves it open', () => {
  const family = (text: string) => socketOptions(parseAddress(text))
  expect(family('/dns4/a/tcp/1')).toEqual({ host: 'a', port: 1, family: 4 })
  expect(family('/dns6/a/tcp/1')).toEqual({ host: 'a', port: 1, family: 6 })
  expect(family('/dns/a/tcp/1')).toEqual({ host: 'a', port: 1, family: 0 })
})
