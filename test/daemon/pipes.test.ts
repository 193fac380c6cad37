import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type DaemonStream } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { encode, Request } from '../../proto/codec.ts'
import { memoryOf } from './resources.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const MIB = 1024 * 1024

let dialer: TestDaemon
let listener: TestDaemon
beforeAll(async () => {
  ;[dialer, listener] = await Promise.all([startDaemon(), startDaemon()])
  await dialer.client.connect(listener.peer, listener.addrs)
})
afterAll(async () => {
  await dialer[Symbol.asyncDispose]()
  await listener[Symbol.asyncDispose]()
})

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

let count = 0
/** Serves a protocol of its own by a handler; gives what the handler makes of its first stream. */
async function serve<T>(
  handler: (stream: DaemonStream) => Promise<T>,
): Promise<{ protocol: string; served: Promise<T> }> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const protocol = `/test/${count++}`
  await listener.client.handle(protocol, stream => handler(stream).then(resolve, reject))
  return { protocol, served: promise }
}

const open = (protocol: string, earlyData?: Uint8Array): Promise<DaemonStream> =>
  dialer.client.openStream(listener.peer, protocol, { earlyData })

/** Resident memory of a process, in bytes. */
test('an application that sends everything and leaves at once has sent everything', async () => {
  const sent = randomBytes(8 * MIB)
  const { protocol, served } = await serve(async stream => digest(await buffer(stream)))
  const stream = await open(protocol)
  // closed in both directions as soon as the kernel has it
  stream.end(sent, () => stream.destroy())
  expect(await served).toBe(digest(sent))
})

test('nor is anything lost when the other side answers while it leaves', async () => {
  const sent = randomBytes(8 * MIB)
  const { protocol, served } = await serve(async stream => {
    const hash = createHash('sha256')
    // answers that nobody will read, from the first chunk on
    stream.on('error', () => {})
    for await (const chunk of stream) {
      hash.update(chunk)
      if (stream.writable) stream.write('.')
    }
    return hash.digest('hex')
  })
  const stream = await open(protocol)
  stream.pause()
  // until the answers arrive the socket has nothing unread, and closing it is no reset
  stream.end(sent, () => stream.destroy())
  expect(await served).toBe(digest(sent))
})

test('everything at once: early data, the end right behind it, and an answer', async () => {
  const { protocol } = await serve(async stream => void stream.end(digest(await buffer(stream))))
  const streamOpen = { peer: listener.peer.toMultihash().bytes, proto: [protocol] }
  const sent = randomBytes(3 * MIB)
  const connection = await dialer.client.rawConnection()
  // one write and the end, before the daemon has answered anything
  connection.socket.end(Buffer.concat([encode(Request, { type: Request.Type.STREAM_OPEN, streamOpen }), sent]))
  await connection.receive('Response')
  expect((await buffer(connection.socket)).toString()).toBe(digest(sent))
})

/** Writes until it fails: a Unix socket shows in no other way that its other end is closed. */
async function failsToWrite(stream: DaemonStream, deadline: number): Promise<void> {
  stream.on('error', () => {})
  const tryWrite = (): boolean => {
    if (stream.writable) stream.write('x')
    return stream.destroyed
  }
  await until(tryWrite, { deadline, what: 'writing to fail' })
}

test('a reset by the dialer’s application ends the listener’s stream in both directions', async () => {
  await using tcpDialer = await startDaemon(['-listen', '/ip4/127.0.0.1/tcp/0'])
  await tcpDialer.client.connect(listener.peer, listener.addrs)
  const { protocol, served } = await serve(async stream => failsToWrite(stream.resume(), 5_000))
  const stream = await tcpDialer.client.openStream(listener.peer, protocol)
  stream.write('hello')
  stream.reset()
  await served
})

