import { defineScenario } from '../harness/scenario.ts'
import { DEFAULT_STACK } from '../harness/stack.ts'
import { until } from '../harness/until.ts'
import { equal, holds, succeeds } from '../harness/verify.ts'
import { digest, payload } from './payload.ts'
import { lists, nextMessage, nextText, nothingComes, subscribed } from './pubsub-play.ts'

const TOPIC = 'greetings'

/** Milliseconds for what one daemon learns from the other. */
const NOTICE = 5_000

const BURST = 1_000

/** Milliseconds for the slowest to take one. */
const BURST_TIME = 25_000
const BURST_MESSAGE = 1_024

/** Bytes of data that fit into an RPC of 1 MiB, with whatever else is in it. */
const LARGE = 1_048_000

/** Bytes that do not. */
const TOO_LARGE = 1_048_576

export const pubsub = defineScenario({
  name: 'pubsub',
  title: 'Daemons publish and subscribe',
  roles: ['publisher', 'subscriber'],
  needs: ['gossipsub'],
  checks: {
    delivers: {
      title: 'A message reaches the subscriber as it was sent: data, topic, author, sequence number and signature',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'hello', { signal }))
        const first = await nextText('the message', subscription, 'hello')
        equal('its author', first.from?.toString(), publisher.peer.toString())
        equal('the length of its signature', first.signature?.length, 64)
        equal('its key, which the author’s id contains', first.key, undefined)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'hello', { signal }))
        const second = await nextText('the same again', subscription, 'hello')
        const [before, after] = [first.sequenceNumber ?? 0n, second.sequenceNumber ?? 0n]
        holds('its sequence number', after > before && before > 0n, `more than ${before}`, after)
      },
    },
    'right-after-connecting': {
      title: 'A message that is published as soon as CONNECT has answered reaches a subscriber',
      deadline: 5,
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await succeeds('SUBSCRIBE', subscriber.client.pubsub.subscribe(TOPIC, { signal }))
        await succeeds('CONNECT', publisher.client.connect(subscriber.peer, subscriber.addrs, { signal }))
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'at once', { signal }))
        await nextText('the message', subscription, 'at once')
      },
    },
    'own-messages': {
      title: 'A publisher that is subscribed gets its own messages, with its own id, and needs no peer for it',
      async run({ players: { publisher }, signal }) {
        const subscription = await succeeds('SUBSCRIBE', publisher.client.pubsub.subscribe(TOPIC, { signal }))
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'to myself', { signal }))
        const { from } = await nextText('the message', subscription, 'to myself')
        equal('its author', from?.toString(), publisher.peer.toString())
        equal('the topic’s peers', await publisher.client.pubsub.peers(TOPIC, { signal }), [])
      },
    },
    'several-subscriptions': {
      title: 'Every subscription of a daemon gets every message, once',
      async run({ players: { publisher, subscriber }, signal }) {
        const first = await subscribed(subscriber, publisher, TOPIC, signal)
        const second = await succeeds('SUBSCRIBE', subscriber.client.pubsub.subscribe(TOPIC, { signal }))
        for (const text of ['one', 'two', 'three']) {
          await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, text, { signal }))
        }
        for (const subscription of [first, second]) {
          const texts = [1, 2, 3].map(() => nextMessage('the message', subscription))
          const got = (await Promise.all(texts)).map(({ data }) => Buffer.from(data).toString())
          equal('what a subscription got', got.sort(), ['one', 'three', 'two'])
        }
      },
    },
    unsubscribe: {
      title: 'The topic is left with its last subscription: it is listed no more, and peers know of it',
      async run({ players: { publisher, subscriber }, signal }) {
        const { client } = subscriber
        const first = await subscribed(subscriber, publisher, TOPIC, signal)
        const second = await succeeds('SUBSCRIBE', client.pubsub.subscribe(TOPIC, { signal }))
        await first.close()
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'still there', { signal }))
        await nextText('what the other subscription got', second, 'still there')
        equal('the topics', await client.pubsub.topics({ signal }), [TOPIC])
        await second.close()
        await until(async () => (await client.pubsub.topics({ signal })).length === 0, {
          deadline: NOTICE,
          what: 'GET_TOPICS without the topic',
          signal,
        })
        await lists(publisher, TOPIC, [], signal)
      },
    },
    lists: {
      title: 'GET_TOPICS lists what is subscribed to, and LIST_PEERS who is, or for the empty topic all pubsub peers',
      async run({ players: { publisher, subscriber }, signal }) {
        await subscribed(subscriber, publisher, TOPIC, signal)
        await succeeds('SUBSCRIBE', subscriber.client.pubsub.subscribe('other', { signal }))
        await succeeds('PUBLISH', publisher.client.pubsub.publish('published only', 'x', { signal }))
        equal('the subscriber’s topics', (await subscriber.client.pubsub.topics({ signal })).sort(), [TOPIC, 'other'])
        equal('the publisher’s topics', await publisher.client.pubsub.topics({ signal }), [])
        await lists(publisher, 'other', [subscriber.peer], signal)
        await lists(publisher, '', [subscriber.peer], signal)
        await lists(subscriber, '', [publisher.peer], signal)
        equal('the subscriber’s peers in the topic', await subscriber.client.pubsub.peers(TOPIC, { signal }), [])
      },
    },
    'empty-topic': {
      title: 'The empty topic is a topic',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, '', signal)
        equal('the topics', await subscriber.client.pubsub.topics({ signal }), [''])
        // LIST_PEERS cannot tell when the publisher knows of it: all pubsub peers is what it means there
        const publishing = setInterval(() => void publisher.client.pubsub.publish('', 'hello').catch(() => {}), 100)
        await nextText('the message', subscription, 'hello').finally(() => clearInterval(publishing))
      },
    },
    'empty-data': {
      title: 'A message without a byte in it is a message',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, '', { signal }))
        await nextText('the message', subscription, '')
      },
    },
    burst: {
      title: `Of ${BURST} messages of 1 KiB, published one after the other, none is lost, doubled or changed`,
      deadline: 30,
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        const sent = Array.from({ length: BURST }, () => payload(BURST_MESSAGE))
        const got: string[] = []
        let latest = 0
        const reading = (async () => {
          for await (const { data } of subscription) {
            got.push(digest(data))
            latest = performance.now()
          }
        })()
        // a failure is told below; until then nobody listens, and it would end the whole run
        reading.catch(() => {})
        for (const data of sent) await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, data, { signal }))
        const sentAll = performance.now()
        const isOver = (): boolean => performance.now() - Math.max(latest, sentAll) > NOTICE
        // a slow subscriber may take its time, as long as messages come
        await until(() => got.length >= BURST || isOver(), { deadline: BURST_TIME, what: 'the last message', signal })
        await subscription.close()
        await reading
        equal('messages that came', got.length, BURST)
        equal('different ones among them', new Set([...got, ...sent.map(data => digest(data))]).size, BURST)
      },
    },
    large: {
      title: 'A message that just fits into 1 MiB with its envelope arrives unchanged',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        const data = payload(LARGE)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, data, { signal }))
        equal('its digest', digest((await nextMessage('the message', subscription)).data), digest(data))
      },
    },
    'too-large': {
      title: 'A message that is too long to be sent is refused, not lost',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        const outcome = await publisher.client.pubsub.publish(TOPIC, payload(TOO_LARGE), { signal }).then(
          () => 'OK',
          error => String(error.message),
        )
        holds('the answer to PUBLISH', /too long|too large/.test(outcome), 'an error', outcome)
        await nothingComes(subscriber, publisher, subscription, signal)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'short', { signal }))
        await nextText('a short message behind it', subscription, 'short')
      },
    },
    'too-large-locally': {
      title: 'Among the clients of one daemon, a message longer than any that can be sent arrives unchanged',
      async run({ players: { publisher }, signal }) {
        const subscription = await succeeds('SUBSCRIBE', publisher.client.pubsub.subscribe(TOPIC, { signal }))
        const data = payload(2 * TOO_LARGE)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, data, { signal }))
        equal('its digest', digest((await nextMessage('the message', subscription)).data), digest(data))
      },
    },
  },
})

export const pubsubKeys = defineScenario({
  name: 'pubsub-keys',
  title: 'Messages are signed by keys of every type',
  roles: ['publisher', 'subscriber'],
  needs: ['gossipsub'],
  stacks: (['rsa', 'secp256k1'] as const).map(key => ({ ...DEFAULT_STACK, key })),
  checks: {
    signed: {
      title: 'A message has a signature, and the author’s key where the author’s id does not contain it',
      async run({ players: { publisher, subscriber }, signal }) {
        const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
        await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'hello', { signal }))
        const { from, signature, key } = await nextText('the message', subscription, 'hello')
        equal('its author', from?.toString(), publisher.peer.toString())
        holds('its signature', (signature?.length ?? 0) > 60, 'one', signature)
        // an id that begins with Qm is only the hash of a key
        equal('whether it has a key', key !== undefined, publisher.peer.toString().startsWith('Qm'))
      },
    },
  },
})
