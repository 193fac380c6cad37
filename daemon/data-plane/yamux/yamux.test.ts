import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Stream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import { multiaddrConnectionPair } from '@libp2p/utils'
import { yamux as stockYamux } from '@libp2p/yamux'
import { describe, expect, test } from 'vitest'
import { until } from '../../../harness/until.ts'
import { Flag, FrameType } from './frame.ts'
import { RawPeer } from './raw-peer.ts'
import { INITIAL_WINDOW, MAX_WINDOW, ReceiveWindow } from './receive-window.ts'
import { YamuxStream } from './stream.ts'
import { yamux } from './yamux.ts'

const own = (): StreamMuxerFactory => yamux()()
const stock = (): StreamMuxerFactory =>
  stockYamux({ streamOptions: { maxReadBufferLength: 2 * MAX_WINDOW } })() as StreamMuxerFactory

function connect(
  dialer: StreamMuxerFactory,
  listener: StreamMuxerFactory,
): { dialer: StreamMuxer; listener: StreamMuxer } {
  const [local, remote] = multiaddrConnectionPair()
  return { dialer: dialer.createStreamMuxer(local), listener: listener.createStreamMuxer(remote) }
}

async function openStream(from: StreamMuxer, to: StreamMuxer): Promise<[Stream, Stream]> {
  const { promise, resolve } = Promise.withResolvers<Stream>()
  to.addEventListener('stream', ({ detail }) => resolve(detail), { once: true })
  const local = await from.createStream()
  return [local, await promise]
}

/** Sends random bytes in pieces of random lengths, waiting whenever it is told to. Gives their digest. */
async function sendRandom(stream: Stream, total: number): Promise<string> {
  const digest = createHash('sha256')
  for (let sent = 0; sent < total; ) {
    const bytes = randomBytes(Math.min(total - sent, randomInt(1, 200_000)))
    digest.update(bytes)
    sent += bytes.byteLength
    if (!stream.send(bytes)) {
      await until(() => !stream.writableNeedsDrain, { deadline: 15_000, what: 'room to send', interval: 1 })
    }
  }
  await stream.close()
  return digest.digest('hex')
}

/** Reads everything, pausing now and then. Gives its digest, and the most that had to wait. */
async function receiveWithPauses(stream: Stream): Promise<{ digest: string; most: number }> {
  const digest = createHash('sha256')
  let most = 0
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  stream.addEventListener('message', ({ data }) => {
    digest.update(data.subarray())
    // js-libp2p's streams lose their pauses, and their ends come too early
    if (!(stream instanceof YamuxStream) || randomInt(4) > 0) return
    stream.pause()
    setTimeout(() => {
      most = Math.max(most, stream.readBufferLength)
      if (stream.readStatus === 'paused') stream.resume()
    }, randomInt(3))
  })
  stream.addEventListener('end', () => resolve())
  stream.addEventListener('close', ({ error }) => error && reject(error))
  await promise
  return { digest: digest.digest('hex'), most }
}

describe.each([
  ['own dials own', own, own],
  ['own dials stock', own, stock],
  ['stock dials own', stock, own],
])('%s', (_title, createDialer, createListener) => {
  test('megabytes arrive unharmed in both directions at once, whatever the readers do', async () => {
    const { dialer, listener } = connect(createDialer(), createListener())
    const [local, remote] = await openStream(dialer, listener)
    const total = 8 * 1024 * 1024
    const [up, down, received, returned] = await Promise.all([
      sendRandom(local, total),
      sendRandom(remote, total),
      receiveWithPauses(remote),
      receiveWithPauses(local),
    ])
    expect([received.digest, returned.digest]).toEqual([up, down])
    expect(Math.max(received.most, returned.most)).toBeLessThanOrEqual(MAX_WINDOW)
    await until(() => dialer.streams.length + listener.streams.length === 0, {
      deadline: 5_000,
      what: 'closed streams',
    })
  })

  test('a hundred streams at once keep apart', async () => {
    const { dialer, listener } = connect(createDialer(), createListener())
    listener.addEventListener('stream', ({ detail: stream }) => {
      stream.addEventListener('message', ({ data }) => stream.send(data))
      stream.addEventListener('remoteCloseWrite', () => void stream.close())
    })
    const echoed = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const stream = await dialer.createStream()
        const received: Uint8Array[] = []
        const { promise, resolve } = Promise.withResolvers<void>()
        stream.addEventListener('message', ({ data }) => received.push(data.slice()))
        stream.addEventListener('end', () => resolve())
        stream.send(Buffer.alloc(1_000, index))
        await stream.close()
        await promise
        return Buffer.concat(received).equals(Buffer.alloc(1_000, index))
      }),
    )
    expect(echoed).toEqual(Array.from({ length: 100 }, () => true))
  })

  test('a reset reaches the other side', async () => {
    const { dialer, listener } = connect(createDialer(), createListener())
    const [local, remote] = await openStream(dialer, listener)
    remote.abort(new Error('no more'))
    await until(() => local.status === 'reset', { deadline: 5_000, what: 'the reset' })
  })
})

