import type { Connection, Libp2p } from '@libp2p/interface'
import type { Registry } from 'prom-client'
import { Counter } from 'prom-client'
import { type Reading, readGauge } from './reading.ts'
import { ipVersionOf, transportOf } from './transport.ts'

/** go-libp2p's labels of a connection. */
const LABELS = ['dir', 'transport', 'security', 'muxer', 'ip_version'] as const

/** Connections and streams that are open, read when scraped, and those that were opened and closed, counted by events. */
export function measureConnections(registry: Registry, node: Libp2p, protocol: (name: string) => string): void {
  const opened = new Counter({
    name: 'libp2p_swarm_connections_opened_total',
    help: 'Connections Opened',
    labelNames: LABELS,
    registers: [registry],
  })
  const closed = new Counter({
    name: 'libp2p_swarm_connections_closed_total',
    help: 'Connections Closed',
    labelNames: LABELS,
    registers: [registry],
  })
  node.addEventListener('connection:open', ({ detail }) => opened.inc(labelsOf(detail)))
  node.addEventListener('connection:close', ({ detail }) => closed.inc(labelsOf(detail)))

  readGauge(registry, { name: 'p2pd_connections', help: 'Connections with peers', labels: LABELS }, () =>
    node.getConnections().map((connection): Reading => [labelsOf(connection), 1]),
  )
  readGauge(registry, { name: 'p2pd_peers', help: 'Peers with at least one connection' }, () => node.getPeers().length)
  readGauge(registry, { name: 'p2pd_streams', help: 'Streams with peers', labels: ['direction', 'protocol'] }, () =>
    node
      .getConnections()
      .flatMap(({ streams }) => streams)
      // one whose protocol is not agreed on yet has none
      .map((stream): Reading => [{ direction: stream.direction, protocol: protocol(stream.protocol) }, 1]),
  )
}

function labelsOf({
  direction,
  remoteAddr,
  encryption,
  multiplexer,
}: Connection): Record<(typeof LABELS)[number], string> {
  return {
    dir: direction,
    transport: transportOf(remoteAddr),
    security: encryption ?? 'none',
    muxer: multiplexer ?? 'none',
    ip_version: ipVersionOf(remoteAddr),
  }
}
