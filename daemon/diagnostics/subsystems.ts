import type { Dht } from '../dht/dht.ts'
import type { Pubsub } from '../pubsub/pubsub.ts'
import type { Relay } from '../relay/relay.ts'

/** So many topics are listed: clients choose them. */
const MOST_TOPICS = 100

export function describeDht({ mode, table }: Dht): string[] {
  const buckets = table.buckets.flatMap(([bits, entries]) => [
    `  ${bits} leading bits in common:`,
    ...entries.map(({ peer }) => `    ${peer}`),
  ])
  return [`DHT ${mode}, ${table.size} peers in its routing table:`, ...buckets]
}

export function describePubsub(pubsub: Pubsub): string[] {
  const { topics } = pubsub
  const more = topics.length - MOST_TOPICS
  return [
    `pubsub with ${pubsub.peers('').length} peers, ${topics.length} topics:`,
    ...topics
      .toSorted()
      .slice(0, MOST_TOPICS)
      .map(topic => `  ${pubsub.peers(topic).length} peers on ${JSON.stringify(topic)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

export function describeRelay({ service, reservations }: Relay): string[] {
  const usage = service?.usage
  return [
    ...(usage === undefined
      ? []
      : [`relay for others: ${usage.reservations} reservations, ${usage.circuits} circuits`]),
    `${reservations.list().length} reservations at relays:`,
    ...reservations.list().map(({ relay, addresses }) => `  ${relay} ${addresses.join(' ')}`),
  ]
}
