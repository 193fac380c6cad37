import type { DaemonFlags } from '../harness/flags.ts'
import { type Check, defineScenario } from '../harness/scenario.ts'
import { equal, succeeds } from '../harness/verify.ts'
import { nextText, nothingComes, subscribed } from './pubsub-play.ts'

const TOPIC = 'policies'

const FLAGS = {
  strict: { pubsubSign: true, pubsubSignStrict: true },
  lax: { pubsubSign: true, pubsubSignStrict: false },
  unsigned: { pubsubSign: false },
} as const satisfies Record<string, DaemonFlags>

type Policy = keyof typeof FLAGS
const policies = Object.keys(FLAGS) as Policy[]

/** What go-libp2p-pubsub accepts: signed or not, by the subscriber's policy. */
function accepts(subscriber: Policy, publisher: Policy): boolean {
  return subscriber === 'lax' || (subscriber === 'unsigned') === (publisher === 'unsigned')
}

function check(publisherPolicy: Policy, subscriberPolicy: Policy): Check<'publisher' | 'subscriber'> {
  const accepted = accepts(subscriberPolicy, publisherPolicy)
  return {
    title: `A daemon with the policy “${subscriberPolicy}” ${accepted ? 'gets' : 'refuses'} what one with “${publisherPolicy}” publishes`,
    flags: { publisher: FLAGS[publisherPolicy], subscriber: FLAGS[subscriberPolicy] },
    async run({ players: { publisher, subscriber }, signal }) {
      const subscription = await subscribed(subscriber, publisher, TOPIC, signal)
      await succeeds('PUBLISH', publisher.client.pubsub.publish(TOPIC, 'hello', { signal }))
      if (!accepted) return nothingComes(subscriber, publisher, subscription, signal)
      const { from, sequenceNumber, signature } = await nextText('the message', subscription, 'hello')
      equal('its author', from?.toString(), publisher.peer.toString())
      equal('whether it has a sequence number', sequenceNumber !== undefined, true)
      equal('whether it is signed', signature !== undefined, publisherPolicy !== 'unsigned')
    },
  }
}

/** Every policy with every other. */
const pairs = Object.fromEntries(
  policies.flatMap(publisher =>
    policies.map(subscriber => [`${publisher}-to-${subscriber}`, check(publisher, subscriber)]),
  ),
)

export const pubsubPolicies = defineScenario({
  name: 'pubsub-policies',
  title: 'Signature policies accept what they should, and nothing else',
  roles: ['publisher', 'subscriber'],
  needs: ['gossipsub'],
  checks: pairs,
})

const delivers = check('strict', 'strict').run

export const floodsub = defineScenario({
  name: 'floodsub',
  title: 'Floodsub and gossipsub understand each other',
  roles: ['publisher', 'subscriber'],
  checks: {
    'flood-to-flood': {
      title: 'A message goes from floodsub to floodsub',
      needs: { publisher: ['floodsub'], subscriber: ['floodsub'] },
      run: delivers,
    },
    'flood-to-gossip': {
      title: 'A message goes from floodsub to gossipsub',
      needs: { publisher: ['floodsub'], subscriber: ['gossipsub'] },
      run: delivers,
    },
    'gossip-to-flood': {
      title: 'A message goes from gossipsub to floodsub',
      needs: { publisher: ['gossipsub'], subscriber: ['floodsub'] },
      run: delivers,
    },
    'flood-refuses-unsigned': {
      ...check('unsigned', 'strict'),
      title: 'Floodsub that is strict about signatures refuses what is not signed',
      needs: { publisher: ['floodsub'], subscriber: ['floodsub'] },
    },
    'flood-unsigned': {
      ...check('unsigned', 'unsigned'),
      title: 'Floodsub without signatures gets what is not signed',
      needs: { publisher: ['floodsub'], subscriber: ['floodsub'] },
    },
  },
})
