import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHeader, encodeHeader, type FrameHeader, FrameType, HEADER_LENGTH, YamuxProtocolError } from './frame.ts'
import { FrameReader } from './frame-reader.ts'

interface Frame {
  readonly header: FrameHeader
  readonly data: Uint8Array
}

const controlFrame = fc
  .record({
    type: fc.constantFrom(FrameType.windowUpdate, FrameType.ping, FrameType.goAway),
    flags: fc.integer({ min: 0, max: 0xffff }),
    stream: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    length: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .map((header): Frame => ({ header, data: new Uint8Array() }))

const dataFrame = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.uint8Array({ maxLength: 400 }))
  .map(([flags, stream, data]): Frame => {
    return { header: { type: FrameType.data, flags, stream, length: data.byteLength }, data }
  })

function read(chunks: readonly Uint8Array[]): Frame[] {
  const frames: Frame[] = []
  let header: FrameHeader | undefined
  let pieces: Uint8Array[] = []
  const reader = new FrameReader({
    onHeader(read) {
      header = read
      if (read.type !== FrameType.data) frames.push({ header: read, data: new Uint8Array() })
    },
    onDataPiece: piece => pieces.push(Uint8Array.from(piece)),
    onDataEnd() {
      frames.push({ header: header as FrameHeader, data: new Uint8Array(Buffer.concat(pieces)) })
      pieces = []
    },
  })
  for (const chunk of chunks) reader.push(chunk)
  return frames
}

test('frames are read as they were written, wherever the network splits them', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 })
  fc.assert(
    fc.property(fc.array(fc.oneof(controlFrame, dataFrame)), lengths, (frames, lengths) => {
      const wire = Buffer.concat(
        frames.flatMap(({ header: { type, flags, stream, length }, data }) => [
          encodeHeader(type, flags, stream, length),
          data,
        ]),
      )
      const chunks: Buffer[] = []
      for (let at = 0, turn = 0; at < wire.byteLength; turn++) {
        const length = lengths[turn % lengths.length] as number
        chunks.push(wire.subarray(at, at + length))
        at += length
      }
      expect(read(chunks)).toEqual(frames)
    }),
  )
})

test('arbitrary bytes are frames or a protocol error, nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), chunks => {
      try {
        read(chunks)
      } catch (error) {
        expect(error).toBeInstanceOf(YamuxProtocolError)
      }
    }),
  )
})

test.each([
  ['version', 0, 1],
  ['type', 1, 4],
])('another %s is refused', (_what, place, value) => {
  const header = Buffer.alloc(HEADER_LENGTH)
  header[place] = value
  expect(() => decodeHeader(header)).toThrow(YamuxProtocolError)
})
