import type { Registry } from 'prom-client'
import type { DaemonParts } from '../daemon.ts'
import { readCounter, readGauge } from './reading.ts'

/** What the daemon's own parts know, read from them at every scrape. */
export function measureDaemon(registry: Registry, { host, control }: DaemonParts): void {
  readGauge(
    registry,
    { name: 'p2pd_control_connections', help: 'Sockets of clients, those that became streams included' },
    () => control.connections,
  )
  readCounter(
    registry,
    { name: 'p2pd_control_connections_total', help: 'Control connections since the start' },
    () => control.accepted,
  )
  readGauge(registry, { name: 'p2pd_handlers', help: 'Protocols that applications handle' }, () => host.handlers.size)
}
