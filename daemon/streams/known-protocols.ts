import {
  AbortError,
  type Connection,
  type Libp2pEvents,
  type Metrics,
  type Stream,
  type StreamMuxer,
  TimeoutError,
  type TypedEventTarget,
  UnsupportedProtocolError,
} from '@libp2p/interface'
import { propose } from './multistream.ts'

/** Fields of js-libp2p's connections that its interface leaves out. */
interface WithMuxer {
  readonly muxer?: StreamMuxer | undefined
}

export interface Wait {
  readonly signal: AbortSignal
  /** In ms. */
  readonly timeout: number
}

/**
 * What the peers that are connected have said, by identify, that they speak. Agreement on such a protocol takes
 * one message each way, and teaches nothing that the peerstore would have to keep.
 */
export class KnownProtocols {
  readonly #byPeer = new Map<string, Set<string>>()
  readonly #metrics: Metrics | undefined

  constructor(events: TypedEventTarget<Libp2pEvents>, metrics: Metrics | undefined) {
    this.#metrics = metrics
    events.addEventListener('peer:identify', ({ detail: { peerId, protocols, connection } }) => {
      if (connection.status === 'open') this.#byPeer.set(peerId.toString(), new Set(protocols))
    })
    events.addEventListener('peer:update', ({ detail: { peer } }) => {
      const key = peer.id.toString()
      if (this.#byPeer.has(key)) this.#byPeer.set(key, new Set(peer.protocols))
    })
    events.addEventListener('peer:disconnect', ({ detail }) => this.#byPeer.delete(detail.toString()))
  }

  /** The first of these protocols that the connection's peer is known to speak; of go's daemon's too. */
  first({ remotePeer }: Connection, protocols: readonly string[]): string | undefined {
    const known = this.#byPeer.get(remotePeer.toString())
    return known && protocols.find(protocol => known.has(protocol))
  }

  /**
   * Opens a stream on a protocol that the peer is known to speak, in one round trip.
   *
   * @param wait how long to wait for the peer's agreement
   * @returns undefined where it has to be negotiated by js-libp2p, which then finds out what the peer does speak
   * @throws LimitError, and what ended the stream or the wait
   */
  async open(connection: Connection, protocol: string, wait: Wait): Promise<Stream | undefined> {
    const { muxer } = connection as WithMuxer
    if (muxer?.status !== 'open' || connection.status !== 'open') return undefined
    const stream = await muxer.createStream()
    const agreement = Promise.withResolvers<boolean>()
    propose(stream, protocol, failure => {
      if (failure === undefined) return agreement.resolve(true)
      if (!(failure instanceof UnsupportedProtocolError)) return agreement.reject(failure)
      this.#byPeer.get(connection.remotePeer.toString())?.delete(protocol)
      agreement.resolve(false)
    })
    if (!(await settledInTime(agreement.promise, stream, wait))) return undefined
    this.#metrics?.trackProtocolStream(stream)
    return stream
  }
}

/** Waits without a signal that follows others, which would cost more than all the rest. */
async function settledInTime(agreement: Promise<boolean>, stream: Stream, { signal, timeout }: Wait): Promise<boolean> {
  const timer = setTimeout(() => stream.abort(new TimeoutError('no agreement in time')), timeout)
  const abandon = (): void => stream.abort(new AbortError('nobody waits any more'))
  signal.addEventListener('abort', abandon)
  if (signal.aborted) abandon()
  try {
    return await agreement
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abandon)
  }
}
