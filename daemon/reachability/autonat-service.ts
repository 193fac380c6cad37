import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { Registrar, TransportManager } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ProtocolError } from '../../proto/codec.ts'
import { AutoNatMessage } from '../../proto/libp2p.ts'
import { type Dialer, withoutPeer } from '../dialer.ts'
import type { Log } from '../log.ts'
import { MessageStream } from '../message-stream.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import { decodePeer } from '../peer.ts'
import { Tally } from '../tally.ts'
import { withObservedIp } from './observed-ip.ts'
import { RateLimit } from './rate-limit.ts'

export const AUTONAT_PROTOCOL = '/libp2p/autonat/1.0.0'

/** How long, in ms, a peer has to ask, and dialling it back may take; go's limits. */
const REQUEST_TIMEOUT = 30_000
const DIAL_TIMEOUT = 15_000

/** Dials in a minute, in all and for one peer; go's limits. */
const MAX_DIALS = 30
const MAX_DIALS_PER_PEER = 3
const DIALS_PERIOD = 60_000

const { Type, Status } = AutoNatMessage
type Answer = NonNullable<AutoNatMessage['dialResponse']>

export interface AutoNatServiceComponents {
  readonly registrar: Registrar
  readonly transportManager: TransportManager
  readonly dialer: Dialer
}

/**
 * Tells peers whether they can be reached, by dialling them back: AutoNAT v1.
 *
 * js-libp2p's own service refuses private addresses, and takes the connection over which it was asked for the one it
 * should make. As the only IP dialled is the one that the peer comes from, private ones do no harm.
 */
export class AutoNatService {
  readonly #components: AutoNatServiceComponents
  readonly #log: Log
  readonly #dials = new RateLimit(MAX_DIALS, MAX_DIALS_PER_PEER, DIALS_PERIOD)
  readonly #stopped = new AbortController()
  /** What peers were told, by status. */
  readonly answers = new Tally()

  constructor(components: AutoNatServiceComponents, log: Log) {
    this.#components = components
    this.#log = log
  }

  async start(): Promise<void> {
    await this.#components.registrar.handle(AUTONAT_PROTOCOL, (stream, connection) => this.#serve(stream, connection))
  }

  async stop(): Promise<void> {
    await this.#components.registrar.unhandle(AUTONAT_PROTOCOL)
    this.#stopped.abort(new Error('the daemon is stopping'))
  }

  async #serve(stream: Stream, connection: Connection): Promise<void> {
    const messages = new MessageStream(stream)
    const signal = AbortSignal.any([AbortSignal.timeout(REQUEST_TIMEOUT), this.#stopped.signal])
    try {
      const request = await messages.read(AutoNatMessage, signal).catch(error => {
        if (error instanceof ProtocolError) return {}
        throw error
      })
      const dialResponse = await this.#answer(request, connection)
      this.answers.add(Status[dialResponse.status ?? 0] ?? 'UNKNOWN')
      this.#log.debug(`told ${connection.remotePeer} whether it can be reached: ${Status[dialResponse.status ?? 0]}`)
      messages.write(AutoNatMessage, { type: Type.DIAL_RESPONSE, dialResponse })
      await stream.close({ signal })
    } catch (error) {
      stream.abort(error as Error)
    }
  }

  async #answer({ type, dial }: AutoNatMessage, { remotePeer, remoteAddr }: Connection): Promise<Answer> {
    if (type !== Type.DIAL || !dial) return { status: Status.E_BAD_REQUEST, statusText: 'expected DIAL message' }
    if (!dial.peer) return { status: Status.E_BAD_REQUEST, statusText: 'missing peer info' }
    const peer = attempt(() => decodePeer(dial.peer?.id ?? new Uint8Array()).id)
    if (peer === undefined) return { status: Status.E_BAD_REQUEST, statusText: 'bad peer id' }
    if (!peer.equals(remotePeer)) return { status: Status.E_BAD_REQUEST, statusText: 'peer id mismatch' }
    const given = (dial.peer.addrs ?? []).map(bytes => attempt(() => decodeMultiaddr(bytes)))
    const addresses = withObservedIp(
      given.filter(address => address !== undefined),
      remoteAddr,
    ).filter(address => this.#components.transportManager.dialTransportForMultiaddr(address) !== undefined)
    if (addresses.length === 0) return { status: Status.E_DIAL_ERROR, statusText: 'no dialable addresses' }
    if (!this.#dials.take(peer.toString())) return { status: Status.E_DIAL_REFUSED, statusText: 'too many dials' }
    return this.#dialBack(peer, addresses)
  }

  /** The first address that answers is enough, and the connection is not kept. */
  async #dialBack(peer: PeerId, addresses: readonly Multiaddr[]): Promise<Answer> {
    const signal = AbortSignal.any([AbortSignal.timeout(DIAL_TIMEOUT), this.#stopped.signal])
    try {
      const connection = await this.#components.dialer.connectAfresh(peer, addresses, signal)
      connection.close().catch(error => connection.abort(error))
      return { status: Status.OK, addr: withoutPeer(connection.remoteAddr).bytes }
    } catch {
      return { status: Status.E_DIAL_ERROR, statusText: 'dial failed' }
    }
  }
}

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}
