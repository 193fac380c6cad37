import type { DaemonParts } from './daemon.ts'
import type { Dht } from './dht/dht.ts'

/** What SIGUSR1 asks for: the DHT's routing table, connections and their streams, and what is done for whom, for people. */
export function diagnostics({ host: { node, handlers, dialer, dht }, clients }: DaemonParts): string {
  const connections = node.getConnections()
  const doing = [...clients.doing].map(([name, count]) => `${count} ${name}`)
  const total = clients.doing.values().reduce((sum, count) => sum + count, 0)
  const { connecting, open } = handlers.streams
  return [
    ...(dht === undefined ? [] : routingTable(dht)),
    `${connections.length} connections:`,
    ...connections.flatMap(({ remotePeer, remoteAddr, direction, encryption, multiplexer, streams }) => [
      `  ${remotePeer} ${direction} ${remoteAddr} ${encryption} ${multiplexer}`,
      ...streams.map(stream => `    ${stream.direction} ${stream.protocol} ${stream.status}`),
    ]),
    `${dialer.dials} peers being dialled`,
    `${handlers.size} protocols handled by applications: ${open} streams, ${connecting} being connected`,
    `${total} control connections${total === 0 ? '' : `: ${doing.join(', ')}`}`,
    `held by the process: ${resources()}`,
  ]
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

/** Sockets, timers and whatever else keeps the process running, by Node's names. */
function resources(): string {
  const counts = new Map<string, number>()
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}
