import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { Request } from '../../../proto/codec.ts'
import type { Address } from '../address.ts'
import { createClient } from '../client.ts'
import { describeMessage } from '../describe.ts'
import { failure, fakeAddr, fakePeer, fakeStreamInfo, ok, type Script, startFakeDaemon } from '../fake-daemon.ts'

const kinds: Address['kind'][] = ['unix', 'tcp']
const MEBIBYTE = 1024 * 1024

/** Answers STREAM_OPEN and hands the connection, now a stream, to `serve`. */
const opening = (serve: Script): Script => {
  return async connection => {
    await connection.receive('Request')
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }))
    await serve(connection)
  }
}

test('openStream asks for the protocols in order, and describes what it got', async () => {
  const asked: unknown[] = []
  await using daemon = await startFakeDaemon(async connection => {
    asked.push(describeMessage('Request', await connection.receive('Request')))
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/b') }))
  })
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, ['/a', '/b'], { timeout: 3 })
  expect(stream.peer.equals(fakePeer)).toBe(true)
  expect(stream.addr.toString()).toBe(fakeAddr.toString())
  expect(stream.protocol).toBe('/b')
  const streamOpen = { peer: fakePeer.toString(), proto: ['/a', '/b'], timeout: 3 }
  expect(asked).toEqual([{ type: 'STREAM_OPEN', streamOpen }])
})

test('a refused stream rejects with the text of the daemon, and its connection is closed', async () => {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>()
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', failure('failed to dial: no addresses'))
    connection.socket.once('end', resolve).resume()
  })
  await using client = createClient(daemon.address)
  await expect(client.openStream(fakePeer, '/a')).rejects.toThrow(/^failed to dial: no addresses$/)
  await hungUp
})

test.each([
  ['no description', ok()],
  ['a peer id that is none', ok({ streamInfo: { ...fakeStreamInfo('/a'), peer: Buffer.from('foobar') } })],
])('a stream with %s is a protocol error, and its connection is closed', async (_, response) => {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>()
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', response)
    connection.socket.once('end', resolve).resume()
  })
  await using client = createClient(daemon.address)
  await expect(client.openStream(fakePeer, '/a')).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
  await hungUp
})

test('stream bytes in one chunk with the answer are delivered', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }), Buffer.from('at once'))
    connection.end()
  })
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  expect((await stream.toArray()).join('')).toBe('at once')
})

test('stream bytes reach a data listener that is attached at once', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }), Buffer.from('at once'))
    connection.sendBytes(Buffer.from(', and later'))
    connection.end()
  })
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  let text = ''
  stream.on('data', chunk => {
    text += chunk
  })
  await once(stream, 'end')
  expect(text).toBe('at once, and later')
})

test('early data leaves in one write with the request', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    const { socket } = connection
    await connection.receive('Request')
    // Whatever came in the chunk of the request is here before the next turn of the event loop.
    const early = socket.read()
    connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }), early)
    connection.end()
  })
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a', { earlyData: Buffer.from('EARLY') })
  expect((await stream.toArray()).join('')).toBe('EARLY')
})

test.each(kinds)('our end leaves their direction open (%s)', async kind => {
  await using daemon = await startFakeDaemon(
    opening(async ({ socket }) => {
      const question = (await socket.toArray()).join('')
      socket.end(`answer to ${question}`)
    }),
    kind,
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  stream.end('question')
  expect((await stream.toArray()).join('')).toBe('answer to question')
})

test.each(kinds)('their end leaves our direction open (%s)', async kind => {
  const { promise: received, resolve } = Promise.withResolvers<string>()
  await using daemon = await startFakeDaemon(
    opening(async ({ socket }) => {
      socket.end('hello')
      resolve((await socket.toArray()).join(''))
    }),
    kind,
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  expect((await stream.toArray()).join('')).toBe('hello')
  expect(stream.writable).toBe(true)
  stream.end('goodbye')
  expect(await received).toBe('goodbye')
})

test.each(kinds)('16 MiB go each way at once, unchanged (%s)', async kind => {
  const data = randomBytes(16 * MEBIBYTE)
  await using daemon = await startFakeDaemon(
    opening(({ socket }) => pipeline(socket, socket)),
    kind,
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  const sent = pipeline(Readable.from(slices(data, 100_000)), stream, { end: true })
  const digest = createHash('sha256')
  for await (const chunk of stream) digest.update(chunk)
  await sent
  expect(digest.digest('hex')).toBe(createHash('sha256').update(data).digest('hex'))
})

test.each(kinds)('a daemon that does not read makes write() return false (%s)', async kind => {
  const { promise: reading, resolve: read } = Promise.withResolvers<void>()
  await using daemon = await startFakeDaemon(
    opening(async ({ socket }) => {
      await reading
      socket.resume()
    }),
    kind,
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  const chunk = new Uint8Array(64 * 1024)
  let written = chunk.byteLength
  while (stream.write(chunk)) written += chunk.byteLength
  expect(written).toBeLessThan(16 * MEBIBYTE)
  read()
  await once(stream, 'drain')
})

test.each(kinds)('a stream that is not read holds the daemon up, not memory (%s)', async kind => {
  const data = Buffer.alloc(16 * MEBIBYTE, 7)
  await using daemon = await startFakeDaemon(async connection => {
    const { type } = await connection.receive('Request')
    if (type === Request.Type.STREAM_OPEN) {
      connection.send('Response', ok({ streamInfo: fakeStreamInfo('/a') }), data)
      connection.end()
    } else {
      connection.send('Response', ok())
    }
  }, kind)
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  // Each round trip is a chance for both ends to move bytes that nobody asked for.
  for (let turn = 0; turn < 100; turn++) {
    await using other = await client.rawConnection()
    other.send('Request', { type: Request.Type.LIST_PEERS })
    await other.receive('Response')
  }
  expect(stream.readableLength).toBeLessThan(MEBIBYTE)
  let received = 0
  for await (const chunk of stream) received += chunk.byteLength
  expect(received).toBe(data.byteLength)
})

test('reset ends both directions at once, on TCP with a reset', async () => {
  const { promise: failed, resolve } = Promise.withResolvers<Error>()
  await using daemon = await startFakeDaemon(
    opening(({ socket }) => void socket.once('error', resolve).resume()),
    'tcp',
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  stream.reset()
  expect(stream.destroyed).toBe(true)
  expect(await failed).toMatchObject({ code: 'ECONNRESET' })
})

test('a stream that the daemon resets fails its reader, and nobody else', async () => {
  await using daemon = await startFakeDaemon(
    opening(connection => connection.reset()),
    'tcp',
  )
  await using client = createClient(daemon.address)
  const stream = await client.openStream(fakePeer, '/a')
  await expect(stream.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' })
})

function* slices(data: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < data.byteLength; start += size) yield data.subarray(start, start + size)
}
