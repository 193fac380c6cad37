import { once } from 'node:events'
import { expect, test } from 'vitest'
import { encode, MAX_FRAME_LENGTH, Response } from '../../proto/codec.ts'
import { createClient } from './client.ts'
import { describeMessage } from './describe.ts'
import { answering, fakeStreamInfo, ok, startFakeDaemon } from './fake-daemon.ts'
import type { ClientObserver } from './observer.ts'

const frame = encode(Response, ok({ streamInfo: fakeStreamInfo('/a') }))

test('frames that arrive byte by byte, or all at once, are the same frames', async () => {
  await using daemon = await startFakeDaemon(async ({ socket }) => {
    for (const byte of frame) {
      await new Promise<void>(resolve => socket.write(Uint8Array.of(byte), () => resolve()))
    }
    socket.write(Buffer.concat([frame, frame, frame.subarray(0, 1)]))
    socket.write(frame.subarray(1))
  })
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  for (let received = 0; received < 4; received++) {
    expect((await raw.receive('Response')).streamInfo?.proto).toBe('/a')
  }
})

test('what follows a frame stays in the socket', async () => {
  await using daemon = await startFakeDaemon(({ socket }) => {
    socket.end(Buffer.concat([frame, Buffer.from('AND THE REST')]))
  })
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  await raw.receive('Response')
  expect((await raw.socket.toArray()).join('')).toBe('AND THE REST')
})

test('the largest frame arrives whole', async () => {
  const data = new Uint8Array(MAX_FRAME_LENGTH - 100).fill(7)
  await using daemon = await startFakeDaemon(async connection => {
    const { data: received } = await connection.receive('PSMessage')
    connection.send('PSMessage', { data: received ?? null })
  })
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  raw.send('PSMessage', { data })
  expect(Buffer.compare((await raw.receive('PSMessage')).data as Uint8Array, data)).toBe(0)
})

test('a hang-up instead of a frame, or within one, is a closed connection', async () => {
  const answers = [0, 5].map(length => frame.subarray(0, length))
  await using daemon = await startFakeDaemon(({ socket }) => void socket.end(answers.shift() as Uint8Array))
  await using client = createClient(daemon.address)
  const before = await client.rawConnection()
  await expect(before.receive('Response')).rejects.toMatchObject({
    code: 'ERR_CONNECTION_CLOSED',
    message: 'the connection was closed instead of sending a frame',
  })
  const within = await client.rawConnection()
  await expect(within.receive('Response')).rejects.toMatchObject({
    code: 'ERR_CONNECTION_CLOSED',
    message: 'the connection was closed instead of sending the rest of a frame',
  })
})

test.each([
  ['a length that does not fit', Buffer.alloc(10, 0xff), `10 bytes ${'ff'.repeat(10)}`],
  ['a body that is no message', Uint8Array.of(2, 0xff, 0xff), '2 bytes ffff'],
  ['a body without its required fields', Uint8Array.of(0), '0 bytes'],
])('%s is a protocol error that ends the connection, and is kept as evidence', async (_, garbage, seen) => {
  await using daemon = await startFakeDaemon(({ socket }) => void socket.write(garbage))
  const frames: unknown[] = []
  const observer: ClientObserver = { frame: ({ type, message }) => frames.push(describeMessage(type, message)) }
  await using client = createClient(daemon.address, { observer })
  const raw = await client.rawConnection()
  await expect(raw.receive('Response')).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
  expect(raw.socket.destroyed).toBe(true)
  expect(frames).toEqual([{ bytes: seen }])
})

test('a frame can be received undecoded, and any bytes sent', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    connection.sendBytes(await connection.receiveFrame().then(body => Uint8Array.of(body.length, ...body)))
  })
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  raw.sendBytes(Uint8Array.of(3, 1))
  raw.sendBytes(Uint8Array.of(2, 3))
  expect([...(await raw.receiveFrame())]).toEqual([1, 2, 3])
})

test('a message that cannot be encoded is refused before anything is sent', async () => {
  await using daemon = await startFakeDaemon(answering(() => ok()))
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  expect(() => raw.send('Request', {} as never)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE_INVALID' }))
  expect(raw.socket.bytesWritten).toBe(0)
})

test('after a half-close the answer still arrives', async () => {
  await using daemon = await startFakeDaemon(async ({ socket }) => {
    await once(socket.resume(), 'end')
    socket.end(frame)
  })
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  raw.end()
  expect((await raw.receive('Response')).type).toBe(Response.Type.OK)
})

test('an aborted receive rejects with the reason, and closes the connection', async () => {
  await using daemon = await startFakeDaemon(() => {})
  await using client = createClient(daemon.address)
  const raw = await client.rawConnection()
  const reason = new Error('changed my mind')
  const aborter = new AbortController()
  const received = raw.receive('Response', { signal: aborter.signal })
  aborter.abort(reason)
  await expect(received).rejects.toBe(reason)
  expect(raw.socket.destroyed).toBe(true)
})
