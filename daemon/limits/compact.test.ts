import { streamPair } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { compactReadBuffer } from './compact.ts'

const piecesOf = (stream: unknown): number => [...(stream as { readBuffer: Uint8ArrayList }).readBuffer].length

/** A paused stream to which this was sent piece by piece. */
async function received(pieces: readonly Uint8Array[]) {
  const [sender, receiver] = await streamPair()
  receiver.pause()
  for (const piece of pieces) sender.send(piece)
  const total = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
  await until(async () => receiver.readBufferLength === total, { deadline: 5_000, what: 'the bytes to arrive' })
  return receiver
}

test('bytes that came one by one are kept as one piece, and delivered in their order', async () => {
  const sent = Uint8Array.from({ length: 2_000 }, (_, index) => index)
  const stream = await received([...sent].map(byte => Uint8Array.of(byte)))
  expect(piecesOf(stream)).toBeGreaterThan(1)
  compactReadBuffer(stream)
  expect(piecesOf(stream)).toBe(1)
  const got = new Uint8ArrayList()
  stream.addEventListener('message', ({ data }) => got.append(data))
  stream.resume()
  expect(got.subarray()).toEqual(sent)
})

test('large pieces are not copied', async () => {
  const stream = await received([new Uint8Array(5_000), new Uint8Array(5_000)])
  const before = piecesOf(stream)
  compactReadBuffer(stream)
  expect(piecesOf(stream)).toBe(before)
})

test('what has nothing to compact is left alone', async () => {
  compactReadBuffer(await received([]))
  compactReadBuffer({} as never)
})
