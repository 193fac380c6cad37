import { once } from 'node:events'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import type { Request, StreamInfo } from '../../proto/codec.ts'
import { formatMultiaddr } from './address.ts'
import { createClient } from './client.ts'
import { answering, failure, fakeAddr, fakePeer, fakeStreamInfo, ok, startFakeDaemon } from './fake-daemon.ts'
import type { StreamHandler } from './inbound.ts'
import type { DaemonStream } from './stream.ts'

/** A daemon that accepts every registration, and where the latest one wants its streams. */
/** A protocol that the registry takes from nobody. */
const REFUSED = '/refused'

async function startRegistry(kind: 'unix' | 'tcp' = 'unix') {
  const requests: NonNullable<Request['streamHandler']>[] = []
  const daemon = await startFakeDaemon(
    answering(({ streamHandler }) => {
      if (streamHandler?.proto?.includes(REFUSED)) return failure('no more')
      if (streamHandler) requests.push(streamHandler)
      return ok()
    }),
    kind,
  )
  return {
    requests,
    address: daemon.address,
    get handler(): Uint8Array {
      return requests.at(-1)?.addr as Uint8Array
    },
    dial: daemon.dial,
    deliver(stream: string | StreamInfo, trailing = '') {
      const info = typeof stream === 'string' ? fakeStreamInfo(stream) : stream
      return daemon.deliver(this.handler, info, Buffer.from(trailing))
    },
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  }
}

const echo: StreamHandler = stream => pipeline(stream, stream)
const say =
  (text: string): StreamHandler =>
  stream =>
    void stream.end(text)
const text = async (stream: { toArray(): Promise<unknown[]> }) => (await stream.toArray()).join('')

test.each(['unix', 'tcp'] as const)('streams go to the handler of their protocol, at one address (%s)', async kind => {
  await using daemon = await startRegistry(kind)
  await using client = createClient(daemon.address)
  await client.handle(['/a', '/b'], say('a or b'))
  await client.handle('/c', say('c'))
  expect(daemon.requests.map(({ proto }) => proto)).toEqual([['/a', '/b'], ['/c']])
  const addresses = daemon.requests.map(({ addr }) => formatMultiaddr(addr))
  expect(new Set(addresses).size).toBe(1)
  expect(addresses[0]).toMatch(kind === 'unix' ? /^\/unix\/.+\/handler\.sock$/ : /^\/ip4\/127\.0\.0\.1\/tcp\/[1-9]\d*$/)
  for (const [protocol, answer] of [
    ['/a', 'a or b'],
    ['/c', 'c'],
    ['/b', 'a or b'],
  ] as const) {
    expect(await text((await daemon.deliver(protocol)).socket)).toBe(answer)
  }
})

test('a handler gets the description and every byte, also those in one chunk with the description', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  const { promise, resolve } = Promise.withResolvers<DaemonStream>()
  await client.handle('/echo', async stream => {
    resolve(stream)
    await pipeline(stream, stream)
  })
  const { socket } = await daemon.deliver('/echo', 'early')
  socket.end(' and late')
  expect(await text(socket)).toBe('early and late')
  const stream = await promise
  expect(stream.peer.equals(fakePeer)).toBe(true)
  expect(stream.addr.toString()).toBe(fakeAddr.toString())
  expect(stream.protocol).toBe('/echo')
})

test.each([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('no')
    },
  ],
] as const)('a handler that %s has its stream reset and is reported, and the next stream is served', async (_, handler) => {
  const reports: [unknown, DaemonStream][] = []
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address, { onHandlerError: (...report) => reports.push(report) })
  await client.handle('/bad', handler)
  await client.handle('/echo', echo)
  expect(await text((await daemon.deliver('/bad')).socket)).toBe('')
  expect(reports).toEqual([[new Error('no'), expect.objectContaining({ protocol: '/bad', destroyed: true })]])
  const { socket } = await daemon.deliver('/echo')
  socket.end('still here')
  expect(await text(socket)).toBe('still here')
})

test('what a handler throws becomes a process warning when nobody asked for it', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  await client.handle('/bad', () => Promise.reject(new Error('nobody asked')))
  const warned = once(process, 'warning')
  await daemon.deliver('/bad')
  expect(String(await warned)).toContain('handler of /bad threw: Error: nobody asked')
})