test('a pause within a message that a resume delivers holds', async () => {
  const { dialer, listener } = connect(own(), own())
  const [local, remote] = await openStream(dialer, listener)
  const taken: number[] = []
  remote.pause()
  remote.addEventListener('message', ({ data }) => {
    taken.push(data.byteLength)
    remote.pause()
  })
  local.send(Buffer.alloc(100_000))
  await until(() => remote.readBufferLength === 100_000, { deadline: 5_000, what: 'bytes that wait' })
  remote.resume()
  local.send(Buffer.alloc(50_000))
  await until(() => remote.readBufferLength === 50_000, { deadline: 5_000, what: 'more that wait' })
  expect(taken).toEqual([100_000])
})

test('drain is said when there is room, not whenever the connection has some', async () => {
  const { dialer, listener } = connect(own(), own())
  const [local, remote] = await openStream(dialer, listener)
  remote.pause()
  let drains = 0
  local.addEventListener('drain', () => {
    drains += 1
  })
  expect(local.send(Buffer.alloc(INITIAL_WINDOW + 10))).toBe(false)
  await until(() => remote.readBufferLength === INITIAL_WINDOW, { deadline: 5_000, what: 'a full window' })
  expect([drains, local.writeBufferLength]).toEqual([0, 10])
  remote.addEventListener('message', () => {})
  remote.resume()
  await until(() => drains === 1, { deadline: 5_000, what: 'drain' })
  expect([local.writeBufferLength, local.writableNeedsDrain]).toEqual([0, false])
})

test('a stream that is opened and says nothing is announced; one that speaks at once is announced by that', async () => {
  const peer = new RawPeer()
  await peer.muxer.createStream()
  await peer.heard({ type: FrameType.windowUpdate, flags: Flag.syn, stream: 1, length: 0 })
  const speaking = await peer.muxer.createStream()
  speaking.send(Buffer.from('hello'))
  await peer.heard({ type: FrameType.data, flags: Flag.syn, stream: 3, length: 5 })
  expect(peer.frames.length).toBe(2)
  const never = await peer.muxer.createStream()
  never.abort(new Error('never mind'))
  const next = await peer.muxer.createStream()
  next.send(Buffer.from('x'))
  await peer.heard({ stream: 7 })
  expect(peer.frames.map(({ stream }) => stream)).toEqual([1, 3, 7])
})

test('half a window has to be read before more is allowed', async () => {
  const peer = new RawPeer()
  peer.say(FrameType.windowUpdate, Flag.syn, 2, 0)
  const stream = await until(() => peer.muxer.streams[0], { deadline: 5_000, what: 'the stream' })
  stream.addEventListener('message', () => {})
  const half = INITIAL_WINDOW / 2
  peer.say(FrameType.data, 0, 2, half - 1, Buffer.alloc(half - 1))
  peer.say(FrameType.data, 0, 2, 1, Buffer.alloc(1))
  const { length } = await peer.heard({ type: FrameType.windowUpdate, stream: 2, flags: Flag.ack })
  expect([half, half + INITIAL_WINDOW]).toContain(length)
  expect(peer.frames.length).toBe(1)
})

test('a window widens for a fast reader, up to a limit, and not before the round trip is known', () => {
  const window = new ReceiveWindow()
  for (let round = 0; round < 10; round++) {
    window.take(INITIAL_WINDOW / 2)
    expect(window.grant(0, 0)).toBe(INITIAL_WINDOW / 2)
  }
  for (let round = 0; round < 10; round++) {
    const { size } = window
    window.take(size / 2)
    window.grant(0, 1_000_000)
    expect(window.size).toBe(Math.min(size * 2, MAX_WINDOW))
  }
  expect([window.allows(MAX_WINDOW + 1), window.allows(MAX_WINDOW)]).toEqual([false, true])
  window.take(MAX_WINDOW)
  expect(window.grant(MAX_WINDOW, 1_000_000)).toBe(0)
})

test('a window does not widen for a reader who lets bytes wait, and narrows when more than half of it waits', () => {
  const window = new ReceiveWindow()
  const read = (unread: number): void => {
    window.take(window.size / 2)
    window.grant(unread, 1_000_000)
    window.grant(0, 1_000_000)
  }
  for (let round = 0; round < 10; round++) read(1)
  expect(window.size).toBe(INITIAL_WINDOW)
  read(0)
  read(0)
  expect(window.size).toBe(4 * INITIAL_WINDOW)
  read(2 * INITIAL_WINDOW + 1)
  expect(window.size).toBe(2 * INITIAL_WINDOW)
  for (let round = 0; round < 5; round++) read(2 * INITIAL_WINDOW)
  expect(window.size).toBe(INITIAL_WINDOW)
})
