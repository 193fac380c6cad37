import type { PeerId } from '@libp2p/interface'
import type { PubsubMessage, PubsubSubscription } from '../bindings/typescript/index.ts'
import type { Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, succeeds } from '../harness/verify.ts'
import { receive, send } from './payload.ts'

/** Milliseconds for what one daemon learns from the other. */
const NOTICE = 5_000

/** Echoes that are asked for before something is held not to have come. */
const ECHOES = 3

/** Subscribes on one daemon, connects another one, and waits until that one knows of the subscription. */
export async function subscribed(
  subscriber: Player,
  publisher: Player,
  topic: string,
  signal: AbortSignal,
): Promise<PubsubSubscription> {
  const subscription = await succeeds('SUBSCRIBE', subscriber.client.pubsub.subscribe(topic, { signal }))
  await succeeds('CONNECT', publisher.client.connect(subscriber.peer, subscriber.addrs, { signal }))
  await lists(publisher, topic, [subscriber.peer], signal)
  return subscription
}

/** Waits until the daemon lists exactly these peers for the topic. */
export async function lists(
  { client }: Player,
  topic: string,
  peers: readonly PeerId[],
  signal: AbortSignal,
): Promise<void> {
  const expected = peers.map(String).sort().join()
  await until(async () => (await client.pubsub.peers(topic, { signal })).map(String).sort().join() === expected, {
    deadline: NOTICE,
    what: `${peers.length} subscribers of the topic in LIST_PEERS`,
    signal,
  })
}

/** The next message. */
export async function nextMessage(what: string, subscription: PubsubSubscription): Promise<PubsubMessage> {
  const { value } = await succeeds(what, subscription.next())
  return value
}

/** Insists on the next message's text. */
export async function nextText(what: string, subscription: PubsubSubscription, text: string): Promise<PubsubMessage> {
  const message = await nextMessage(what, subscription)
  equal(what, Buffer.from(message.data).toString(), text)
  return message
}

/**
 * Insists that a message of the publisher has not come, and does not: echoes follow it on its connection, and then the
 * subscriber's own message, which must be the next one.
 */
export async function nothingComes(
  subscriber: Player,
  publisher: Player,
  subscription: PubsubSubscription,
  signal: AbortSignal,
): Promise<void> {
  const stream = await succeeds('STREAM_OPEN', publisher.client.openStream(subscriber.peer, '/echo/1.0.0', { signal }))
  for (let echo = 0; echo < ECHOES; echo++) {
    await send(stream, 'echo', signal)
    equal('the echo', String(await receive(stream, 'echo'.length, signal)), 'echo')
  }
  stream.destroy()
  await succeeds('PUBLISH', subscriber.client.pubsub.publish(subscription.topic, 'its own', { signal }))
  await nextText('the next message', subscription, 'its own')
}
