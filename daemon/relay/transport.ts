import {
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  type Stream,
  type Transport,
  transportSymbol,
  type Upgrader,
} from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ProtocolError } from '../../proto/codec.ts'
import { CircuitStatus, HopMessage, StopMessage } from '../../proto/libp2p.ts'
import { type Dialer, withoutPeer } from '../dialer.ts'
import { MessageStream } from '../message-stream.ts'
import { decodePeer } from '../peer.ts'
import { CircuitConnection } from './circuit-connection.ts'
import { connectionLimits } from './limits.ts'
import { CircuitListener } from './listener.ts'
import { describeStatus, HOP_PROTOCOL, isRelayed, STOP_PROTOCOL, splitCircuit } from './protocol.ts'
import type { Relay } from './relay.ts'

/** How long, in ms, a caller has to say what it wants. */
const CALL_TIMEOUT = 30_000

export interface CircuitTransportComponents {
  readonly dialer: Dialer
  readonly registrar: Registrar
  readonly upgrader: Upgrader
  readonly logger: ComponentLogger
  readonly relay: Relay
}

/** Calls at once that have not proved who they are; more are refused until some have. */
const MAX_PENDING_CALLS = 256

/** Why no circuit came about, in go's words; dial errors give it as it stands. */
export class CircuitError extends Error {
  override readonly name = 'CircuitError'
}

/**
 * Connections through relays: dials `/…/p2p/R/p2p-circuit/p2p/D`, listens on `/…/p2p/R/p2p-circuit` by a reservation at R,
 * on `/p2p-circuit` by reservations at whatever relays can be found, and takes the calls that relays pass on.
 */
export class CircuitTransport implements Transport {
  readonly [Symbol.toStringTag] = 'p2pd/circuit'
  readonly [transportSymbol] = true as const
  readonly #components: CircuitTransportComponents
  readonly #stopped = new AbortController()
  #pending = 0

  constructor(components: CircuitTransportComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    await this.#components.registrar.handle(STOP_PROTOCOL, (stream, connection) => this.#answer(stream, connection), {
      maxInboundStreams: Number.POSITIVE_INFINITY,
      maxOutboundStreams: Number.POSITIVE_INFINITY,
      // refused by an answer, not by a reset
      runOnLimitedConnection: true,
    })
  }

  async stop(): Promise<void> {
    await this.#components.registrar.unhandle(STOP_PROTOCOL)
    this.#stopped.abort(new Error('the daemon is stopping'))
  }

  dialFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(isRelayed)
  }

  listenFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(isRelayed)
  }

  createListener(_options: CreateListenerOptions): Listener {
    return new CircuitListener(this.#components.relay.reservations)
  }

  /**
   * Calls a peer through a relay.
   *
   * @throws CircuitError with go's text
   */
  async dial(address: Multiaddr, { signal }: DialTransportOptions): Promise<Connection> {
    const stream = await this.#openHop(address, signal)
    const destinationId = splitCircuit(address)?.destinationId as string
    let circuit: CircuitConnection | undefined
    try {
      const messages = new MessageStream(stream)
      messages.write(HopMessage, {
        type: HopMessage.Type.CONNECT,
        peer: { id: peerIdFromString(destinationId).toMultihash().bytes },
      })
      const { type, status, limit } = await messages.read(HopMessage, signal)
      if (type !== HopMessage.Type.STATUS) {
        throw new CircuitError(`unexpected relay response; not a status message (${type ?? 0})`)
      }
      if (status !== CircuitStatus.OK) {
        throw new CircuitError(`error opening relay circuit: ${describeStatus(status)}`)
      }
      circuit = this.#circuit(messages.release(), address)
      const limits = connectionLimits(limit)
      return await this.#components.upgrader.upgradeOutbound(circuit, { signal, ...(limits && { limits }) })
    } catch (error) {
      circuit?.abort(error as Error)
      stream.abort(error as Error)
      throw error
    }
  }

  async #openHop(address: Multiaddr, signal: AbortSignal): Promise<Stream> {
    const { relay, relayId } = splitCircuit(address) ?? {}
    if (relay === undefined) {
      throw new CircuitError(`can't dial a p2p-circuit without specifying a relay: ${withoutPeer(address)}`)
    }
    if (relayId === undefined) {
      throw new CircuitError(`error parsing relay multiaddr '${relay}': invalid p2p multiaddr`)
    }
    const fail = (error: unknown, text: string): never => {
      signal.throwIfAborted()
      throw new CircuitError(`error opening hop stream to relay: ${text}`, { cause: error })
    }
    // a relay named by its id alone may be known
    const addresses = relay.getComponents().length > 1 ? [relay] : []
    const connection = await this.#components.dialer
      .connect(peerIdFromString(relayId), addresses, signal, { directly: true })
      .catch(error => fail(error, `failed to dial: ${error.message}`))
    const options = { signal, runOnLimitedConnection: true, maxOutboundStreams: Number.POSITIVE_INFINITY }
    return await connection.newStream(HOP_PROTOCOL, options).catch(error => {
      const unsupported = error.name === 'UnsupportedProtocolError'
      const reason = unsupported ? `protocols not supported: [${HOP_PROTOCOL}]` : 'stream reset'
      return fail(error, `failed to negotiate protocol: ${reason}`)
    })
  }

  /** A relay passes on a call. That its own connection is good says nothing of the caller, who proves itself next. */
  async #answer(stream: Stream, connection: Connection): Promise<void> {
    const messages = new MessageStream(stream)
    const signal = AbortSignal.any([AbortSignal.timeout(CALL_TIMEOUT), this.#stopped.signal])
    let circuit: CircuitConnection | undefined
    this.#pending += 1
    try {
      const request = await messages.read(StopMessage, signal).catch(error => {
        if (error instanceof ProtocolError) return undefined
        throw error
      })
      const caller = readCaller(request)
      if (isRelayed(connection.remoteAddr)) return await refuse(CircuitStatus.PERMISSION_DENIED)
      if (request?.type === StopMessage.Type.STATUS) return await refuse(CircuitStatus.UNEXPECTED_MESSAGE)
      if (caller === undefined) return await refuse(CircuitStatus.MALFORMED_MESSAGE)
      if (this.#pending > MAX_PENDING_CALLS) return await refuse(CircuitStatus.RESOURCE_LIMIT_EXCEEDED)
      messages.write(StopMessage, { type: StopMessage.Type.STATUS, status: CircuitStatus.OK })
      circuit = this.#circuit(messages.release(), connection.remoteAddr.encapsulate(`/p2p-circuit/p2p/${caller}`))
      const limits = connectionLimits(request?.limit)
      await this.#components.upgrader.upgradeInbound(circuit, { signal, ...(limits && { limits }) })
    } catch (error) {
      circuit?.abort(error as Error)
      stream.abort(error as Error)
    } finally {
      this.#pending -= 1
    }

    async function refuse(status: number): Promise<void> {
      messages.write(StopMessage, { type: StopMessage.Type.STATUS, status })
      await stream.close({ signal })
    }
  }

  #circuit(stream: Stream, remoteAddr: Multiaddr): CircuitConnection {
    return new CircuitConnection({ stream, remoteAddr, log: this.#components.logger.forComponent('p2pd:circuit') })
  }
}

function readCaller(request: StopMessage | undefined) {
  try {
    return decodePeer(request?.peer?.id ?? new Uint8Array()).id
  } catch {
    return undefined
  }
}
