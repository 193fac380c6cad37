import { expect, test } from 'vitest'
import { decodePeer } from './peer.ts'

const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')

test.each([
  ['a hash of a key', `1220${'ab'.repeat(32)}`, 'RSA'],
  ['a key itself', '0024 0801 1220 90decae64c5752625762c1c63e488a334223f030bc1bb971f2315dcf5adde421', 'Ed25519'],
  ['another hash', '110107', undefined],
  ['no key', '0000', undefined],
  // what js-libp2p would take for a URL
  ['a URL', `000a ${Buffer.from('http://a.b').toString('hex')}`, undefined],
])('%s is a peer id, of a key or not', (_name, bytes, type) => {
  expect(decodePeer(hex(bytes)).id?.type).toBe(type)
})

/** The id of a key that is none, but might be: an Ed25519 key's, with a number for the key. */
function idOf(number: number): Uint8Array {
  const key = Buffer.alloc(32)
  key.writeUInt32BE(number)
  return Buffer.concat([hex('0024 0801 1220'), key])
}

test('its text is base58', () => {
  expect(decodePeer(hex('110107')).text).toBe('6iGN')
})

test('an id is understood once, wherever in the memory it comes from', () => {
  const [one, other] = [idOf(0xfffe0001), idOf(0xfffe0002)]
  const message = Buffer.concat([one, other])
  const peer = decodePeer(message.subarray(0, one.length))
  expect(decodePeer(one)).toBe(peer)
  expect(decodePeer(message.subarray(one.length))).not.toBe(peer)
  expect(decodePeer(message.subarray(one.length)).text).not.toBe(peer.text)
})

test('ids that differ in bytes that are no text are different ids', () => {
  expect(decodePeer(idOf(0xff000000)).text).not.toBe(decodePeer(idOf(0xfe000000)).text)
})

test('neither very many ids are kept in mind, nor long ones', () => {
  const peer = decodePeer(idOf(0))
  expect(decodePeer(idOf(0))).toBe(peer)
  for (let number = 1; number <= 1_024; number++) decodePeer(idOf(number))
  expect(decodePeer(idOf(0))).not.toBe(peer)
  const long = Buffer.concat([hex('0041'), Buffer.alloc(0x41)])
  expect(decodePeer(long)).not.toBe(decodePeer(long))
})

// texts of go-multihash, got from go-libp2p-daemon
test.each([
  ['', 'multihash too short. must be >= 2 bytes'],
  ['12', 'multihash too short. must be >= 2 bytes'],
  ['122001', 'length greater than remaining number of bytes in buffer'],
  [`1220${'ab'.repeat(34)}`, 'multihash length inconsistent: expected 32; got 34'],
  ['bcaa05 03 62b9965d972a', 'multihash length inconsistent: expected 3; got 7'],
  ['12ffffffff7f', 'digest too long, supporting only <= 2^31-1'],
  ['16e6', 'varints malformed, could not reach the end'],
  ['e6b500 88ebc360e888a7d226df', 'varint not minimally encoded'],
  ['ffffffffffffffffff01', 'varints larger than uint63 not supported'],
])('%s: %s', (bytes, message) => {
  expect(() => decodePeer(hex(bytes))).toThrow(expect.objectContaining({ code: 'ERR_PEER_ID_INVALID', message }))
})
