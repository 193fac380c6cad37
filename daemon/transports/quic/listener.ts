import {
  type CreateListenerOptions,
  type Listener,
  type ListenerEvents,
  type Logger,
  type StreamMuxerFactory,
  TypedEventEmitter,
} from '@libp2p/interface'
import { getThinWaistAddresses } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { hostAndPort } from '../address.ts'
import { bindError } from '../listen-error.ts'
import { QuicConnection, remoteOf } from './connection.ts'
import type { Native, NativeConfig, NativeConnection, NativeServer } from './native.ts'

/** Handshakes at once: a peer that never completes its own must not keep others waiting. */
const HANDSHAKES = 256

export interface QuicListenerInit extends CreateListenerOptions {
  readonly load: () => Promise<{ readonly native: Native; readonly config: NativeConfig }>
  readonly muxer: (native: NativeConnection) => StreamMuxerFactory
  readonly log: Logger
}

/** Accepts QUIC connections on one UDP port. */
export class QuicListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #init: QuicListenerInit
  readonly #connections = new Set<QuicConnection>()
  readonly #closing = new AbortController()
  #address: Multiaddr | undefined
  #server: NativeServer | undefined

  constructor(init: QuicListenerInit) {
    super()
    this.#init = init
  }

  async listen(address: Multiaddr): Promise<void> {
    const { native, config } = await this.#init.load()
    const { host, port } = hostAndPort(address)
    try {
      this.#server = new native.Server(config, host, port)
    } catch (error) {
      throw bindError(error as Error)
    }
    this.#address = address
    for (let count = 0; count < HANDSHAKES; count++) void this.#accept(this.#server)
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    if (this.#server === undefined) return []
    return getThinWaistAddresses(this.#address, this.#server.port()).map(address => address.encapsulate('/quic-v1'))
  }

  updateAnnounceAddrs(): void {
    // nothing about a QUIC address is known only at run time
  }

  async close(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    this.#closing.abort(new Error('the listener is closed'))
    for (const connection of this.#connections) connection.abort(this.#closing.signal.reason)
    await server.abort()
    this.safeDispatchEvent('close')
  }

  async #accept(server: NativeServer): Promise<void> {
    while (this.#server === server) {
      try {
        void this.#upgrade(await server.inboundConnection())
      } catch (error) {
        this.#init.log('handshake failed - %e', error)
      }
    }
  }

  async #upgrade(native: NativeConnection): Promise<void> {
    const { log, muxer, upgrader } = this.#init
    let connection: QuicConnection | undefined
    try {
      const { peer, address } = remoteOf(native)
      connection = new QuicConnection({
        native,
        remoteAddr: address,
        direction: 'inbound',
        log: log.newScope(`inbound:${native.id()}`),
      })
      const accepted = connection
      this.#connections.add(accepted)
      accepted.addEventListener('close', () => this.#connections.delete(accepted))
      await upgrader.upgradeInbound(accepted, {
        skipEncryption: true,
        skipProtection: true,
        remotePeer: peer,
        muxerFactory: muxer(native),
        signal: this.#closing.signal,
      })
    } catch (error) {
      log('inbound connection refused - %e', error)
      if (connection === undefined) native.abort()
      else connection.abort(error as Error)
    }
  }
}