test('a reset by the listener’s application is a reset for a dialer’s application on TCP', async () => {
  await using tcpDialer = await startDaemon(['-listen', '/ip4/127.0.0.1/tcp/0'])
  await tcpDialer.client.connect(listener.peer, listener.addrs)
  await using application = createClient(listener.process.controlAddress, { handlerAddress: '/ip4/127.0.0.1/tcp/0' })
  await application.handle('/test/tcp-reset', async stream => stream.reset())
  const stream = await tcpDialer.client.openStream(listener.peer, '/test/tcp-reset')
  const [error] = await once(stream, 'error', { signal: AbortSignal.timeout(5_000) })
  expect(error.code).toBe('ECONNRESET')
})

test('a stalled reader stops the writer; both daemons keep their memory, and nothing is lost', {
  timeout: 60_000,
}, async () => {
  const goOn = Promise.withResolvers<number>()
  const { protocol } = await serve(async stream => {
    stream.pause()
    const total = await goOn.promise
    const hash = createHash('sha256')
    let got = 0
    for await (const chunk of stream) {
      hash.update(chunk)
      got += chunk.length
      if (got === total) break
    }
    return [got, hash.digest('hex')]
  })
  const stream = await open(protocol)
  const before = (await memoryOf(dialer)) + (await memoryOf(listener))
  const block = randomBytes(MIB)
  let blocks = 0
  for (let stalled = false; !stalled && blocks < 256; ) {
    blocks++
    stalled =
      !stream.write(block) && !(await Promise.race([once(stream, 'drain').then(() => true), delay(2_000, false)]))
  }
  expect(blocks).toBeLessThan(128)
  const grown = (await memoryOf(dialer)) + (await memoryOf(listener)) - before
  expect(grown / MIB).toBeLessThan(192)
  goOn.resolve(blocks * MIB)
})

test('an application that is gone does not keep its stream: a remote that waits for it is told', {
  timeout: 30_000,
}, async () => {
  // reads to the end, has nothing to say for a while, and would hold the stream for ever
  const { protocol, served } = await serve(async stream => failsToWrite(stream.resume(), 25_000))
  const stream = await open(protocol)
  stream.end('bye', () => stream.destroy())
  await served
})

test('an application with a full backlog gets all its streams', async () => {
  const { spawn } = await import('node:child_process')
  // accepts one connection every 20 ms, with room for one more
  const slow = `
    const server = require('node:net').createServer(socket => { socket.resume(); socket.end('served') })
    server.listen({ path: process.argv[1], backlog: 1 }, () => {
      console.log('ready')
      setInterval(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20), 1)
    })`
  const path = `${listener.folder}/slow.sock`
  const application = spawn(process.execPath, ['-e', slow, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(application.stdout, 'data')
    const addr = Buffer.from([0x90, 0x03, path.length, ...Buffer.from(path)])
    await listener.client.request({
      type: Request.Type.STREAM_HANDLER,
      streamHandler: { addr, proto: ['/test/slow'] },
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const stream = await open('/test/slow')
        const answer = await buffer(stream)
        stream.destroy()
        return answer.subarray(-'served'.length).toString()
      }),
    )
    expect(answers).toEqual(answers.map(() => 'served'))
  } finally {
    application.kill()
    await once(application, 'exit')
  }
})

test('a client killed at any point of opening a stream leaves the daemon in order', async () => {
  const { protocol } = await serve(async stream => void stream.end(await buffer(stream)))
  const streamOpen = { peer: listener.peer.toMultihash().bytes, proto: [protocol] }
  const request = encode(Request, { type: Request.Type.STREAM_OPEN, streamOpen })
  const path = dialer.process.controlAddress.slice('/unix'.length)
  for (let cut = 1; cut <= request.length; cut += 3) {
    const socket: Socket = connect(path)
    await once(socket, 'connect')
    socket.write(request.subarray(0, cut))
    socket.destroy()
  }
  const stream = await open(protocol)
  stream.end('fine')
  expect((await buffer(stream)).toString()).toBe('fine')
})
