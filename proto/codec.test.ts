import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DHTResponse,
  decode,
  encode,
  FrameDecoder,
  MAX_FRAME_LENGTH,
  ProtocolError,
  Request,
  Response,
} from './codec.ts'

const code = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof ProtocolError) return error.code
    throw error
  }
  return 'no error'
}

const body = (frame: Uint8Array): Uint8Array => {
  const decoder = new FrameDecoder()
  decoder.push(frame)
  return decoder.next() as Uint8Array
}

test('frames survive any split of their bytes', () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 })
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (data, sizes) => {
      const messages = data.map(value => ({ type: DHTResponse.Type.VALUE, value }))
      const bytes = Buffer.concat(messages.map(message => encode(DHTResponse, message)))
      const decoder = new FrameDecoder()
      const got: Uint8Array[] = []
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] as number
        decoder.push(bytes.subarray(at, at + size))
        at += size
        for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) {
          got.push(decode(DHTResponse, frame).value as Uint8Array)
        }
      }
      expect(got.map(value => Buffer.from(value).toString('hex'))).toEqual(
        data.map(value => Buffer.from(value).toString('hex')),
      )
      expect(decoder.bufferedLength).toBe(0)
    }),
  )
})

test('random bytes are a frame, an incomplete frame or a ProtocolError, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
      const decoder = new FrameDecoder()
      decoder.push(bytes)
      try {
        for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) decode(Request, frame)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a length prefix may be non-minimal, and ends after ten bytes or 64 bits', () => {
  const decoder = new FrameDecoder()
  decoder.push(Uint8Array.of(0x82, 0x80, 0x00, 8, 0))
  expect(decode(Request, decoder.next() as Uint8Array).type).toBe(Request.Type.IDENTIFY)

  const endless = new FrameDecoder()
  endless.push(new Uint8Array(9).fill(0xff))
  expect(endless.next()).toBeUndefined()
  endless.push(Uint8Array.of(0xff))
  expect(code(() => endless.next())).toBe('ERR_FRAME_LENGTH_INVALID')
})

test('the limit is inclusive, and an announced length over it is refused before the body arrives', () => {
  const prefix = (length: number): Uint8Array =>
    Uint8Array.of((length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, ((length >> 14) & 0x7f) | 0x80, length >> 21)
  const at = new FrameDecoder()
  at.push(prefix(MAX_FRAME_LENGTH))
  expect(at.next()).toBeUndefined()
  const over = new FrameDecoder()
  over.push(prefix(MAX_FRAME_LENGTH + 1))
  expect(code(() => over.next())).toBe('ERR_FRAME_TOO_LONG')
})

test('what follows a frame is left for the next owner of the bytes', () => {
  const decoder = new FrameDecoder()
  decoder.push(Buffer.concat([encode(Request, { type: Request.Type.LIST_PEERS }), Buffer.from('EARLY')]))
  decoder.next()
  expect(Buffer.from(decoder.takeRest()).toString()).toBe('EARLY')
  expect(decoder.bufferedLength).toBe(0)
})

test('encode refuses a missing required field, also in a sub-message', () => {
  expect(code(() => encode(Request, {} as never))).toBe('ERR_MESSAGE_INVALID')
  expect(code(() => encode(Response, { type: Response.Type.ERROR, error: {} as never }))).toBe('ERR_MESSAGE_INVALID')
})

test('decode refuses an empty frame, a missing required field anywhere, and a wrong wire type', () => {
  expect(code(() => decode(Request, new Uint8Array(0)))).toBe('ERR_MESSAGE_UNDECODABLE')
  expect(code(() => decode(Request, Uint8Array.of(8, 0, 0x12, 0)))).toBe('ERR_MESSAGE_UNDECODABLE')
  expect(code(() => decode(Request, Uint8Array.of(0x0a, 0)))).toBe('ERR_MESSAGE_UNDECODABLE')
})

test('decode skips unknown fields, keeps unknown enum values and merges repeated sub-messages', () => {
  expect(decode(Request, Uint8Array.of(8, 0, 0xa2, 6, 1, 42)).type).toBe(0)
  expect(decode(Request, Uint8Array.of(8, 99)).type).toBe(99)
  const connect = decode(Request, Uint8Array.of(8, 1, 0x12, 3, 0x0a, 1, 7, 0x12, 5, 0x0a, 1, 8, 0x18, 5)).connect
  expect(connect?.timeout).toBe(5)
  expect([...(connect?.peer ?? [])]).toEqual([8])
})

test('known bytes of go p2pd: a bare OK, and a DHT END', () => {
  expect(Buffer.from(encode(Response, { type: Response.Type.OK })).toString('hex')).toBe('020800')
  expect(Buffer.from(encode(DHTResponse, { type: DHTResponse.Type.END })).toString('hex')).toBe('020802')
  expect(body(encode(Response, { type: Response.Type.OK }))).toHaveLength(2)
})
