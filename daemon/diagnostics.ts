import type { Daemon } from './daemon.ts'

/** What SIGUSR1 asks for: every connection with its streams, for people. */
export function diagnostics({ host: { node } }: Daemon): string {
  const connections = node.getConnections()
  const lines = connections.flatMap(({ remotePeer, remoteAddr, direction, encryption, multiplexer, streams }) => [
    `  ${remotePeer} ${direction} ${remoteAddr} ${encryption} ${multiplexer}`,
    ...streams.map(stream => `    ${stream.direction} ${stream.protocol} ${stream.status}`),
  ])
  return [`${connections.length} connections:`, ...lines].map(line => `${line}\n`).join('')
}
