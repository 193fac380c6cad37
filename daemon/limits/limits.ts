import type { Connection, ConnectionGater, PeerId, Stream, StreamMuxerFactory } from '@libp2p/interface'
import type { LimitsConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { ConnectionLimit } from './connection-limit.ts'
import { LimitError } from './limit-error.ts'
import { limitMuxer } from './limit-muxer.ts'
import { RepeatedWarning } from './repeated-warning.ts'

/** The limits of a libp2p node, as the parts it is assembled from can keep them. */
export class Limits {
  readonly connections: ConnectionLimit
  readonly #config: LimitsConfig
  readonly #refused: RepeatedWarning
  readonly #cut: RepeatedWarning
  /** By the list of a connection's streams, which is the muxer's own. */
  readonly #peers = new WeakMap<readonly Stream[], PeerId>()

  constructor(config: LimitsConfig, log: Log) {
    this.#config = config
    this.connections = new ConnectionLimit(config.connections)
    this.#refused = new RepeatedWarning(log)
    this.#cut = new RepeatedWarning(log)
  }

  /** The part of a connection gater that keeps the number of connections. */
  get gater(): ConnectionGater {
    return {
      denyInboundConnection: connection => {
        try {
          this.connections.admit(connection)
        } catch (error) {
          if (!(error instanceof LimitError)) throw error
          this.#refused.warn(`refused a connection: ${error.message}`, { address: connection.remoteAddr })
          return true
        }
        return false
      },
      denyOutboundConnection: (_peer, connection) => {
        this.connections.admit(connection)
        return false
      },
    }
  }

  /** Makes a muxer that keeps the number of streams, and the memory, of each connection. */
  muxer<Components>(
    create: (components: Components) => StreamMuxerFactory,
  ): (components: Components) => StreamMuxerFactory {
    return components =>
      limitMuxer(create(components), this.#config, (error, streams, stream) => {
        this.#cut.warn(`${stream === undefined ? 'closed a connection' : 'reset a stream'}: ${error.message}`, {
          peer: this.#peers.get(streams),
          protocol: stream?.protocol,
          direction: stream?.direction,
        })
      })
  }

  /** Notes whose connection it is, so that the log can say. */
  opened({ streams, remotePeer }: Connection): void {
    this.#peers.set(streams, remotePeer)
  }
}
