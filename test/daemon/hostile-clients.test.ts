import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { decode, encode, FrameDecoder, type PeerstoreRequest, Request, Response } from '../../proto/codec.ts'
import { startDaemon, type TestDaemon } from './start.ts'

let daemon: TestDaemon
beforeAll(async () => {
  daemon = await startDaemon()
})
afterAll(() => daemon[Symbol.asyncDispose]())

// whatever a client has done, others are served
afterEach(async () => {
  const { peer } = await daemon.client.identify({ signal: AbortSignal.timeout(5_000) })
  expect(peer.equals(daemon.peer)).toBe(true)
  expect(daemon.process.output.lines.filter(({ text }) => text.includes('unexpectedly'))).toEqual([])
})

type Fate = { readonly answers: readonly string[]; readonly closed: boolean }

/** Sends bytes and our end; collects the answers until the daemon closes, which it must. */
async function fateOf(bytes: Uint8Array): Promise<Fate> {
  const { socket } = await daemon.client.rawConnection()
  const signal = AbortSignal.timeout(10_000)
  const decoder = new FrameDecoder()
  const answers: string[] = []
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    decoder.push(chunk)
    for (let body = decoder.next(); body !== undefined; body = decoder.next()) {
      const { type, error } = decode(Response, body)
      answers.push(type === Response.Type.OK ? 'OK' : (error?.msg ?? ''))
    }
  })
  socket.end(bytes)
  if (!socket.closed) await once(socket, 'close', { signal })
  return { answers, closed: socket.closed }
}

const frame = (...body: number[]): Uint8Array => Uint8Array.of(body.length, ...body)

test.each([
  ['a zero-length frame', frame(), /cannot be decoded: missing required 'type'/],
  ['bytes that are no protobuf', frame(0xff, 0xff, 0xff), /cannot be decoded/],
  ['a wrong wire type', frame(0x0a, 0x00), /missing required 'type'/],
  ['a sub-message that lacks a required field', frame(8, 0, 0x12, 0), /missing required 'peer'/],
  ['request type 9', frame(8, 9), /unknown request type 9/],
  ['request type 10, the fork’s, whatever its field 9 is', frame(8, 10, 0x4a, 2, 0x0a, 9), /unknown request type 10/],
  ['request type 99', frame(8, 99), /unknown request type 99/],
  ['request type −1', Uint8Array.of(11, 8, ...new Uint8Array(9).fill(0xff), 1), /unknown request type -1/],
  ['an endless varint', new Uint8Array(64).fill(0xff), /does not fit 64 bits/],
  ['16 MiB announced', Uint8Array.of(0x80, 0x80, 0x80, 0x08, 1, 2, 3), /16777216 bytes announced, at most 4194304/],
])('%s is answered by what is wrong, and a hang-up', async (_name, bytes, reason) => {
  const { answers, closed } = await fateOf(bytes)
  expect(answers).toEqual([expect.stringMatching(reason)])
  expect(closed).toBe(true)
  await explained(reason)
})

/** The log of the daemon says on whom it hung up, and why. */
async function explained(reason: RegExp): Promise<void> {
  const told = (): boolean =>
    daemon.process.output.lines.some(
      ({ text }) =>
        text.includes('hung up on a client: ') && reason.test(text) && /"connection":\d+,"transport":"unix"/.test(text),
    )
  await until(async () => told(), { deadline: 5_000, what: `the log to say why: ${reason}` })
}

test.each([
  [
    'curl',
    'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n',
    /an HTTP request instead of a frame: .*GET \/metrics HTTP\/1\.1/,
  ],
  ['an HTTP/2 client', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /an HTTP request instead of a frame: .*PRI/],
] as const)('%s is told in HTTP that this is none', async (_name, text, reason) => {
  const { socket } = await daemon.client.rawConnection()
  // like an HTTP client, it goes on waiting for an answer
  socket.write(text)
  expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*control socket of p2pd/s)
  await explained(reason)
})

