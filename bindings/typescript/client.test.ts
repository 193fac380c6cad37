import { once } from 'node:events'
import { expect, test } from 'vitest'
import { Request } from '../../proto/codec.ts'
import { createClient } from './client.ts'
import { describeMessage } from './describe.ts'
import { fakePeer, fakeStreamInfo, ok, startFakeDaemon } from './fake-daemon.ts'
import type { FrameEvent, StreamEvent } from './observer.ts'

/** Answers stream requests, and keeps everything else waiting. */
const startReluctantDaemon = () =>
  startFakeDaemon(async connection => {
    const { type } = await connection.receive('Request')
    if (type === Request.Type.STREAM_OPEN) connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }))
    if (type === Request.Type.STREAM_HANDLER) connection.send('Response', ok())
    connection.socket.resume()
  })

test('making a client opens nothing, and a bad address is refused at once', () => {
  expect(createClient('/unix/nonexistent').address).toBe('/unix/nonexistent')
  expect(() => createClient('/tmp/x.sock')).toThrow(expect.objectContaining({ code: 'ERR_ADDRESS_INVALID' }))
  expect(() => createClient('/unix/x', { handlerAddress: 'x' })).toThrow(
    expect.objectContaining({ code: 'ERR_ADDRESS_INVALID' }),
  )
})

test('a daemon that hangs up behind each answer is asked on a connection for each request', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok())
    connection.socket.end()
  })
  await using client = createClient(daemon.address, { oneRequestPerConnection: true })
  for (let count = 0; count < 3; count++) await client.request({ type: Request.Type.LIST_PEERS })
  expect(daemon.accepted).toBe(3)
})

test('close ends requests, streams and raw connections, and later calls', async () => {
  await using daemon = await startReluctantDaemon()
  const client = createClient(daemon.address)
  await client.handle('/a', () => {})
  const stream = await client.openStream(fakePeer, '/a')
  const raw = await client.rawConnection()
  const closed = { code: 'ERR_CLIENT_CLOSED' }
  const pending = Promise.all(
    [client.identify(), client.openStream(fakePeer, '/a'), raw.receive('Response')].map(request =>
      expect(request).rejects.toMatchObject(closed),
    ),
  )
  const streamClosed = once(stream, 'close')
  await client.close()
  await pending
  await streamClosed
  expect(raw.socket.destroyed).toBe(true)
  await expect(client.identify()).rejects.toMatchObject(closed)
  await expect(client.rawConnection()).rejects.toMatchObject(closed)
  await expect(client.handle('/b', () => {})).rejects.toMatchObject(closed)
  await client.close()
})

test("the client's own signal closes it for the signal's reason", async () => {
  await using daemon = await startReluctantDaemon()
  const aborter = new AbortController()
  await using client = createClient(daemon.address, { signal: aborter.signal })
  const stream = await client.openStream(fakePeer, '/a')
  const pending = client.identify()
  aborter.abort('over')
  await expect(pending).rejects.toBe('over')
  expect(stream.destroyed).toBe(true)
  await expect(client.identify()).rejects.toBe('over')
})

test('the observer sees every frame, raw bytes, and streams with their payload', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    const { type } = await connection.receive('Request')
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }), Buffer.from('hello'))
    if (type === Request.Type.STREAM_OPEN) connection.end()
    connection.socket.resume()
  })
  const frames: FrameEvent[] = []
  const streams: StreamEvent[] = []
  const observer = { frame: frames.push.bind(frames), stream: streams.push.bind(streams) }
  const before = Date.now()
  await using client = createClient(daemon.address, { observer })
  const stream = await client.openStream(fakePeer, '/a', { earlyData: Buffer.from('abc') })
  const closed = once(stream, 'close')
  stream.end('de')
  await stream.toArray()
  await closed
  const raw = await client.rawConnection()
  raw.sendBytes(Uint8Array.of(2, 8, 0))
  await raw.receiveFrame()

  const streamInfo = describeMessage('StreamInfo', fakeStreamInfo('/a'))
  const streamOpen = { peer: fakePeer.toString(), proto: ['/a'] }
  expect(frames.map(({ at, message, ...event }) => ({ ...event, ...describeMessage(event.type, message) }))).toEqual([
    { connection: 1, direction: 'sent', type: 'STREAM_OPEN', streamOpen },
    { connection: 1, direction: 'received', type: 'OK', streamInfo },
    { connection: 2, direction: 'sent', type: 'bytes', bytes: '3 bytes 020800' },
    { connection: 2, direction: 'received', type: 'bytes', bytes: expect.stringMatching(/^\d+ bytes 08001a/) },
  ])
  expect(streams.map(({ at, ...event }) => event)).toEqual([
    { connection: 1, event: 'open', protocol: '/a', bytesSent: 3, bytesReceived: expect.any(Number) },
    { connection: 1, event: 'close', protocol: '/a', bytesSent: 5, bytesReceived: 5 },
  ])
  for (const { at } of [...frames, ...streams]) expect(Math.abs(at - before)).toBeLessThan(10_000)
})
