import { expect, test } from 'vitest'
import { encode, ProtocolError, Request } from './codec.ts'
import { decodeRequest } from './decode-request.ts'

/** A field of the given number that holds bytes which are no message. */
const damaged = (field: number): Uint8Array => {
  const tag = (field << 3) | 2
  return Uint8Array.of(...(tag < 0x80 ? [tag] : [(tag & 0x7f) | 0x80, tag >> 7]), 2, 0x0a, 9)
}
const body = (request: Request): Uint8Array => encode(Request, request).subarray(1)

test.each([9, 100, 101, 102, 200])('field %i of a request that does not own it is not looked at', field => {
  const request = Buffer.concat([damaged(field), body({ type: Request.Type.LIST_PEERS }), damaged(field)])
  expect(decodeRequest(request)).toMatchObject({ type: Request.Type.LIST_PEERS, peerStore: null, events: null })
})

test('the fork’s REMOVE_STREAM_HANDLER, type 10 with field 9, keeps its type whatever the field holds', () => {
  for (const field of [damaged(9), Uint8Array.of(0x4a, 4, 0x0a, 0, 0x12, 0)]) {
    expect(decodeRequest(Buffer.concat([Uint8Array.of(8, 10), field]))).toMatchObject({ type: 10, peerStore: null })
  }
})

test('a request reads the field of its own type, split and between others', () => {
  const request = { type: Request.Type.PEERSTORE, peerStore: { type: 1, id: Uint8Array.of(1, 2) } }
  const bytes = Buffer.concat([damaged(101), body(request), damaged(100), Uint8Array.of(0x4a, 3, 0x1a, 1, 0x61)])
  expect(decodeRequest(bytes).peerStore).toMatchObject({ type: 1, id: Buffer.of(1, 2), protos: ['a'] })
})

test('damage in the field that the type does own is an error', () => {
  expect(() => decodeRequest(Buffer.concat([Uint8Array.of(8, 9), damaged(9)]))).toThrow(ProtocolError)
})

test('of two types the last one counts, as in go', () => {
  expect(decodeRequest(Buffer.concat([Uint8Array.of(8, 9), damaged(9), Uint8Array.of(8, 0)]))).toMatchObject({
    type: 0,
  })
})

test.each([[[]], [[0x4a]], [[8]], [[8, 0, 0x4a, 200]]])('%j is undecodable', bytes => {
  expect(() => decodeRequest(Uint8Array.from(bytes))).toThrow(ProtocolError)
})
