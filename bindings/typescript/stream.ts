import type { Duplex } from 'node:stream'
import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { StreamInfo } from '../../proto/codec.ts'
import type { Connection } from './connection.ts'
import { type ClientObserver, now, type StreamEvent } from './observer.ts'
import { toMultiaddr, toPeerId } from './peer-info.ts'

/**
 * A libp2p stream, as the daemon pipes it: a Node stream whose two directions end independently.
 *
 * `end()` ends our side only. An 'error' without a listener is not fatal, since many streams are read by iteration
 * alone; it ends the iteration, and stays in `errored`.
 */
export interface DaemonStream extends Duplex {
  readonly peer: PeerId
  /** The remote address of the connection that carries the stream. */
  readonly addr: Multiaddr
  readonly protocol: string
  /** Ends both directions at once: a reset where the socket has one (TCP), a close where it has none (Unix). */
  reset(): void
}

/**
 * Makes a stream of a connection that the daemon has handed over.
 *
 * It is the socket itself with a few fields more: backpressure and half-close are the kernel's, and nothing is copied.
 *
 * @throws ClientError ERR_PROTOCOL when the daemon's description of the stream makes no sense
 */
export function toStream(connection: Connection, info: StreamInfo, observer: ClientObserver): DaemonStream {
  const { socket } = connection
  const stream = Object.assign(socket, {
    peer: toPeerId(info.peer),
    addr: toMultiaddr(info.addr),
    protocol: info.proto,
    reset: () => connection.reset(),
  })
  const observe = (event: StreamEvent['event'], error?: Error | null) => {
    const { id, payload } = connection
    observer.stream?.({ connection: id, event, protocol: info.proto, ...payload, ...(error && { error }), at: now() })
  }
  observe('open')
  void connection.closed.then(() => observe('close', socket.errored))
  return stream
}
