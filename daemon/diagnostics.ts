import type { Daemon } from './daemon.ts'
import type { Dht } from './dht/dht.ts'

/** What SIGUSR1 asks for: the DHT's routing table, and every connection with its streams, for people. */
export function diagnostics({ host: { node, dht } }: Daemon): string {
  const connections = node.getConnections()
  const lines = connections.flatMap(({ remotePeer, remoteAddr, direction, encryption, multiplexer, streams }) => [
    `  ${remotePeer} ${direction} ${remoteAddr} ${encryption} ${multiplexer}`,
    ...streams.map(stream => `    ${stream.direction} ${stream.protocol} ${stream.status}`),
  ])
  return [...(dht === undefined ? [] : routingTable(dht)), `${connections.length} connections:`, ...lines]
    .map(line => `${line}\n`)
    .join('')
}

function routingTable({ mode, table }: Dht): string[] {
  const buckets = table.buckets.flatMap(([bits, entries]) => [
    `  ${bits} leading bits in common:`,
    ...entries.map(({ peer }) => `    ${peer}`),
  ])
  return [`DHT ${mode}, ${table.size} peers in its routing table:`, ...buckets]
}
