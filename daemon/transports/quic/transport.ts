import { privateKeyToProtobuf } from '@libp2p/crypto/keys'
import {
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  type Logger,
  type PrivateKey,
  type StreamMuxerFactory,
  serviceCapabilities,
  type Transport,
  transportSymbol,
} from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { abortable } from '../../abort.ts'
import type { LimitsConfig } from '../../config.ts'
import { loadOnce } from '../../load-once.ts'
import { hostAndPort, shapeOf } from '../address.ts'
import { QuicConnection, remoteOf } from './connection.ts'
import { QuicListener } from './listener.ts'
import { quicMuxerFactory } from './muxer.ts'
import { loadNative, type Native, type NativeClient, type NativeConfig, type NativeConnection } from './native.ts'

export interface QuicOptions {
  readonly limits: LimitsConfig
  /** Makes a muxer keep the limits of its connection. */
  readonly limit: (factory: StreamMuxerFactory) => StreamMuxerFactory
}

/** Streams that a peer may open beyond the limit, so that they are refused rather than kept waiting. */
const STREAMS_TO_REFUSE = 64

/** Streams on one connection where the configuration sets no limit: QUIC needs one, and memory for each. */
const MAX_STREAMS = 65_536

/** In ms. A peer that has not been heard of for so long is gone; until then it is asked every few seconds. */
const IDLE_TIMEOUT = 30_000
const KEEP_ALIVE_INTERVAL = 10_000

/** Bytes that a peer may have sent ahead of the reader of one stream: enough for a fast link. */
const STREAM_WINDOW = 4 * 1024 * 1024

/** Of the UDP sockets; the system may grant less. */
const SOCKET_BUFFER = 4 * 1024 * 1024

/** What the native part counts in. */
const LARGEST = 2 ** 32 - 1

/** The transport of `/udp/…/quic-v1`. It costs nothing until such an address is listened on or dialled. */
export function quic(options: QuicOptions): (components: QuicComponents) => Transport {
  return components => new QuicTransport(components, options)
}

interface QuicComponents {
  readonly privateKey: PrivateKey
  readonly logger: ComponentLogger
}

class QuicTransport implements Transport {
  readonly [Symbol.toStringTag] = 'quic-v1'
  readonly [transportSymbol] = true
  readonly [serviceCapabilities] = ['@libp2p/transport']
  readonly #components: QuicComponents
  readonly #options: QuicOptions
  readonly #log: Logger
  readonly #clients = new Map<0 | 1, NativeClient>()
  readonly #load = loadOnce(async () => {
    const native = await loadNative()
    return { native, config: this.#configure(native) }
  })

  constructor(components: QuicComponents, options: QuicOptions) {
    this.#components = components
    this.#options = options
    this.#log = components.logger.forComponent('libp2p:quic')
  }

  listenFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => /^(ip4|ip6)\/udp\/quic-v1$/.test(shapeOf(address)))
  }

  dialFilter(addresses: Multiaddr[]): Multiaddr[] {
    return this.listenFilter(addresses)
  }

  createListener({ upgrader }: CreateListenerOptions): Listener {
    return new QuicListener({
      upgrader,
      load: () => this.#load(),
      muxer: native => this.#muxer(native),
      log: this.#log.newScope('listener'),
    })
  }

  async dial(address: Multiaddr, { signal, upgrader }: DialTransportOptions): Promise<Connection> {
    const { host, port, family } = hostAndPort(address)
    const client = await abortable(this.#client(family === 6 ? 1 : 0), signal)
    const connecting = client.outboundConnection(host, port)
    const native = await abortable(connecting, signal).catch(error => {
      // nobody waits any more for a connection that comes after all
      connecting.then(
        late => late.abort(),
        () => {},
      )
      throw error
    })
    const connection = new QuicConnection({
      native,
      remoteAddr: address,
      direction: 'outbound',
      log: this.#log.newScope(`outbound:${native.id()}`),
    })
    try {
      return await upgrader.upgradeOutbound(connection, {
        skipEncryption: true,
        skipProtection: true,
        // that it is the peer dialled is for the connection gater to say, as for other transports
        remotePeer: remoteOf(native).peer,
        muxerFactory: this.#muxer(native),
        signal,
      })
    } catch (error) {
      connection.abort(error as Error)
      throw error
    }
  }

  async start(): Promise<void> {
    // nothing is opened before it is needed
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.abort()
    this.#clients.clear()
  }

  async #client(family: 0 | 1): Promise<NativeClient> {
    const { native, config } = await this.#load()
    const existing = this.#clients.get(family)
    if (existing !== undefined) return existing
    const client = new native.Client(config, family)
    this.#clients.set(family, client)
    return client
  }

  #muxer(native: NativeConnection): StreamMuxerFactory {
    return this.#options.limit(quicMuxerFactory(native))
  }

  #configure({ QuinnConfig }: Native): NativeConfig {
    const { streams, connectionMemory } = this.#options.limits
    return new QuinnConfig({
      privateKeyProto: privateKeyToProtobuf(this.#components.privateKey),
      handshakeTimeout: IDLE_TIMEOUT,
      maxIdleTimeout: IDLE_TIMEOUT,
      keepAliveInterval: KEEP_ALIVE_INTERVAL,
      maxConcurrentStreamLimit: streams === 0 ? MAX_STREAMS : Math.min(streams + STREAMS_TO_REFUSE, MAX_STREAMS),
      maxStreamData: STREAM_WINDOW,
      maxConnectionData: connectionMemory === 0 ? LARGEST : Math.min(connectionMemory, LARGEST),
      receiveBufferSize: SOCKET_BUFFER,
      sendBufferSize: SOCKET_BUFFER,
    })
  }
}
