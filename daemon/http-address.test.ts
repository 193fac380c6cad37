import { expect, test } from 'vitest'
import { describeListenError, parseHttpAddress } from './http-address.ts'

test.each([
  ['127.0.0.1:9090', { host: '127.0.0.1', port: 9090 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  [':9090', { host: undefined, port: 9090 }],
  ['[::1]:9090', { host: '::1', port: 9090 }],
  ['host:', { host: 'host', port: 0 }],
])('%s', (text, address) => {
  expect(parseHttpAddress(text)).toEqual(address)
})

test.each([
  ['nope', 'listen tcp: address nope: missing port in address'],
  ['::1:9090', 'listen tcp: address ::1:9090: too many colons in address'],
  ['127.0.0.1:99999', 'listen tcp: address 99999: invalid port'],
  ['127.0.0.1:22x', 'listen tcp: lookup tcp/22x: unknown port'],
])('%s is refused in the words of go', (text, message) => {
  expect(() => parseHttpAddress(text)).toThrow(new Error(message))
})

test('why nothing can listen is said in the words of go', () => {
  const inUse = Object.assign(new Error(), { code: 'EADDRINUSE', errno: -98, address: '::1' })
  expect(describeListenError(inUse, { host: 'localhost', port: 5 })).toBe(
    'listen tcp [::1]:5: bind: address already in use',
  )
  const unknown = Object.assign(new Error(), { code: 'ENOTFOUND', errno: -3008 })
  expect(describeListenError(unknown, { host: 'nosuch', port: 5 })).toBe('listen tcp: lookup nosuch: no such host')
})
