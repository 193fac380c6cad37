import { once } from 'node:events'
import type { Stream } from '@libp2p/interface'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../../harness/until.ts'
import { readStream, writeStream } from '../../stream-io.ts'
import { startHost, type TestHost } from '../../test-host.ts'

const PROTOCOL = '/p2pd/quic-test/1'
const MIB = 1024 * 1024
const SECOND = 1_000

let dialer: TestHost
let listener: TestHost
beforeAll(async () => {
  const flags = ['-hostAddrs', '/ip4/127.0.0.1/udp/0/quic-v1']
  ;[dialer, listener] = await Promise.all([startHost(...flags), startHost(...flags)])
})
afterAll(() => Promise.all([dialer.stop(), listener.stop()]))

/** Both ends of a new stream. */
async function streamPair(): Promise<[Stream, Stream]> {
  const { promise, resolve } = Promise.withResolvers<Stream>()
  const handler = (stream: Stream): void => {
    stream.pause()
    resolve(stream)
  }
  await listener.node.handle(PROTOCOL, handler, { force: true, maxInboundStreams: 1_000 })
  const connection = await dialer.connect(listener)
  expect(connection.remoteAddr.toString()).toContain('/quic-v1')
  const stream = await connection.newStream(PROTOCOL, { maxOutboundStreams: 1_000 })
  return [stream, await promise]
}

/** What happens on a stream, as its sink is told. */
function record(stream: Stream): { bytes: number; readonly events: string[]; resume(): void; pause(): void } {
  const seen = { bytes: 0, events: [] as string[], resume: () => reader.resume(), pause: () => reader.pause() }
  const reader = readStream(stream, {
    data(chunk) {
      seen.bytes += chunk.byteLength
    },
    end: () => void seen.events.push('end'),
    error: () => void seen.events.push('error'),
  })
  return seen
}

const happens = (seen: { events: string[] }, ...events: string[]) =>
  until(() => seen.events.join() === events.join(), { deadline: 10 * SECOND, what: `${events} of the stream` })

test('each direction ends for itself, and the stream is closed when both have', async () => {
  const [near, far] = await streamPair()
  const [nearSeen, farSeen] = [record(near), record(far)]
  farSeen.resume()
  near.send(Buffer.alloc(10))
  await near.close()
  await happens(farSeen, 'end')
  expect(near.status).toBe('open')
  far.send(Buffer.alloc(MIB))
  await far.close()
  await happens(nearSeen, 'end')
  expect([farSeen.bytes, nearSeen.bytes]).toEqual([10, MIB])
  expect([near.status, far.status]).toEqual(['closed', 'closed'])
})

test('a reset is an error at the other end, in both directions, not an end', async () => {
  const [near, far] = await streamPair()
  const farSeen = record(far)
  farSeen.resume()
  near.send(Buffer.alloc(10))
  await until(() => farSeen.bytes === 10, { deadline: 10 * SECOND, what: 'the bytes' })
  near.abort(new Error('enough'))
  await happens(farSeen, 'error')
  expect(far.status).toBe('reset')
})

test('a reader that has paused stops the writer, and loses nothing', { timeout: 30 * SECOND }, async () => {
  const [near, far] = await streamPair()
  let room = true
  const writer = writeStream(near, () => {
    room = true
  })
  let sent = 0
  const fill = async (): Promise<boolean> => {
    while (room && sent < 64 * MIB) {
      room = writer.write(Buffer.alloc(65_536))
      sent += 65_536
    }
    return until(() => room, { deadline: SECOND, what: 'room' }).then(
      () => true,
      () => false,
    )
  }
  while (await fill()) if (sent >= 64 * MIB) break
  expect(sent).toBeLessThan(16 * MIB)
  expect(far.readBufferLength).toBeLessThan(MIB)
  const farSeen = record(far)
  farSeen.resume()
  await writer.end()
  await happens(farSeen, 'end')
  expect(farSeen.bytes).toBe(sent)
})

test('a connection that is closed ends its streams at both ends', async () => {
  const [near, far] = await streamPair()
  const [nearSeen, farSeen] = [record(near), record(far)]
  farSeen.resume()
  await dialer.node.hangUp(listener.peer)
  for (const { events } of [nearSeen, farSeen]) {
    await until(() => events.length > 0, { deadline: 10 * SECOND, what: 'the end of the stream' })
  }
  await until(() => listener.node.getConnections().length === 0, { deadline: 10 * SECOND, what: 'no connection' })
})

test('a dial that is given up leaves no connection, however late the answer', async () => {
  const patience = AbortSignal.timeout(1)
  await dialer.dialer.connect(listener.peer, listener.addresses, patience).catch(() => {})
  await dialer.node.hangUp(listener.peer)
  await until(() => listener.node.getConnections().length === 0, { deadline: 10 * SECOND, what: 'no connection' })
  await dialer.connect(listener)
  expect(dialer.node.getConnections()).toHaveLength(1)
})

test('a stream opened while its connection ends does not wait for anybody', { timeout: 60 * SECOND }, async () => {
  for (let round = 0; round < 50; round++) {
    const connection = await dialer.connect(listener)
    const [inbound] = listener.node.getConnections(dialer.peer)
    inbound?.abort(new Error('enough'))
    const opening = connection.newStream('/ipfs/id/1.0.0', { signal: AbortSignal.timeout(10 * SECOND) })
    const outcome = await opening.then(
      async stream => {
        if (stream.status === 'open') await once(stream, 'close', { signal: AbortSignal.timeout(10 * SECOND) })
        return 'closed'
      },
      (error: Error) => error.name,
    )
    expect(outcome).not.toMatch(/Timeout/)
    await until(() => connection.status !== 'open', { deadline: 10 * SECOND, what: 'the end of the connection' })
  }
})
