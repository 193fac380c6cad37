import { expect, test } from 'vitest'
import { decodeCid } from './cid.ts'

const SHA256 = Buffer.concat([Buffer.from([0x12, 32]), Buffer.alloc(32, 7)])
const V1 = Buffer.concat([Buffer.from([1, 0x55]), SHA256])
const BLAKE2B = Buffer.concat([Buffer.from([0xa0, 0xe4, 0x02, 32]), Buffer.alloc(32, 9)])
const IDENTITY = Buffer.from([0x00, 2, 1, 2])

test.each([
  ['version 0', SHA256, SHA256],
  ['version 1', V1, SHA256],
  ['version 1 with a codec of two bytes', Buffer.concat([Buffer.from([1, 0xa9, 0x02]), SHA256]), SHA256],
  ['another hash', Buffer.concat([Buffer.from([1, 0x55]), BLAKE2B]), BLAKE2B],
  ['the identity hash', Buffer.concat([Buffer.from([1, 0x55]), IDENTITY]), IDENTITY],
])('%s has a multihash', (_name, bytes, multihash) => {
  expect(Buffer.compare(decodeCid(bytes), multihash)).toBe(0)
})

// texts of go-cid, got from go-libp2p-daemon
test.each([
  ['', 'invalid cid: invalid cid: varints malformed, could not reach the end'],
  ['78797a', 'invalid cid: invalid cid: expected 1 as the cid version number, got: 120'],
  ['01', 'invalid cid: invalid cid: varints malformed, could not reach the end'],
  ['0155', 'invalid cid: invalid cid: multihash too short. must be >= 2 bytes'],
  ['015512', 'invalid cid: invalid cid: multihash too short. must be >= 2 bytes'],
  ['8100', 'invalid cid: invalid cid: varint not minimally encoded'],
  ['ffffffffffffffffff01', 'invalid cid: invalid cid: varints larger than uint63 not supported'],
  [`1220${'00'.repeat(31)}`, 'invalid cid: invalid cid: not enough bytes for cid v0'],
  [`1220${'00'.repeat(33)}`, 'invalid cid: trailing bytes in data buffer passed to cid Cast'],
  ['01551220aa', 'invalid cid: invalid cid: length greater than remaining number of bytes in buffer'],
  ['015512ffffffff7f', 'invalid cid: invalid cid: digest too long, supporting only <= 2^31-1'],
  ['0155000101ff', 'invalid cid: trailing bytes in data buffer passed to cid Cast'],
])('%s: %s', (hex, message) => {
  expect(() => decodeCid(Buffer.from(hex, 'hex'))).toThrow(
    expect.objectContaining({ code: 'ERR_REQUEST_MALFORMED', message }),
  )
})