test('garbage, silence, an unknown protocol and a hang-up are dropped without harm', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  await client.handle('/echo', echo)
  const silent = await daemon.dial(daemon.handler)
  for (const garbage of [new Uint8Array(10).fill(0xff), Uint8Array.of(0), Uint8Array.of(3, 1, 2, 3)]) {
    const { socket } = await daemon.dial(daemon.handler)
    socket.write(garbage)
    await once(socket.resume(), 'end')
  }
  const nobody = { ...fakeStreamInfo('/echo'), peer: Buffer.from('foobar') }
  expect(await text((await daemon.deliver(nobody)).socket)).toBe('')
  const gone = await daemon.dial(daemon.handler)
  await gone.close()
  expect(await text((await daemon.deliver('/unknown')).socket)).toBe('')
  const { socket } = await daemon.deliver('/echo')
  socket.end('still here')
  expect(await text(socket)).toBe('still here')
  expect(silent.socket.destroyed).toBe(false)
})

test('closing a registration ends its streams, now and later, and leaves the others alone', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  const { promise: serving, resolve } = Promise.withResolvers<AbortSignal>()
  const registration = await client.handle('/a', (_, { signal }) => resolve(signal))
  await client.handle('/echo', echo)
  const open = await daemon.deliver('/a')
  const signal = await serving
  expect(signal.aborted).toBe(false)
  await registration.close()
  expect(signal.aborted).toBe(true)
  expect(await text(open.socket)).toBe('')
  expect(await text((await daemon.deliver('/a')).socket)).toBe('')
  const { socket } = await daemon.deliver('/echo')
  socket.end('still here')
  expect(await text(socket)).toBe('still here')
})

test('the latest registration of a protocol wins, and the close of an earlier one does not harm it', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  const first = await client.handle('/a', say('first'))
  await client.handle('/a', say('second'))
  await first.close()
  expect(await text((await daemon.deliver('/a')).socket)).toBe('second')
})

test('a registration that the daemon refuses leaves no handler behind', async () => {
  const handlers: Uint8Array[] = []
  await using daemon = await startFakeDaemon(
    answering(({ streamHandler }) => {
      handlers.push(streamHandler?.addr as Uint8Array)
      return failure('empty multiaddr')
    }),
  )
  await using client = createClient(daemon.address)
  await expect(client.handle('/a', echo)).rejects.toMatchObject({ code: 'ERR_DAEMON', message: 'empty multiaddr' })
  const { socket } = await daemon.deliver(handlers[0] as Uint8Array, fakeStreamInfo('/a'))
  expect(await text(socket)).toBe('')
})

test('the default Unix socket is in a folder of its own, which only its owner can enter and which close removes', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  await client.handle('/a', echo)
  const folder = dirname(formatMultiaddr(daemon.handler).slice('/unix'.length))
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await client.close()
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('the handler address can be chosen, and an assigned port is filled in', async () => {
  await using daemon = await startRegistry('unix')
  await using client = createClient(daemon.address, { handlerAddress: '/dns4/localhost/tcp/0' })
  await client.handle('/a', say('over TCP'))
  expect(formatMultiaddr(daemon.handler)).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/[1-9]\d*$/)
  expect(await text((await daemon.deliver('/a')).socket)).toBe('over TCP')
})

test("a handler that fails because its registration was closed is nobody's fault", async () => {
  const reports: unknown[] = []
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address, { onHandlerError: error => reports.push(error) })
  const { promise: failed, resolve } = Promise.withResolvers<unknown>()
  const registration = await client.handle('/echo', async stream => {
    try {
      await pipeline(stream, stream)
    } catch (error) {
      resolve(error)
      throw error
    }
  })
  const { socket } = await daemon.deliver('/echo', 'ping')
  await once(socket, 'data')
  await registration.close()
  expect(await failed).toBeInstanceOf(Error)
  await text(socket)
  expect(reports).toEqual([])
})

test('a handler address that cannot be listened at is an error, until it can', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-test-'))
  const handlerAddress = `/unix${folder}/later/handler.sock`
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address, { handlerAddress })
  await expect(client.handle('/a', echo)).rejects.toMatchObject({
    code: 'ERR_LISTEN',
    message: `cannot listen at ${handlerAddress}`,
  })
  expect(daemon.requests).toEqual([])
  await mkdir(join(folder, 'later'))
  await client.handle('/a', say('here'))
  expect(await text((await daemon.deliver('/a')).socket)).toBe('here')
  await client.close()
  await rm(folder, { recursive: true })
})

test('a registration that the daemon refuses leaves the one before it in place', async () => {
  await using daemon = await startRegistry()
  await using client = createClient(daemon.address)
  await client.handle('/a', say('first'))
  await expect(client.handle(['/a', REFUSED], say('refused'))).rejects.toThrow('no more')
  expect(await text((await daemon.deliver('/a')).socket)).toBe('first')
})
