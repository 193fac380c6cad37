import type { Connection, Metrics, Stream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { letChoose } from './multistream.ts'

/** How long, in ms, a remote that has opened a stream has to choose its protocol. */
const CHOICE_TIMEOUT = 30_000

/** Marks the options of a protocol whose streams go to its handler and nowhere else: no limit, no peerstore, no middleware. */
export const DIRECT: unique symbol = Symbol('direct')

type StreamListener = (event: CustomEvent<Stream>) => void

/**
 * Negotiates the streams that peers open, and takes those of direct protocols to their handlers. js-libp2p would tell its
 * peerstore of each, count all others, and make a dozen promises.
 */
export class InboundStreams {
  readonly #metrics: Metrics | undefined
  /** By the list of a connection's streams, which is the muxer's own. */
  readonly #connections = new WeakMap<readonly Stream[], Connection>()

  constructor(metrics: Metrics | undefined) {
    this.#metrics = metrics
  }

  /** Notes which connection a muxer is of: until then, its streams are js-libp2p's to hand on. */
  opened(connection: Connection): void {
    this.#connections.set(connection.streams, connection)
  }

  /** Makes muxers whose streams have a protocol by the time that js-libp2p hears of them, if it does. */
  muxer<Components extends { readonly registrar: Registrar }>(
    create: (components: Components) => StreamMuxerFactory,
  ): (components: Components) => StreamMuxerFactory {
    return components => {
      const factory = create(components)
      const createStreamMuxer = factory.createStreamMuxer.bind(factory)
      factory.createStreamMuxer = connection => this.#watch(createStreamMuxer(connection), components)
      return factory
    }
  }

  #watch(muxer: StreamMuxer, { registrar }: { readonly registrar: Registrar }): StreamMuxer {
    const addEventListener = muxer.addEventListener.bind(muxer) as (...words: unknown[]) => void
    const choice = { has: (protocol: string) => isHandled(registrar, protocol), all: () => registrar.getProtocols() }
    muxer.addEventListener = (type: string, listener: unknown, ...rest: unknown[]) => {
      if (type !== 'stream') return addEventListener(type, listener, ...rest)
      const negotiate = ({ detail: stream }: CustomEvent<Stream>): void => {
        letChoose(stream, choice, CHOICE_TIMEOUT, () => {
          if (!this.#serve(stream, muxer, registrar))
            (listener as StreamListener)(new CustomEvent('stream', { detail: stream }))
        })
      }
      addEventListener(type, negotiate, ...rest)
    }
    return muxer
  }

  #serve(stream: Stream, { streams }: StreamMuxer, registrar: Registrar): boolean {
    const connection = this.#connections.get(streams)
    const { handler, options } = registrar.getHandler(stream.protocol)
    if (connection === undefined || !(DIRECT in options)) return false
    this.#metrics?.trackProtocolStream(stream)
    Promise.try(handler, stream, connection).catch(error => stream.abort(error))
    return true
  }
}

function isHandled(registrar: Registrar, protocol: string): boolean {
  try {
    registrar.getHandler(protocol)
    return true
  } catch {
    return false
  }
}
