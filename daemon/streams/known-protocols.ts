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
 * How long, in ms, the agreement of a peer has to take at least for streams to be used ahead of it. It is worth a message's way and
 * back, and costs the client a clear answer where the peer no longer speaks the protocol.
 */
const FAR = 25

/** What is known of a peer that is connected. */
interface Knowledge {
  /** What it has said that it speaks, and whether it has agreed to it since. */
  protocols: Map<string, boolean>
  /** The least time, in ms, that its agreement has taken. */
  distance: number
}

/**
 * What the peers that are connected have said, by identify, that they speak. Agreement on such a protocol takes
 * one message each way, and teaches nothing that the peerstore would have to keep. Of a peer far away it is not waited for
 * again once it has come, until the peer says anew what it speaks.
 */
export class KnownProtocols {
  readonly #byPeer = new Map<string, Knowledge>()
  readonly #metrics: Metrics | undefined

  constructor(events: TypedEventTarget<Libp2pEvents>, metrics: Metrics | undefined) {
    this.#metrics = metrics
    events.addEventListener('peer:identify', ({ detail: { peerId, protocols, connection } }) => {
      if (connection.status === 'open') this.#learn(peerId.toString(), protocols)
    })
    events.addEventListener('peer:update', ({ detail: { peer } }) => {
      const key = peer.id.toString()
      if (this.#byPeer.has(key)) this.#learn(key, peer.protocols)
    })
    events.addEventListener('peer:disconnect', ({ detail }) => this.#byPeer.delete(detail.toString()))
  }

  #learn(key: string, announced: readonly string[]): void {
    const protocols = new Map(announced.map(protocol => [protocol, false]))
    const distance = this.#byPeer.get(key)?.distance ?? Number.POSITIVE_INFINITY
    this.#byPeer.set(key, { protocols, distance })
  }

  /** The first of these protocols that the connection's peer is known to speak; of go's daemon's too. */
  first({ remotePeer }: Connection, protocols: readonly string[]): string | undefined {
    const known = this.#byPeer.get(remotePeer.toString())?.protocols
    return known && protocols.find(protocol => known.has(protocol))
  }

  /**
   * Opens a stream on a protocol that the peer is known to speak, in one round trip, or in none: should a peer far away not agree
   * any more, the stream is reset.
   *
   * @param wait how long to wait for the peer's agreement
   * @returns undefined where it has to be negotiated by js-libp2p, which then finds out what the peer does speak
   * @throws LimitError, and what ended the stream or the wait
   */
  async open(connection: Connection, protocol: string, wait: Wait): Promise<Stream | undefined> {
    const { muxer } = connection as WithMuxer
    if (muxer?.status !== 'open' || connection.status !== 'open') return undefined
    const known = this.#byPeer.get(connection.remotePeer.toString())
    const stream = await muxer.createStream()
    const timer = setTimeout(() => stream.abort(new TimeoutError('no agreement in time')), wait.timeout)
    const agreement = Promise.withResolvers<boolean>()
    const proposed = performance.now()
    propose(stream, protocol, failure => {
      clearTimeout(timer)
      if (failure === undefined) {
        if (known !== undefined) agreed(known, protocol, performance.now() - proposed)
        agreement.resolve(true)
      } else if (failure instanceof UnsupportedProtocolError) {
        known?.protocols.delete(protocol)
        agreement.resolve(false)
      } else {
        agreement.reject(failure)
      }
    })
    if (known?.protocols.get(protocol) === true && known.distance >= FAR) {
      // what goes wrong from now on resets the stream
      agreement.promise.catch(() => {})
    } else if (!(await settled(agreement.promise, stream, wait.signal))) {
      return undefined
    }
    this.#metrics?.trackProtocolStream(stream)
    return stream
  }
}

function agreed(known: Knowledge, protocol: string, took: number): void {
  known.distance = Math.min(known.distance, took)
  if (known.protocols.has(protocol)) known.protocols.set(protocol, true)
}

/** Waits without a signal that follows others, which would cost more than all the rest. */
async function settled(agreement: Promise<boolean>, stream: Stream, signal: AbortSignal): Promise<boolean> {
  const abandon = (): void => stream.abort(new AbortError('nobody waits any more'))
  signal.addEventListener('abort', abandon)
  if (signal.aborted) abandon()
  try {
    return await agreement
  } finally {
    signal.removeEventListener('abort', abandon)
  }
}
