import type { Connection, Libp2p } from '@libp2p/interface'
import type { Log } from '../log.ts'

/** Logs at the debug level which connections come and go, and what peers say of themselves. */
export function logConnections(node: Libp2p, log: Log): void {
  if (!log.enabled('debug')) return
  const describe = ({ remotePeer, remoteAddr, direction, encryption, multiplexer }: Connection): object => ({
    peer: remotePeer,
    direction,
    address: remoteAddr,
    security: encryption,
    muxer: multiplexer,
  })
  node.addEventListener('connection:open', ({ detail }) => log.debug('connection opened', { ...describe(detail) }))
  node.addEventListener('connection:close', ({ detail }) => log.debug('connection closed', { ...describe(detail) }))
  node.addEventListener('peer:identify', ({ detail: { peerId, agentVersion, protocols } }) =>
    log.debug('peer identified', { peer: peerId, agent: agentVersion, protocols }),
  )
}
