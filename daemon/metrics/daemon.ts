import type { Registry } from 'prom-client'
import type { DaemonParts } from '../daemon.ts'
import { type Reading, readCounter, readGauge } from './reading.ts'

/** What the daemon's clients make it do, read from it at every scrape. */
export function measureDaemon(registry: Registry, { host, control, clients }: DaemonParts): void {
  readGauge(
    registry,
    {
      name: 'p2pd_control_connections',
      help: 'Control connections, by the request that they wait for or that took them over, idle for none',
      labels: ['doing'],
    },
    () => [...clients.doing].map(([doing, count]): Reading => [{ doing }, count]),
  )
  readCounter(
    registry,
    { name: 'p2pd_control_connections_total', help: 'Control connections since the start' },
    () => control.accepted,
  )
  readGauge(registry, { name: 'p2pd_handlers', help: 'Protocols that applications handle' }, () => host.handlers.size)
  readGauge(
    registry,
    {
      name: 'p2pd_handler_streams',
      help: 'Streams of peers with applications, and those whose application has not accepted yet',
      labels: ['state'],
    },
    () => Object.entries(host.handlers.streams).map(([state, count]): Reading => [{ state }, count]),
  )
  readGauge(
    registry,
    { name: 'p2pd_event_subscribers', help: 'Clients that are told of events' },
    () => host.events.listeners,
  )
  readCounter(
    registry,
    { name: 'p2pd_trims_total', help: 'How often there were too many connections' },
    () => host.connManager.trimmed.trims,
  )
  readCounter(
    registry,
    { name: 'p2pd_trimmed_connections_total', help: 'Connections that were closed because there were too many' },
    () => host.connManager.trimmed.connections,
  )
  readGauge(
    registry,
    { name: 'p2pd_reachability', help: 'Whether other peers can dial this one', labels: ['verdict'] },
    () => [[{ verdict: host.reachability.verdict }, 1]],
  )
  readCounter(
    registry,
    {
      name: 'p2pd_autonat_answers_total',
      help: 'Peers that were told whether they can be reached, by the status they were told',
      labels: ['status'],
    },
    () => [...host.reachability.answers].map(([status, count]): Reading => [{ status }, count]),
  )
  readGauge(registry, { name: 'p2pd_dials', help: 'Peers that are being dialled' }, () => host.dialer.dials)
}
