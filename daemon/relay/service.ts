import type { Connection, Libp2pEvents, PeerId, PrivateKey, Stream, TypedEventTarget } from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar } from '@libp2p/interface-internal'
import { RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { encodeBody, ProtocolError } from '../../proto/codec.ts'
import { type CircuitLimit, CircuitStatus, HopMessage, ReservationVoucher, StopMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { decodePeer } from '../peer.ts'
import { Tally } from '../tally.ts'
import { type CircuitLimits, joinStreams } from './circuit.ts'
import { CircuitCount } from './circuit-count.ts'
import { HOP_PROTOCOL, isRelayed, STOP_PROTOCOL } from './protocol.ts'
import { ReservationBook } from './reservation-book.ts'

/** How long, in ms, a request and its answers may take. */
const HANDSHAKE_TIMEOUT = 30_000

/** Requests and circuits of one client connection; circuits are limited by peer as well. */
const MAX_HOP_STREAMS = 256

export interface RelayServiceOptions {
  readonly reservations: number
  /** Milliseconds. */
  readonly reservationTtl: number
  /** Circuits at once, in all and of one peer; 0: no limit. */
  readonly circuits: number
  readonly circuitsPerPeer: number
  /** What one circuit may use. */
  readonly limits: CircuitLimits
}

export interface RelayServiceComponents {
  readonly peerId: PeerId
  readonly privateKey: PrivateKey
  readonly registrar: Registrar
  readonly addressManager: AddressManager
  readonly connectionManager: ConnectionManager
  readonly events: TypedEventTarget<Libp2pEvents>
}

/**
 * The relay's side of circuit relay v2: gives reservations, and joins callers to the peers that hold one. Everything that
 * a client can make it keep is bounded.
 *
 * js-libp2p's own service says milliseconds where the protocol has seconds, counts both directions against one limit,
 * does not bound circuits, and forgets backpressure.
 */
export class RelayService {
  readonly #components: RelayServiceComponents
  readonly #options: RelayServiceOptions
  readonly #book: ReservationBook
  readonly #circuits: CircuitCount
  readonly #stopped = new AbortController()
  /** The answers to requests, as in `RESERVE OK`. */
  readonly answers = new Tally()

  constructor(components: RelayServiceComponents, options: RelayServiceOptions) {
    this.#components = components
    this.#options = options
    this.#book = new ReservationBook(options.reservations, options.reservationTtl)
    this.#circuits = new CircuitCount(options.circuits, options.circuitsPerPeer)
  }

  /** How many reservations are held, and circuits are open, right now. */
  get usage(): { readonly reservations: number; readonly circuits: number } {
    return { reservations: this.#book.size, circuits: this.#circuits.total }
  }

  async start(): Promise<void> {
    const { registrar, events } = this.#components
    events.addEventListener('connection:close', this.#onConnectionClose)
    await registrar.handle(HOP_PROTOCOL, (stream, connection) => this.#serve(stream, connection), {
      maxInboundStreams: MAX_HOP_STREAMS,
      // clients of this daemon may open such streams themselves
      maxOutboundStreams: Number.POSITIVE_INFINITY,
      // refused by an answer, not by a reset
      runOnLimitedConnection: true,
    })
  }

  async stop(): Promise<void> {
    const { registrar, events } = this.#components
    events.removeEventListener('connection:close', this.#onConnectionClose)
    await registrar.unhandle(HOP_PROTOCOL)
    this.#stopped.abort(new Error('the relay is stopping'))
  }

  /** A peer without a connection can be called by nobody. */
  readonly #onConnectionClose = ({ detail: { remotePeer } }: CustomEvent<Connection>): void => {
    if (this.#directConnection(remotePeer) === undefined) this.#book.remove(remotePeer.toString())
  }

  #directConnection(peer: PeerId): Connection | undefined {
    return this.#components.connectionManager
      .getConnections(peer)
      .find(({ status, remoteAddr }) => status === 'open' && !isRelayed(remoteAddr))
  }

  async #serve(stream: Stream, connection: Connection): Promise<void> {
    const messages = new MessageStream(stream)
    const gone = new AbortController()
    stream.addEventListener('close', () => gone.abort())
    const signal = AbortSignal.any([AbortSignal.timeout(HANDSHAKE_TIMEOUT), gone.signal, this.#stopped.signal])
    try {
      const answer = await this.#answer(messages, connection, signal)
      if (answer === undefined) return
      messages.write(HopMessage, { type: HopMessage.Type.STATUS, ...answer })
      await stream.close({ signal })
    } catch (error) {
      stream.abort(error as Error)
    }
  }

  /** What to tell the client before its stream ends; undefined when it has been told, and the stream is a circuit. */
  async #answer(messages: MessageStream, connection: Connection, signal: AbortSignal): Promise<HopMessage | undefined> {
    const request = await messages.read(HopMessage, signal).catch(error => {
      if (error instanceof ProtocolError) return undefined
      throw error
    })
    if (request === undefined) return { status: CircuitStatus.MALFORMED_MESSAGE }
    switch (request.type ?? HopMessage.Type.RESERVE) {
      case HopMessage.Type.RESERVE: {
        const answer = await this.#reserve(connection)
        this.answers.add(`RESERVE ${nameOfStatus(answer)}`)
        return answer
      }
      case HopMessage.Type.CONNECT: {
        const answer = await this.#connect(request, messages, connection, signal)
        if (answer !== undefined) this.answers.add(`CONNECT ${nameOfStatus(answer)}`)
        return answer
      }
      default:
        return { status: CircuitStatus.UNEXPECTED_MESSAGE }
    }
  }

  async #reserve({ remotePeer, remoteAddr, status }: Connection): Promise<HopMessage> {
    if (isRelayed(remoteAddr)) return { status: CircuitStatus.PERMISSION_DENIED }
    if (status !== 'open' || !this.#book.reserve(remotePeer.toString())) {
      return { status: CircuitStatus.RESERVATION_REFUSED }
    }
    const { addressManager, peerId } = this.#components
    const expire = Math.round((Date.now() + this.#options.reservationTtl) / 1_000)
    const addresses = addressManager.getAddresses().filter(address => !isRelayed(address))
    return {
      status: CircuitStatus.OK,
      reservation: {
        expire,
        addrs: addresses.map(address => address.bytes),
        voucher: await sealVoucher(peerId, this.#components.privateKey, remotePeer, expire),
      },
      ...this.#limit(),
    }
  }

  async #connect(
    { peer }: HopMessage,
    messages: MessageStream,
    { remotePeer: source, remoteAddr }: Connection,
    signal: AbortSignal,
  ): Promise<HopMessage | undefined> {
    if (isRelayed(remoteAddr)) return { status: CircuitStatus.PERMISSION_DENIED }
    const destination = readPeer(peer)
    if (destination === undefined) return { status: CircuitStatus.MALFORMED_MESSAGE }
    const called = this.#book.has(destination.toString()) ? this.#directConnection(destination) : undefined
    if (called === undefined) return { status: CircuitStatus.NO_RESERVATION }
    const free = this.#circuits.take(source.toString(), destination.toString())
    if (free === undefined) return { status: CircuitStatus.RESOURCE_LIMIT_EXCEEDED }
    let answer: Stream | undefined
    try {
      answer = await this.#call(called, source, signal)
      if (answer === undefined) return { status: CircuitStatus.CONNECTION_FAILED }
      messages.write(HopMessage, { type: HopMessage.Type.STATUS, status: CircuitStatus.OK, ...this.#limit() })
      this.answers.add('CONNECT OK')
      await joinStreams(messages.release(), answer, this.#options.limits, this.#stopped.signal)
      return undefined
    } catch (error) {
      answer?.abort(error as Error)
      throw error
    } finally {
      free()
    }
  }

  /** Asks a peer whether it takes the call; undefined when it does not, or cannot be asked. */
  async #call(connection: Connection, caller: PeerId, signal: AbortSignal): Promise<Stream | undefined> {
    let stream: Stream | undefined
    try {
      stream = await connection.newStream(STOP_PROTOCOL, { signal, maxOutboundStreams: Number.POSITIVE_INFINITY })
      const messages = new MessageStream(stream)
      messages.write(StopMessage, {
        type: StopMessage.Type.CONNECT,
        peer: { id: caller.toMultihash().bytes },
        ...this.#limit(),
      })
      const { type, status } = await messages.read(StopMessage, signal)
      if (type !== StopMessage.Type.STATUS || status !== CircuitStatus.OK) throw new Error('the call is refused')
      return messages.release()
    } catch (error) {
      stream?.abort(error as Error)
      return undefined
    }
  }

  #limit(): { readonly limit?: CircuitLimit } {
    const { data, time } = this.#options.limits
    if (data === 0 && time === 0) return {}
    return {
      limit: {
        ...(data > 0 && { data }),
        // whole seconds, and never the zero that means no limit
        ...(time > 0 && { duration: Math.ceil(time / 1_000) }),
      },
    }
  }
}

function nameOfStatus({ status }: HopMessage): string {
  return CircuitStatus[status ?? CircuitStatus.UNUSED] ?? 'UNUSED'
}

function readPeer(peer: HopMessage['peer']): PeerId | undefined {
  try {
    for (const address of peer?.addrs ?? []) multiaddr(address)
    return decodePeer(peer?.id ?? new Uint8Array()).id
  } catch {
    return undefined
  }
}

/** The relay's signed word that the reservation exists; nobody is known to read it, but the protocol has it. */
async function sealVoucher(relay: PeerId, key: PrivateKey, peer: PeerId, expiration: number): Promise<Uint8Array> {
  const body = encodeBody(ReservationVoucher, {
    relay: relay.toMultihash().bytes,
    peer: peer.toMultihash().bytes,
    expiration,
  })
  const envelope = await RecordEnvelope.seal(
    {
      domain: 'libp2p-relay-rsvp',
      codec: Uint8Array.of(0x03, 0x02),
      marshal: () => body,
      equals: () => false,
    },
    key,
  )
  return envelope.marshal()
}
