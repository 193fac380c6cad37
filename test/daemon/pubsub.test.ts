import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PubsubMessage, PubsubSubscription } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { encode, PSRequest, Request, Response } from '../../proto/codec.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const DEADLINE = 20_000

let alice: TestDaemon
let bob: TestDaemon
beforeAll(async () => {
  ;[alice, bob] = await Promise.all([startDaemon(['-pubsub']), startDaemon(['-pubsub'])])
  await alice.client.connect(bob.peer, bob.addrs)
})
afterAll(async () => {
  await alice[Symbol.asyncDispose]()
  await bob[Symbol.asyncDispose]()
})

function request(pubsub: Request['pubsub']): Uint8Array {
  return encode(Request, { type: Request.Type.PUBSUB, pubsub: pubsub ?? null })
}

async function subscribed(daemon: TestDaemon, topic: string): Promise<void> {
  await until(async () => (await daemon.client.pubsub.peers(topic)).length > 0, {
    deadline: DEADLINE,
    what: `the other daemon's subscription to ${topic}`,
  })
}

async function take(subscription: PubsubSubscription, count: number): Promise<PubsubMessage[]> {
  const messages: PubsubMessage[] = []
  while (messages.length < count) {
    const { value } = await subscription.next()
    messages.push(value)
  }
  return messages
}

const texts = (messages: readonly PubsubMessage[]): string[] => messages.map(({ data }) => Buffer.from(data).toString())

test('a message reaches every subscription on both daemons, once, as its author sent it', async () => {
  await using own = await alice.client.pubsub.subscribe('news')
  await using one = await bob.client.pubsub.subscribe('news')
  await using two = await bob.client.pubsub.subscribe('news')
  await subscribed(alice, 'news')
  await alice.client.pubsub.publish('news', 'hello')
  await alice.client.pubsub.publish('news', 'again')
  for (const subscription of [own, one, two]) {
    const messages = await take(subscription, 2)
    expect(texts(messages)).toEqual(['hello', 'again'])
    const [first, second] = messages
    expect(first?.from?.equals(alice.peer)).toBe(true)
    expect(first?.signature).toHaveLength(64)
    expect(first?.key).toBeUndefined()
    expect((second?.sequenceNumber ?? 0n) > (first?.sequenceNumber ?? 0n)).toBe(true)
  }
})

test('the topic is left at once with its last subscription, and peers hear of it', async () => {
  const { client } = bob
  const first = await client.pubsub.subscribe('short')
  const second = await client.pubsub.subscribe('short')
  await subscribed(alice, 'short')
  await first.close()
  expect(await client.pubsub.topics()).toContain('short')
  await second.close()
  await until(async () => !(await client.pubsub.topics()).includes('short'), { deadline: DEADLINE, what: 'the end' })
  await until(async () => (await alice.client.pubsub.peers('short')).length === 0, {
    deadline: DEADLINE,
    what: 'the other daemon to see it',
  })
})

test('the empty topic is one like any other, and means all pubsub peers in LIST_PEERS', async () => {
  expect((await alice.client.pubsub.peers()).map(String)).toEqual([bob.peer.toString()])
  await using subscription = await bob.client.pubsub.subscribe('')
  expect(await bob.client.pubsub.topics()).toEqual([''])
  // nothing tells when alice knows of it: peers('') lists bob anyway
  const [message] = await Promise.all([take(subscription, 1), alice.client.pubsub.publish('', 'nameless')])
  expect(texts(message)).toEqual(['nameless'])
})

test.each([
  ['half-closes', (socket: NodeJS.WritableStream) => void socket.end()],
  ['sends what is no request', (socket: NodeJS.WritableStream) => void socket.write(Uint8Array.of(2, 0xff, 0xff))],
  ['sends an empty frame', (socket: NodeJS.WritableStream) => void socket.write(Uint8Array.of(0))],
])('a subscription ends when its client %s', async (_name, act) => {
  const connection = await bob.client.rawConnection()
  connection.sendBytes(request({ type: PSRequest.Type.SUBSCRIBE, topic: 'ending' }))
  expect((await connection.receive('Response')).type).toBe(Response.Type.OK)
  expect(await bob.client.pubsub.topics()).toContain('ending')
  const closed = once(connection.socket, 'end')
  connection.socket.resume()
  act(connection.socket)
  await closed
  connection.socket.destroy()
  expect(await bob.client.pubsub.topics()).not.toContain('ending')
})

test('a request on a subscription is ignored, with a line in the log', async () => {
  const connection = await bob.client.rawConnection()
  const subscribe = request({ type: PSRequest.Type.SUBSCRIBE, topic: 'talk' })
  connection.sendBytes(Buffer.concat([subscribe, encode(Request, { type: Request.Type.IDENTIFY })]))
  await connection.receive('Response')
  await bob.client.pubsub.publish('talk', 'still here')
  expect(Buffer.from((await connection.receive('PSMessage')).data ?? []).toString()).toBe('still here')
  expect(bob.process.output.lines.some(({ text }) => text.includes('request of type 0 ignored'))).toBe(true)
  connection.socket.destroy()
})

test('a message without data has none, and one with empty data has that', async () => {
  const connection = await bob.client.rawConnection()
  connection.sendBytes(request({ type: PSRequest.Type.SUBSCRIBE, topic: 'nothing' }))
  await connection.receive('Response')
  for (const data of [null, new Uint8Array(0)]) {
    await bob.client.request({
      type: Request.Type.PUBSUB,
      pubsub: { type: PSRequest.Type.PUBLISH, topic: 'nothing', data },
    })
  }
  const without = await connection.receive('PSMessage')
  expect(without.data ?? null).toBeNull()
  expect(without.topicIDs).toEqual(['nothing'])
  expect(without.seqno).toHaveLength(8)
  expect((await connection.receive('PSMessage')).data).toHaveLength(0)
  connection.socket.destroy()
})

test.each([
  ['no body', null, 'Malformed request; missing parameters'],
  ['LIST_PEERS without topic', { type: PSRequest.Type.LIST_PEERS }, 'Malformed request; missing topic parameter'],
  ['PUBLISH without topic', { type: PSRequest.Type.PUBLISH }, 'Malformed request; missing topic parameter'],
  ['SUBSCRIBE without topic', { type: PSRequest.Type.SUBSCRIBE }, 'Malformed request; missing topic parameter'],
  ['an unknown type', { type: 9 }, 'Unexpected request'],
  ['a topic that is not UTF-8', { type: PSRequest.Type.PUBLISH, topic: '\uFFFD' }, 'the topic is not valid UTF-8'],
])('%s is an error, and the connection goes on', async (_name, pubsub, text) => {
  const connection = await bob.client.rawConnection()
  for (let time = 0; time < 2; time++) {
    connection.sendBytes(request(pubsub))
    expect(await connection.receive('Response')).toMatchObject({ type: Response.Type.ERROR, error: { msg: text } })
  }
  connection.socket.destroy()
})
