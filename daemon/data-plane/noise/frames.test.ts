import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CipherState, TAG_LENGTH } from './cipher-state.ts'
import { FrameOpener } from './frame-opener.ts'
import { FrameSealer, MAX_PLAINTEXT } from './frame-sealer.ts'

function pair(): { sealer: FrameSealer; opener: FrameOpener } {
  const key = randomBytes(32)
  return { sealer: new FrameSealer(new CipherState(key)), opener: new FrameOpener(new CipherState(key)) }
}

function seal(sealer: FrameSealer, ...parts: Uint8Array[]): Buffer {
  return Buffer.concat(
    sealer.seal(
      parts,
      parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    ),
  )
}

function open(opener: FrameOpener, ...chunks: Uint8Array[]): Buffer {
  const opened: Uint8Array[] = []
  for (const chunk of chunks) opener.push(chunk, opened)
  return Buffer.concat(opened)
}

const partsOfMessages = fc.array(fc.array(fc.uint8Array({ maxLength: 9_000 }), { minLength: 1, maxLength: 7 }), {
  maxLength: 8,
})

test('what is sealed is opened, however it was split and wherever the network splits it', () => {
  fc.assert(
    fc.property(
      partsOfMessages,
      fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }),
      (messages, lengths) => {
        const { sealer, opener } = pair()
        const wire = Buffer.concat(messages.map(parts => seal(sealer, ...parts)))
        const chunks: Buffer[] = []
        for (let at = 0, turn = 0; at < wire.byteLength; turn++) {
          const length = lengths[turn % lengths.length] as number
          chunks.push(wire.subarray(at, at + length))
          at += length
        }
        expect(open(opener, ...chunks).equals(Buffer.concat(messages.flat()))).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a full message is 64 KiB on the wire, and arrives byte by byte too', () => {
  const { sealer, opener } = pair()
  const message = randomBytes(MAX_PLAINTEXT)
  const wire = seal(sealer, message)
  expect(wire.byteLength).toBe(65_536)
  expect(open(opener, ...Array.from(wire, byte => Uint8Array.of(byte))).equals(message)).toBe(true)
})

test('nothing of a message is given out before all of it has come', () => {
  const { sealer, opener } = pair()
  const wire = seal(sealer, randomBytes(20_000))
  expect(open(opener, wire.subarray(0, -1)).byteLength).toBe(0)
  expect(open(opener, wire.subarray(-1)).byteLength).toBe(20_000)
})

test('one flipped bit, wherever it is, keeps the message from being opened', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 600 }),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      (bytes, at, bit) => {
        const { sealer, opener } = pair()
        const wire = seal(sealer, bytes)
        // the length is not protected by itself: a longer one only waits for more
        const place = 2 + (at % (wire.byteLength - 2))
        wire[place] = (wire[place] as number) ^ (1 << bit)
        expect(() => open(opener, wire)).toThrow('not authentic')
      },
    ),
  )
})

test('messages out of order, and again, are refused', () => {
  const { sealer, opener } = pair()
  const [first, second] = [seal(sealer, Buffer.from('one')), seal(sealer, Buffer.from('two'))]
  expect(() => open(opener, second)).toThrow('not authentic')
  const again = new FrameOpener(new CipherState(Buffer.alloc(32)))
  const sealed = seal(new FrameSealer(new CipherState(Buffer.alloc(32))), Buffer.from('one'))
  expect(open(again, sealed).toString()).toBe('one')
  expect(() => open(again, sealed)).toThrow('not authentic')
  expect(first.byteLength).toBe(2 + 3 + TAG_LENGTH)
})

test('a length too short for a tag is refused at once', () => {
  for (let length = 0; length < TAG_LENGTH; length++) {
    expect(() => open(pair().opener, Uint8Array.of(0, length))).toThrow(`noise message of ${length} bytes`)
  }
})

test('arbitrary bytes are refused or wait for more, and open nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), chunks => {
      try {
        expect(open(pair().opener, ...chunks).byteLength).toBe(0)
      } catch (error) {
        expect((error as Error).message).toMatch(/^noise message/)
      }
    }),
  )
})
