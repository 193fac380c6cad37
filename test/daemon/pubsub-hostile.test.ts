import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DaemonStream } from '../../bindings/typescript/index.ts'
import { encodeRpc, type PubsubMessage } from '../../daemon/pubsub/rpc.ts'
import { createSigner } from '../../daemon/pubsub/signature.ts'
import { until } from '../../harness/until.ts'
import { encode, PSRequest, Request } from '../../proto/codec.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const DEADLINE = 20_000
const MEGABYTE = 1_000_000

let daemon: TestDaemon
let friend: TestDaemon
/** Speaks no pubsub itself: what it sends on such a stream is what the test says. */
let stranger: TestDaemon
beforeAll(async () => {
  ;[daemon, friend, stranger] = await Promise.all([startDaemon(['-pubsub']), startDaemon(['-pubsub']), startDaemon()])
  await friend.client.connect(daemon.peer, daemon.addrs)
  await stranger.client.connect(daemon.peer, daemon.addrs)
})
afterAll(async () => {
  for (const { process } of [daemon, friend]) {
    expect(process.output.lines.filter(({ text }) => /uncaught|unhandled|unexpectedly/.test(text))).toEqual([])
  }
  for (const started of [daemon, friend, stranger]) await started[Symbol.asyncDispose]()
})

function subscribeRequest(topic: string): Uint8Array {
  return encode(Request, { type: Request.Type.PUBSUB, pubsub: { type: PSRequest.Type.SUBSCRIBE, topic } })
}

/** A message crosses from the friend to the daemon. */
async function serves(topic: string): Promise<void> {
  await using subscription = await daemon.client.pubsub.subscribe(topic)
  await until(async () => (await friend.client.pubsub.peers(topic)).length > 0, {
    deadline: DEADLINE,
    what: 'the subscription to be known',
  })
  await friend.client.pubsub.publish(topic, 'still here')
  const { value } = await subscription.next()
  expect(Buffer.from(value.data).toString()).toBe('still here')
}

test('a subscriber that does not read costs bounded memory, and no other one a message', {
  timeout: 60_000,
}, async () => {
  const messages = 40
  const slow = await daemon.client.rawConnection()
  slow.sendBytes(subscribeRequest('flood'))
  await slow.receive('Response')
  await using fast = await daemon.client.pubsub.subscribe('flood')
  for (let index = 0; index < messages; index++) {
    await daemon.client.pubsub.publish('flood', Buffer.alloc(MEGABYTE, index))
    const { value } = await fast.next()
    expect([value.data[0], value.data.byteLength]).toEqual([index, MEGABYTE])
  }
  // 16 MiB in the daemon, and what two sockets hold: a beginning without gaps
  const got: number[] = []
  let dropped = 0
  await daemon.client.pubsub.publish('flood', Buffer.alloc(1, 255))
  while (got.at(-1) !== 255 && dropped === 0) {
    const message = await slow.receive('PSMessage')
    dropped = message.dropped ?? 0
    got.push(message.data?.[0] as number)
    if (got.length === 5) await daemon.client.pubsub.publish('flood', Buffer.alloc(1, 255))
  }
  const before = got.filter(fill => fill !== 255)
  expect(before).toEqual(before.map((_, index) => index))
  expect(before.length).toBeGreaterThan(10)
  expect(before.length).toBeLessThan(25)
  expect(dropped).toBeGreaterThanOrEqual(messages - before.length)
  const line = new RegExp(`${dropped} messages dropped for a subscriber that does not read`)
  await until(() => daemon.process.output.lines.some(({ text }) => line.test(text)), {
    deadline: DEADLINE,
    what: 'the line in the log',
  })
  slow.socket.destroy()
})

