import type { Connection, PeerId } from '@libp2p/interface'

/** What the connection manager knows of a peer: connected, or tagged by a client ahead of that. */
export class ManagedPeer {
  readonly connections = new Set<Connection>()
  /** Values that clients gave it, of any sign and size. */
  readonly tags = new Map<string, number>()
  /** When it was first heard of, or connected; by `performance.now`, which no change of the clock moves. */
  since = performance.now()

  /** Known of the connected ones. */
  get id(): PeerId | undefined {
    return this.connections.values().next().value?.remotePeer
  }

  get streams(): number {
    return this.connections.values().reduce((sum, { streams }) => sum + streams.length, 0)
  }

  /** Whether any of the connections was opened by the peer. */
  get inbound(): boolean {
    return this.connections.values().some(({ direction }) => direction === 'inbound')
  }
}
