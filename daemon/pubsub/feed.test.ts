import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { type FedMessage, Feed } from './feed.ts'

const MEBIBYTE = 1024 * 1024

function message(fill: number, length = MEBIBYTE): FedMessage {
  return {
    frame: new Uint8Array(length).fill(fill),
    frameAfter: dropped => new Uint8Array(length).fill(fill).fill(200 + dropped, 0, 1),
  }
}

test('what comes before the socket waits for it', async () => {
  const feed = new Feed(() => {})
  feed.push(message(1, 1))
  feed.push(message(2, 1))
  const socket = new PassThrough()
  feed.attach(socket as unknown as Socket)
  feed.push(message(3, 1))
  expect([...(socket.read() as Buffer)]).toEqual([1, 2, 3])
})

test('a subscriber that does not read costs 16 MiB, loses the newest, and is told how many', async () => {
  const reports: number[] = []
  const feed = new Feed(count => reports.push(count))
  const accepted = Array.from({ length: 20 }, (_, index) => feed.push(message(index)))
  expect(accepted.filter(Boolean)).toHaveLength(16)
  expect(reports).toEqual([])

  const socket = new PassThrough({ highWaterMark: 64 * 1024 })
  const firsts: number[] = []
  let seen = 0
  socket.on('data', (chunk: Buffer) => {
    for (; seen < Math.ceil(chunk.length / MEBIBYTE); seen++) firsts.push(chunk[0] as number)
    seen = 0
  })
  feed.attach(socket as unknown as Socket)
  await new Promise(resolve => setImmediate(resolve))
  while (firsts.length < 16) await new Promise(resolve => setImmediate(resolve))
  expect(firsts).toEqual(Array.from({ length: 16 }, (_, index) => index))
  expect(feed.push(message(99))).toBe(true)
  expect(reports).toEqual([4])
  while (firsts.length < 17) await new Promise(resolve => setImmediate(resolve))
  expect(firsts.at(-1)).toBe(204)
})

test('small messages are limited in number', () => {
  const feed = new Feed(() => {})
  const tiny = message(0, 1)
  let accepted = 0
  while (feed.push(tiny)) accepted += 1
  expect(accepted).toBe(16_384)
})

test('closed, it says what was dropped and holds nothing', () => {
  const reports: number[] = []
  const feed = new Feed(count => reports.push(count))
  for (let index = 0; index < 18; index++) feed.push(message(index))
  feed.close()
  expect(reports).toEqual([2])
})