test('a client that is killed leaves no subscription behind', async () => {
  const script = `const socket = require('net').connect(process.argv[1])
    for (const topic of process.argv.slice(2)) socket.write(Buffer.from(topic, 'hex'))
    socket.once('data', () => console.log('subscribed'))`
  const path = daemon.process.controlAddress.slice('/unix'.length)
  const request = Buffer.from(subscribeRequest('doomed')).toString('hex')
  const client = spawn(process.execPath, ['-e', script, path, request], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(client.stdout, 'data')
  expect(await daemon.client.pubsub.topics()).toEqual(['doomed'])
  client.kill('SIGKILL')
  await until(async () => (await daemon.client.pubsub.topics()).length === 0, {
    deadline: DEADLINE,
    what: 'the subscription to end',
  })
})

const frame = (...body: number[]): Uint8Array => Uint8Array.of(body.length, ...body)
const forged = Buffer.concat([Uint8Array.of(0x12, 8, 0x12, 1, 1, 0x22, 3), Buffer.from('bad')])

test.each([
  ['garbage', randomBytes(300)],
  ['an announced RPC of 2 MiB', Uint8Array.of(0x80, 0x80, 0x80, 0x01, 1, 2, 3)],
  ['an endless length', new Uint8Array(32).fill(0xff)],
  ['an RPC that is none', frame(0x12, 0x7f, 1)],
  ['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
])('a peer that sends %s is cut off, and disturbs nobody', async (_name, bytes) => {
  const stream: DaemonStream = await stranger.client.openStream(daemon.peer, '/meshsub/1.1.0')
  stream.on('error', () => {})
  stream.resume()
  stream.end(bytes)
  if (!stream.closed) await once(stream, 'close', { signal: AbortSignal.timeout(DEADLINE) })
  await serves('after garbage')
})

test('forged messages, control messages for nothing and a flood of subscriptions change nothing', async () => {
  await using subscription = await daemon.client.pubsub.subscribe('bad')
  const stream = await stranger.client.openStream(daemon.peer, '/meshsub/1.1.0')
  stream.on('error', () => {})
  stream.resume()
  const topics = Array.from({ length: 2_000 }, (_, index) => {
    const topic = Buffer.from(`topic ${index}`)
    const subOpts = Buffer.concat([Uint8Array.of(8, 1, 0x12, topic.length), topic])
    return Buffer.concat([Uint8Array.of(subOpts.length + 2, 0x0a, subOpts.length), subOpts])
  })
  stream.write(Buffer.concat([Uint8Array.of(forged.length), forged, ...topics]))
  // a graft, a prune, an IHAVE and an IWANT without anything in them
  for (const field of [0x1a, 0x22, 0x0a, 0x12]) stream.write(frame(0x1a, 2, field, 0))
  await until(async () => (await daemon.client.pubsub.peers('topic 0')).length === 1, {
    deadline: DEADLINE,
    what: 'the stranger’s first topic',
  })
  await serves('after a flood')
  await daemon.client.pubsub.publish('bad', 'good')
  const { value } = await subscription.next()
  expect(Buffer.from(value.data).toString()).toBe('good')
  stream.reset()
})

test('a message without a topic, which ends go’s daemon, is one of the empty topic', async () => {
  await using subscription = await daemon.client.pubsub.subscribe('')
  const key = await generateKeyPair('Ed25519')
  const from = peerIdFromPrivateKey(key).toMultihash().bytes
  const message: PubsubMessage = {
    from,
    data: Buffer.from('lost'),
    seqno: Buffer.alloc(8, 1),
    topic: '',
    topicless: true,
  }
  await createSigner(key)(message)
  const stream = await stranger.client.openStream(daemon.peer, '/floodsub/1.0.0')
  stream.on('error', () => {})
  stream.write(encodeRpc({ subscriptions: [], messages: [message] }))
  const { value } = await subscription.next()
  expect([value.topic, Buffer.from(value.data).toString()]).toEqual(['', 'lost'])
  await serves('after a message without a topic')
  stream.reset()
})

test('a peer that never reads its pubsub stream slows no publisher down for long', { timeout: 60_000 }, async () => {
  await using other = await startDaemon()
  await other.client.connect(daemon.peer, daemon.addrs)
  // subscribes, and takes the stream that is opened to it without ever reading from it
  await other.client.handle('/meshsub/1.1.0', () => {})
  const stream = await other.client.openStream(daemon.peer, '/meshsub/1.1.0')
  stream.write(Buffer.concat([Uint8Array.of(10, 0x0a, 8, 8, 1, 0x12, 4), Buffer.from('deaf')]))
  await until(async () => (await daemon.client.pubsub.peers('deaf')).length === 1, {
    deadline: DEADLINE,
    what: 'the deaf peer’s subscription',
  })
  await using subscription = await daemon.client.pubsub.subscribe('deaf')
  for (let index = 0; index < 60; index++) {
    await daemon.client.pubsub.publish('deaf', Buffer.alloc(MEGABYTE, index))
    expect((await subscription.next()).value.data[0]).toBe(index)
  }
  await until(() => daemon.process.output.lines.some(({ text }) => text.includes('does not read as fast')), {
    deadline: DEADLINE,
    what: 'a line about the messages that it lost',
  })
  await serves('after the deaf peer')
})