test('somebody who types is told that the daemon expects frames', async () => {
  const connection = await daemon.client.rawConnection()
  connection.sendBytes(Buffer.from('help me\n'))
  const { error } = await connection.receive('Response')
  expect(error).toMatchObject({ code: 'ERR_FRAME_INVALID', msg: 'a line of text instead of a frame: "help me"' })
  await expect(connection.receive('Response')).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
  await explained(/a line of text instead of a frame/)
})

test('the end of the connection in the middle of a frame is answered, and explained', async () => {
  expect(await fateOf(Uint8Array.of(10, 8, 0))).toEqual({
    answers: ['3 bytes of a frame, and then the end of the connection'],
    closed: true,
  })
  await explained(/3 bytes of a frame, and then the end of the connection/)
})

test('a frame of 4 MiB is read, and one byte more is not', async () => {
  const { Type } = Request
  const longest = (length: number): Uint8Array => {
    const wrapped = encode(Request, { type: Type.IDENTIFY, dht: { type: 0, value: new Uint8Array(length) } })
    return wrapped
  }
  // how much there is around the value, the frame's own length aside
  const around = longest(4_194_000).byteLength - 4_194_000 - 4
  expect((await fateOf(longest(4_194_304 - around))).answers).toEqual(['OK'])
  expect((await fateOf(longest(4_194_305 - around))).answers).toEqual([
    'frame of 4194305 bytes announced, at most 4194304 are accepted',
  ])
})

const MISSING = 'Malformed request; missing parameters'
const valid = Buffer.from(`1220${'cd'.repeat(32)}`, 'hex')

test.each([
  ['CONNECT', Request.Type.CONNECT, 'Malformed request; missing parameters'],
  ['STREAM_OPEN', Request.Type.STREAM_OPEN, 'Malformed request; missing parameters'],
  ['STREAM_HANDLER', Request.Type.STREAM_HANDLER, 'Malformed request; missing parameters'],
  ['DISCONNECT', Request.Type.DISCONNECT, 'Malformed request; missing parameters'],
  ['DHT', Request.Type.DHT, 'DHT not enabled'],
  ['PUBSUB', Request.Type.PUBSUB, 'PubSub not enabled'],
])('%s without its body is an error, and the connection goes on', async (_name, type, text) => {
  const twice = Buffer.concat([encode(Request, { type }), encode(Request, { type: Request.Type.LIST_PEERS })])
  expect(await fateOf(twice)).toEqual({ answers: [text, 'OK'], closed: true })
})

const peer = Uint8Array.from([0, 2, 8, 1])

test.each<[string, PeerstoreRequest, string]>([
  ['no type', {}, 'Unexpected request'],
  ['a type that does not exist', { type: 99 as never }, 'Unexpected request'],
  ...[1, 2, 101, 102, 103, 104].map((type): [string, PeerstoreRequest, string] => [
    `type ${type} and no peer`,
    { type },
    MISSING,
  ]),
  ['a question about a peer that nobody knows', { type: 101, id: peer }, 'nothing is known of peer'],
  ['a peer id that is none', { type: 102, id: Uint8Array.of(1) }, 'multihash too short'],
  ['an address that is none', { type: 102, id: valid, addrs: [Uint8Array.of(255)] }, 'varints malformed'],
  ['a public key that is none', { type: 102, id: valid, publicKey: Uint8Array.of(255) }, 'not the public key'],
  ['a ttl below zero', { type: 102, id: valid, ttl: -5 }, 'a ttl of -5 seconds'],
])('PEERSTORE with %s is an error, and the connection goes on', async (_name, peerStore, text) => {
  const requests = [{ type: Request.Type.PEERSTORE, peerStore }, { type: Request.Type.LIST_PEERS }]
  const { answers, closed } = await fateOf(Buffer.concat(requests.map(request => encode(Request, request))))
  expect(answers).toEqual([expect.stringContaining(text), 'OK'])
  expect(closed).toBe(true)
})
test.each([
  ['a peer id of one byte', { peer: Uint8Array.of(1) }, 'multihash too short. must be >= 2 bytes'],
  [
    'a peer id shorter than it says',
    { peer: Uint8Array.of(18, 32, 1) },
    'length greater than remaining number of bytes in buffer',
  ],
  ['an empty address', { peer, addrs: [new Uint8Array(0)] }, 'empty multiaddr'],
  ['an address that is a text', { peer, addrs: [Buffer.from('/ip4/127.0.0.1/tcp/1')] }, 'no protocol with code 47'],
  ['a truncated varint', { peer, addrs: [Uint8Array.of(255, 255)] }, 'varints malformed, could not reach the end'],
])('CONNECT with %s is an error in go’s words', async (_name, connect, text) => {
  expect(await fateOf(encode(Request, { type: Request.Type.CONNECT, connect }))).toEqual({
    answers: [text],
    closed: true,
  })
})

