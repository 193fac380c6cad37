import type { Registry } from 'prom-client'
import type { Dht } from '../dht/dht.ts'
import type { Host } from '../host.ts'
import type { Pubsub } from '../pubsub/pubsub.ts'
import type { Relay } from '../relay/relay.ts'
import type { RelayService } from '../relay/service.ts'
import type { Tally } from '../tally.ts'
import { type Reading, readCounter, readGauge } from './reading.ts'

/** What those subsystems know of themselves that the configuration has switched on. */
export function measureSubsystems(registry: Registry, { dht, pubsub, relay }: Host): void {
  if (dht !== undefined) measureDht(registry, dht)
  if (pubsub !== undefined) measurePubsub(registry, pubsub)
  if (relay.service !== undefined) measureRelayService(registry, relay.service)
  measureReservations(registry, relay)
}

const byType = (tally: Tally) => (): Reading[] => [...tally].map(([type, count]) => [{ type }, count])

function measureDht(registry: Registry, dht: Dht): void {
  const { table, values, providers, network, received } = dht
  readGauge(registry, { name: 'p2pd_dht_routing_table_peers', help: 'Peers in the routing table' }, () => table.size)
  readGauge(registry, { name: 'p2pd_dht_serving', help: '1 while other peers are answered, 0 for a client' }, () =>
    dht.mode === 'server' ? 1 : 0,
  )
  readGauge(registry, { name: 'p2pd_dht_values', help: 'Values that are stored here' }, () => values.size)
  readGauge(
    registry,
    { name: 'p2pd_dht_provider_records', help: 'Announcements of providers that are stored here' },
    () => providers.size,
  )
  readCounter(
    registry,
    { name: 'p2pd_dht_messages_sent_total', help: 'Messages to other peers', labels: ['type'] },
    byType(network.sent),
  )
  readCounter(
    registry,
    {
      name: 'p2pd_dht_messages_failed_total',
      help: 'Messages whose peer could not be reached or did not answer',
      labels: ['type'],
    },
    byType(network.failed),
  )
  readCounter(
    registry,
    { name: 'p2pd_dht_messages_received_total', help: 'Questions of other peers', labels: ['type'] },
    byType(received),
  )
}

function measurePubsub(registry: Registry, pubsub: Pubsub): void {
  readGauge(
    registry,
    { name: 'p2pd_pubsub_topics', help: 'Topics that clients are subscribed to' },
    () => pubsub.topics.length,
  )
  readGauge(registry, { name: 'p2pd_pubsub_peers', help: 'Peers that speak pubsub' }, () => pubsub.peers('').length)
  readCounter(
    registry,
    {
      name: 'p2pd_pubsub_messages_total',
      help: 'Messages published by clients, received from peers (duplicates and rejected ones included), delivered to subscriptions, dropped for subscriptions and lost for peers that are too slow',
      labels: ['event'],
    },
    () => Object.entries(pubsub.counters).map(([event, count]): Reading => [{ event }, count]),
  )
}

function measureRelayService(registry: Registry, service: RelayService): void {
  readGauge(
    registry,
    { name: 'p2pd_relay_reservations', help: 'Reservations that peers hold at this relay' },
    () => service.usage.reservations,
  )
  readGauge(
    registry,
    { name: 'p2pd_relay_circuits', help: 'Circuits through this relay' },
    () => service.usage.circuits,
  )
  readCounter(
    registry,
    {
      name: 'p2pd_relay_requests_total',
      help: 'Requests to this relay (RESERVE, CONNECT) by the status that answered them',
      labels: ['type', 'status'],
    },
    () =>
      [...service.answers].map(([name, count]): Reading => {
        const [type = '', status = ''] = name.split(' ')
        return [{ type, status }, count]
      }),
  )
}

function measureReservations(registry: Registry, { reservations }: Relay): void {
  readGauge(
    registry,
    { name: 'p2pd_relay_reservations_held', help: 'Reservations that this peer holds at relays' },
    () => reservations.list().length,
  )
}
