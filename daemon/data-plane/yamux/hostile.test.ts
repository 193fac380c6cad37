import fc from 'fast-check'
import { expect, test } from 'vitest'
import { until } from '../../../harness/until.ts'
import { Flag, FrameType, GoAway } from './frame.ts'
import { RawPeer } from './raw-peer.ts'
import { INITIAL_WINDOW } from './receive-window.ts'

const { data, windowUpdate, ping, goAway } = FrameType

/** A peer that dials is answered as by the side that listens, and so opens streams of even numbers. */
const STREAM = 2

const offences: readonly (readonly [string, (peer: RawPeer) => void])[] = [
  ['a frame of another version', peer => peer.sendBytes(Buffer.alloc(12, 1))],
  ['a frame of a type that there is not', peer => peer.say(9 as never, 0, STREAM, 0)],
  ['data of no stream', peer => peer.say(data, 0, 0, 0)],
  ['a window of no stream', peer => peer.say(windowUpdate, 0, 0, 1)],
  ['a stream with a number of ours', peer => peer.say(windowUpdate, Flag.syn, STREAM + 1, 0)],
  [
    'a stream that there is already',
    peer => {
      peer.say(windowUpdate, Flag.syn, STREAM, 0)
      peer.say(windowUpdate, Flag.syn, STREAM, 0)
    },
  ],
  [
    'one byte more than the window',
    peer => {
      peer.say(windowUpdate, Flag.syn, STREAM, 0)
      peer.say(data, 0, STREAM, INITIAL_WINDOW, Buffer.alloc(INITIAL_WINDOW))
      peer.say(data, 0, STREAM, 1, Buffer.alloc(1))
    },
  ],
  ['the announcement of more than the window', peer => peer.say(data, Flag.syn, STREAM, 2 ** 32 - 1)],
  ['a window that no 32 bits hold', peer => peer.say(windowUpdate, Flag.syn, STREAM, 2 ** 32 - 1)],
]

test.each(offences)('%s ends the connection, and the peer is told that it was its fault', async (_what, offend) => {
  const peer = new RawPeer()
  offend(peer)
  await peer.heard({ type: goAway, length: GoAway.protocolError })
  expect(peer.muxer.status).toBe('closed')
  expect(peer.muxer.streams).toEqual([])
})

test('frames for streams that are gone are passed over, with their data', async () => {
  const peer = new RawPeer()
  peer.say(data, 0, 77, 5, Buffer.from('bytes'))
  peer.say(windowUpdate, Flag.rst, 78, 0)
  peer.say(data, Flag.fin, 79, 0)
  peer.say(windowUpdate, Flag.syn, STREAM, 0)
  await until(() => peer.muxer.streams.length === 1, { deadline: 5_000, what: 'the stream' })
  expect(peer.muxer.status).toBe('open')
})

test('a stream that is reset is gone on both sides; what follows on it is nobody’s', async () => {
  const peer = new RawPeer()
  peer.say(windowUpdate, Flag.syn, STREAM, 0)
  const stream = await until(() => peer.muxer.streams[0], { deadline: 5_000, what: 'the stream' })
  stream.abort(new Error('not wanted'))
  await peer.heard({ stream: STREAM, flags: Flag.rst })
  peer.say(data, 0, STREAM, 3, Buffer.from('abc'))
  peer.say(windowUpdate, Flag.syn, STREAM + 2, 0)
  await until(() => peer.muxer.streams[0]?.number === STREAM + 2, { deadline: 5_000, what: 'the next stream' })
})

test('a flood of pings is answered and costs nothing; answers that nobody asked for do no harm', async () => {
  const peer = new RawPeer()
  for (let number = 0; number < 5_000; number++) peer.say(ping, number % 2 === 0 ? Flag.syn : Flag.ack, 0, number)
  peer.say(windowUpdate, Flag.syn, STREAM, 0)
  await until(() => peer.muxer.streams.length === 1, { deadline: 10_000, what: 'the stream' })
})

test('after a normal go-away streams go on, and no more can be opened; after another one all is over', async () => {
  const peer = new RawPeer()
  peer.say(windowUpdate, Flag.syn, STREAM, 0)
  peer.say(goAway, 0, 0, GoAway.normal)
  const stream = await until(() => peer.muxer.streams[0], { deadline: 5_000, what: 'the stream' })
  await until(() => peer.muxer.createStream().catch((error: Error) => error.name === 'MuxerClosedError'), {
    deadline: 5_000,
    what: 'an error',
  })
  expect(stream.status).toBe('open')
  peer.say(goAway, 0, 0, GoAway.internalError)
  await until(() => stream.status !== 'open', { deadline: 5_000, what: 'the end' })
  expect(peer.muxer.status).toBe('closed')
})

test('what a reader does not take is no more than one window, whatever the peer does with resets and ends', async () => {
  const peer = new RawPeer()
  peer.say(windowUpdate, Flag.syn, STREAM, 0)
  const stream = await until(() => peer.muxer.streams[0], { deadline: 5_000, what: 'the stream' })
  stream.pause()
  peer.say(data, Flag.fin, STREAM, INITIAL_WINDOW, Buffer.alloc(INITIAL_WINDOW))
  await until(() => stream.readBufferLength === INITIAL_WINDOW, { deadline: 5_000, what: 'a full window' })
  expect(peer.frames.filter(({ type, length }) => type === windowUpdate && length > 0)).toEqual([])
})

test('more streams than the peer has acknowledged wait for their turn', async () => {
  const peer = new RawPeer()
  let opened = 0
  const opening = Array.from({ length: 258 }, async () => {
    await peer.muxer.createStream()
    opened += 1
  })
  await peer.heard({ stream: 511, flags: Flag.syn })
  expect([opened, peer.frames.length]).toEqual([256, 256])
  peer.say(windowUpdate, Flag.ack, 1, 0)
  peer.say(windowUpdate, Flag.ack, 1, 0)
  await peer.heard({ stream: 513, flags: Flag.syn })
  expect(opened).toBe(257)
  peer.say(windowUpdate, Flag.rst, 3, 0)
  await Promise.all(opening)
})

test('who waits for a turn can give up, or be told that the connection is over', async () => {
  const peer = new RawPeer()
  await Promise.all(Array.from({ length: 256 }, () => peer.muxer.createStream()))
  const controller = new AbortController()
  const given = peer.muxer.createStream({ signal: controller.signal })
  const kept = peer.muxer.createStream()
  controller.abort(new Error('enough'))
  await expect(given).rejects.toThrow('enough')
  peer.say(goAway, 0, 0, GoAway.internalError)
  await expect(kept).rejects.toMatchObject({ name: 'MuxerClosedError' })
})

test('arbitrary frames leave the muxer open or closed, never in between, and hold no streams once it is closed', async () => {
  const frame = fc.tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 0, max: 15 }),
    fc.integer({ min: 0, max: 6 }),
    fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    fc.uint8Array({ maxLength: 300 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 30 }), async frames => {
      const peer = new RawPeer()
      for (const [type, flags, stream, length, bytes] of frames) peer.say(type as never, flags, stream, length, bytes)
      await new Promise(resolve => setImmediate(resolve))
      await new Promise(resolve => setImmediate(resolve))
      if (peer.muxer.status === 'closed') expect(peer.muxer.streams).toEqual([])
      else expect(peer.muxer.status).toBe('open')
      peer.muxer.abort(new Error('the end'))
      expect(peer.muxer.streams).toEqual([])
    }),
    { numRuns: 200 },
  )
})
