import type { Connection, ConnectionLimits, PeerId } from '@libp2p/interface'
import { CODE_P2P, type Multiaddr } from '@multiformats/multiaddr'
import { CircuitStatus, type Reservation as Granted, HopMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import { connectionLimits } from './limits.ts'
import { describeStatus, HOP_PROTOCOL, isRelayed } from './protocol.ts'

/** A relay's promise to pass on calls to this peer. */
export interface Reservation {
  readonly relay: PeerId
  /** Where this peer can be called: the relay's addresses, each with `/p2p/<relay>/p2p-circuit` at its end. */
  readonly addresses: readonly Multiaddr[]
  /** When it ends unless it is renewed, by the relay's clock. */
  readonly expires: Date
  /** What each call may use; undefined: anything. */
  readonly limits: ConnectionLimits | undefined
}

/** The last moment, in ms, that a date can express; a relay may name any number. */
const LATEST_DATE = 8.64e15

/** The relay has answered, and the answer is no. */
export class ReservationRefused extends Error {
  override readonly name = 'ReservationRefused'
}

/**
 * Asks a relay for a reservation, or to renew the one it has given.
 *
 * @throws ReservationRefused; Error when the relay cannot be asked or answers nonsense
 */
export async function reserve(connection: Connection, signal: AbortSignal): Promise<Reservation> {
  if (isRelayed(connection.remoteAddr)) throw new Error('the relay itself is connected through a relay')
  const relay = connection.remotePeer
  const stream = await connection.newStream(HOP_PROTOCOL, { signal })
  try {
    const messages = new MessageStream(stream)
    messages.write(HopMessage, { type: HopMessage.Type.RESERVE })
    const { type, status, reservation, limit } = await messages.read(HopMessage, signal)
    if (type !== HopMessage.Type.STATUS) throw new Error('unexpected relay response; not a status message')
    if (status !== CircuitStatus.OK) throw new ReservationRefused(`reservation refused: ${describeStatus(status)}`)
    if (!reservation?.expire) throw new Error('the relay did not say how long the reservation lasts')
    await stream.close({ signal })
    return {
      relay,
      addresses: relayAddresses(relay, reservation, connection),
      expires: new Date(Math.min(reservation.expire * 1_000, LATEST_DATE)),
      limits: connectionLimits(limit),
    }
  } catch (error) {
    stream.abort(error as Error)
    throw error
  }
}

/** A relay may name any number of addresses; so many are believed. */
const MAX_ADDRESSES = 16

/**
 * What the relay says of itself, and where it was really reached: go's relay leaves private addresses out, and says
 * nothing of some others.
 */
function relayAddresses(relay: PeerId, { addrs }: Granted, { direction, remoteAddr }: Connection): Multiaddr[] {
  const named = (addrs ?? []).slice(0, MAX_ADDRESSES).map(bytes => {
    try {
      return decodeMultiaddr(bytes)
    } catch {
      return undefined
    }
  })
  const all = [...(direction === 'outbound' ? [remoteAddr] : []), ...named]
  const circuits = all
    .filter(address => address !== undefined && !isRelayed(address))
    .map(address => withRelay(address as Multiaddr, relay))
    .filter(address => address !== undefined)
  return [...new Map(circuits.map(address => [address.toString(), address])).values()]
}

/** `…/p2p/<relay>/p2p-circuit`; undefined when the address is another peer's. go has been seen to repeat its id. */
function withRelay(address: Multiaddr, relay: PeerId): Multiaddr | undefined {
  const ids = address.getComponents().filter(({ code }) => code === CODE_P2P)
  if (ids.some(({ value }) => value !== relay.toString())) return undefined
  const plain = ids.reduce(rest => rest.decapsulateCode(CODE_P2P), address)
  return plain.encapsulate(`/p2p/${relay}/p2p-circuit`)
}