test('300 random frames each get an answer or a hang-up', async () => {
  const bodies = Array.from({ length: 300 }, (_, index) => randomBytes(1 + (index % 100)))
  const fates = await Promise.all(bodies.map(body => fateOf(Buffer.concat([Uint8Array.of(body.length), body]))))
  expect(fates.every(({ closed }) => closed)).toBe(true)
})

test('damaged valid requests never disturb the daemon', async () => {
  const requests = [
    encode(Request, { type: Request.Type.CONNECT, connect: { peer: daemon.peer.toMultihash().bytes, addrs: [] } }),
    encode(Request, { type: Request.Type.STREAM_OPEN, streamOpen: { peer: peer, proto: ['/a', '/b'], timeout: 1 } }),
    encode(Request, {
      type: Request.Type.STREAM_HANDLER,
      streamHandler: { addr: Buffer.from([4, 1, 2, 3, 4]), proto: [] },
    }),
    encode(Request, { type: Request.Type.DISCONNECT, disconnect: { peer } }),
    encode(Request, {
      type: Request.Type.PEERSTORE,
      peerStore: {
        type: 102,
        id: valid,
        addrs: [Buffer.from([4, 127, 0, 0, 1, 6, 0, 1])],
        ttl: 60,
        protos: ['/a'],
        tags: [{ name: 'a', value: 1, ttl: 60 }],
        metadata: [{ key: 'a', value: Buffer.from('b') }],
      },
    }),
    encode(Request, { type: Request.Type.VERSION }),
  ]
  const damaged = fc
    .tuple(fc.constantFrom(...requests), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(40))
    .map(([bytes, changes, cut]) => {
      const copy = Buffer.from(bytes)
      for (const [at, value] of changes) copy[at % copy.length] = value
      return copy.subarray(0, copy.length - (cut < copy.length ? cut : 0))
    })
  await fc.assert(
    fc.asyncProperty(damaged, async bytes => {
      expect((await fateOf(bytes)).closed).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a frame that arrives byte by byte is a frame', async () => {
  const connection = await daemon.client.rawConnection()
  for (const byte of encode(Request, { type: Request.Type.IDENTIFY })) {
    await new Promise(resolve => connection.socket.write(Uint8Array.of(byte), resolve))
  }
  expect((await connection.receive('Response')).identify?.id).toBeDefined()
  connection.socket.destroy()
})

test('a client that never finishes its frame, and one that hangs up while it waits, keep nobody waiting', async () => {
  const half = await daemon.client.rawConnection()
  half.socket.write(Uint8Array.of(10, 8))
  const impatient: Connection = await daemon.client.rawConnection()
  const silent = encode(Request, {
    type: Request.Type.CONNECT,
    connect: { peer: Buffer.from(`1220${'ab'.repeat(32)}`, 'hex'), addrs: [] },
  })
  impatient.socket.end(silent)
  impatient.socket.destroy()
  await daemon.client.listPeers()
  half.socket.destroy()
})
