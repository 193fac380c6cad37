import type { DaemonParts } from '../daemon.ts'
import { oneLine } from '../log/line.ts'
import { describePeers } from './peers.ts'
import { describeProcess, describeResources } from './process.ts'
import { describeDht, describePubsub, describeRelay } from './subsystems.ts'

/** Longer lines are cut at so many characters: peers and clients choose parts of them. */
const LONGEST_LINE = 2_000

/** What SIGUSR1 asks for: the daemon's parts, its connections and peers, and what is done for whom, for people. */
export async function diagnostics({ host, clients }: DaemonParts): Promise<string> {
  const { node, handlers, dialer, dht, pubsub, relay, events } = host
  const connections = node.getConnections()
  const doing = [...clients.doing].map(([name, count]) => `${count} ${name}`)
  const total = clients.doing.values().reduce((sum, count) => sum + count, 0)
  const { connecting, open } = handlers.streams
  const addresses = node.getMultiaddrs()
  return [
    describeProcess(),
    `peer ${node.peerId}, announced at ${addresses.length} addresses:`,
    ...addresses.map(address => `  ${address}`),
    ...(dht === undefined ? [] : describeDht(dht)),
    ...(pubsub === undefined ? [] : describePubsub(pubsub)),
    ...describeRelay(relay),
    `${connections.length} connections:`,
    ...connections.flatMap(({ remotePeer, remoteAddr, direction, encryption, multiplexer, streams }) => [
      `  ${remotePeer} ${direction} ${remoteAddr} ${encryption} ${multiplexer}`,
      ...streams.map(stream => `    ${stream.direction} ${stream.protocol} ${stream.status}`),
    ]),
    ...(await describePeers(node)),
    `${dialer.dials} peers being dialled`,
    `${handlers.size} protocols handled by applications: ${open} streams, ${connecting} being connected`,
    `${events.listeners} subscribers to events`,
    `${total} control connections${total === 0 ? '' : `: ${doing.join(', ')}`}`,
    describeResources(),
  ]
    .map(line => `${oneLine(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)}\n`)
    .join('')
}
