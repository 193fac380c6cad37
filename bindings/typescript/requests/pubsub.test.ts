import { expect, test } from 'vitest'
import { PSRequest } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import { describeMessage } from '../describe.ts'
import { answering, fakePeer, ok, type Script, startFakeDaemon } from '../fake-daemon.ts'

const from = fakePeer.toMultihash().bytes

/** Answers SUBSCRIBE, sends these messages, and keeps the connection. */
function publishing(...messages: object[]): Script {
  return async connection => {
    await connection.receive('Request')
    connection.send('Response', ok())
    for (const message of messages) connection.send('PSMessage', { topicIDs: ['t'], ...message })
    connection.socket.resume()
  }
}

test('publish, topics and peers ask what they say', async () => {
  const asked: unknown[] = []
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(describeMessage('Request', request).pubsub)
      switch (request.pubsub?.type) {
        case PSRequest.Type.GET_TOPICS:
          return ok({ pubsub: { topics: ['a', ''] } })
        case PSRequest.Type.LIST_PEERS:
          return ok({ pubsub: { peerIDs: [from] } })
        default:
          return ok()
      }
    }),
  )
  await using client = createClient(daemon.address)
  await client.pubsub.publish('t', 'hi')
  expect(await client.pubsub.topics()).toEqual(['a', ''])
  expect((await client.pubsub.peers('t')).map(String)).toEqual([fakePeer.toString()])
  await client.pubsub.peers()
  expect(asked).toEqual([
    { type: 'PUBLISH', topic: 't', data: '2 bytes 6869' },
    { type: 'GET_TOPICS' },
    { type: 'LIST_PEERS', topic: 't' },
    { type: 'LIST_PEERS', topic: '' },
  ])
})

test('a subscription is iterated until it is closed; fields that are absent are undefined', async () => {
  const whole = { from, data: Buffer.from('x'), seqno: Buffer.from([1, 0]), signature: Buffer.from('s'), dropped: 3 }
  await using daemon = await startFakeDaemon(publishing(whole, {}))
  await using client = createClient(daemon.address)
  await using subscription = await client.pubsub.subscribe('t')
  const messages = []
  for await (const message of subscription) {
    messages.push(message)
    if (messages.length === 2) break
  }
  expect(messages[0]).toMatchObject({ topic: 't', sequenceNumber: 256n, key: undefined, dropped: 3 })
  expect(messages[0]?.from?.equals(fakePeer)).toBe(true)
  const nothing = { from: undefined, sequenceNumber: undefined, signature: undefined, key: undefined, dropped: 0 }
  expect(messages[1]).toMatchObject({ ...nothing, data: new Uint8Array(0) })
  expect(await subscription.next()).toMatchObject({ done: true })
})

test('close ends a wait for the next message', async () => {
  await using daemon = await startFakeDaemon(publishing())
  await using client = createClient(daemon.address)
  const subscription = await client.pubsub.subscribe('t')
  const waiting = subscription.next()
  await subscription.close()
  expect(await waiting).toMatchObject({ done: true })
})

test('an abort ends a wait for its reason, and the subscription with it', async () => {
  await using daemon = await startFakeDaemon(publishing())
  await using client = createClient(daemon.address)
  const aborter = new AbortController()
  const subscription = await client.pubsub.subscribe('t', { signal: aborter.signal })
  const waiting = subscription.next()
  aborter.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(subscription.next()).rejects.toThrow('enough')
})

test('a daemon that hangs up ends the iteration with an error', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok())
    connection.end()
  })
  await using client = createClient(daemon.address)
  const subscription = await client.pubsub.subscribe('t')
  await expect(subscription.next()).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
})

test('a message of another topic is a protocol error', async () => {
  await using daemon = await startFakeDaemon(publishing({ topicIDs: ['u'] }))
  await using client = createClient(daemon.address)
  const subscription = await client.pubsub.subscribe('t')
  await expect(subscription.next()).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})
