import { afterEach, expect, test, vi } from 'vitest'
import { until } from '../../../harness/until.ts'
import { Flag, FrameType } from './frame.ts'
import { RawPeer } from './raw-peer.ts'
import { INITIAL_WINDOW } from './receive-window.ts'
import { StalledStreams } from './stalled.ts'
import type { YamuxStream } from './stream.ts'

const { windowUpdate } = FrameType
const STREAM = 2
const MINUTE = 60_000

afterEach(() => {
  vi.useRealTimers()
})

/** A stream that the peer has opened, and that has used up what the peer lets it send. */
async function fullStream(peer: RawPeer, number = STREAM): Promise<YamuxStream> {
  peer.say(windowUpdate, Flag.syn, number, 0)
  const find = () => peer.muxer.streams.find(stream => stream.number === number)
  const stream = await until(find, { deadline: 5_000, what: 'the stream' })
  expect(stream.send(Buffer.alloc(INITIAL_WINDOW + 1))).toBe(false)
  return stream
}

async function closedByPeer(peer: RawPeer, stream: YamuxStream): Promise<void> {
  peer.say(windowUpdate, Flag.fin, stream.number, 0)
  await until(() => stream.remoteWriteStatus === 'closed', { deadline: 5_000, what: 'the end of the remote side' })
}

function look(stalled: StalledStreams, times: number): void {
  for (let looks = 0; looks < times; looks++) stalled.look()
}

test('a stream that a closed remote leaves without room for half an hour is reset', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const peer = new RawPeer()
  const stream = await fullStream(peer)
  await closedByPeer(peer, stream)
  vi.advanceTimersByTime(30 * MINUTE)
  expect(stream.status).toBe('open')
  vi.advanceTimersByTime(3 * MINUTE)
  await peer.heard({ stream: STREAM, flags: Flag.rst })
  expect([stream.status, stream.writeBufferLength, peer.muxer.streams]).toEqual(['aborted', 0, []])
})

test('nobody looks any more once the connection is closed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const peer = new RawPeer()
  expect(vi.getTimerCount()).toBeGreaterThan(0)
  await peer.muxer.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('a remote that makes room again, however seldom, is waited for', async () => {
  const peer = new RawPeer()
  const stream = await fullStream(peer)
  await closedByPeer(peer, stream)
  const stalled = new StalledStreams(peer.muxer.streams)
  for (let round = 0; round < 5; round++) {
    look(stalled, 10)
    const { grants } = stream
    stream.send(Buffer.alloc(10))
    peer.say(windowUpdate, 0, STREAM, 1)
    await until(() => stream.grants > grants, { deadline: 5_000, what: 'room for more' })
    expect([stream.status, stream.sendWindow]).toEqual(['open', 0])
  }
  look(stalled, 11)
  expect(stream.status).toBe('aborted')
})

test('so is a remote that may still say something, and one that has left room', async () => {
  const peer = new RawPeer()
  const speaking = await fullStream(peer)
  peer.say(windowUpdate, Flag.syn, STREAM + 2, 0)
  const quiet = await until(() => peer.muxer.streams[1], { deadline: 5_000, what: 'another stream' })
  await closedByPeer(peer, quiet)
  quiet.send(Buffer.alloc(INITIAL_WINDOW - 1))
  const stalled = new StalledStreams(peer.muxer.streams)
  look(stalled, 30)
  expect([speaking.status, quiet.status]).toEqual(['open', 'open'])
})

test('all that are stalled are reset at once', async () => {
  const peer = new RawPeer()
  const streams = await Promise.all([2, 4, 6].map(number => fullStream(peer, number)))
  for (const stream of streams) await closedByPeer(peer, stream)
  look(new StalledStreams(peer.muxer.streams), 11)
  expect(streams.map(({ status }) => status)).toEqual(['aborted', 'aborted', 'aborted'])
})
