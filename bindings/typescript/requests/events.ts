import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ConnectionInfo, Event, type IdentifyInfo, Request, type ReservationInfo } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { DaemonError } from '../errors.ts'
import { promised, toMultiaddr, toPeerId } from '../peer-info.ts'

/** A connection between the daemon and a peer. */
export interface PeerConnection {
  /** Names the connection for as long as the daemon runs. */
  readonly id: string
  readonly peer: PeerId
  /** The remote address. */
  readonly addr: Multiaddr
  readonly direction: 'inbound' | 'outbound'
  /** Protocol ids; undefined where the transport itself does it. */
  readonly security: string | undefined
  readonly muxer: string | undefined
  /** Carried by a relay. */
  readonly relayed: boolean
  readonly opened: Date | undefined
}

/** What a peer has said of itself. */
export interface PeerDescription {
  readonly peer: PeerId
  /** The id of the connection that it was said on. */
  readonly connection: string
  readonly agentVersion: string | undefined
  readonly protocolVersion: string | undefined
  readonly protocols: readonly string[]
  /** Where it listens. */
  readonly addrs: readonly Multiaddr[]
  /** What it takes for the daemon's address. */
  readonly observedAddr: Multiaddr | undefined
}

/** A slot at a relay, through which the daemon can be reached. */
export interface RelayReservation {
  readonly relay: PeerId
  /** The daemon's addresses through the relay. */
  readonly addrs: readonly Multiaddr[]
  readonly expires: Date | undefined
}

/** What each type of event comes with. */
export interface DaemonEventDetails {
  /** Everything before it is the present state, everything after it is a change. */
  'state-complete': object
  'connection-opened': { readonly connection: PeerConnection }
  'connection-closed': { readonly connection: PeerConnection }
  /** The first connection with a peer. */
  'peer-connected': { readonly peer: PeerId }
  /** There is no connection with the peer any more. */
  'peer-disconnected': { readonly peer: PeerId }
  'peer-identified': { readonly identify: PeerDescription }
  /** All the addresses that the daemon has now. */
  'addresses-changed': { readonly addrs: readonly Multiaddr[] }
  'reservation-gained': { readonly reservation: RelayReservation }
  'reservation-lost': { readonly reservation: RelayReservation }
  /** A peer that has called through a relay could not be connected to directly. */
  'stays-relayed': { readonly connection: PeerConnection; readonly reason: string }
}

export type DaemonEventType = keyof DaemonEventDetails

/** Something that has happened, told apart by `type`. */
export type DaemonEvent = {
  [Type in DaemonEventType]: { readonly type: Type; readonly time: Date } & DaemonEventDetails[Type]
}[DaemonEventType]

export interface EventsOptions extends RequestOptions {
  /** The types that are wanted; all unless given. `state-complete` comes in any case. */
  readonly types?: readonly DaemonEventType[] | undefined
}

export interface EventRequests {
  /**
   * What happens in the daemon: first the present state, as events that would have led to it, then `state-complete`, then
   * each change. It begins with the first iteration and ends with it, or when `signal` aborts, with its reason. When
   * events are not read in time the daemon gives up, and it throws a DaemonError with ERR_LIMIT: none is missing
   * without notice.
   */
  events(options?: EventsOptions): AsyncGenerator<DaemonEvent, never, undefined>
}

const TYPES: Readonly<Record<DaemonEventType, number>> = {
  'state-complete': Event.Type.STATE_COMPLETE,
  'connection-opened': Event.Type.CONNECTION_OPENED,
  'connection-closed': Event.Type.CONNECTION_CLOSED,
  'peer-connected': Event.Type.PEER_CONNECTED,
  'peer-disconnected': Event.Type.PEER_DISCONNECTED,
  'peer-identified': Event.Type.PEER_IDENTIFIED,
  'addresses-changed': Event.Type.ADDRESSES_CHANGED,
  'reservation-gained': Event.Type.RESERVATION_GAINED,
  'reservation-lost': Event.Type.RESERVATION_LOST,
  'stays-relayed': Event.Type.STAYS_RELAYED,
}

const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name as DaemonEventType]))

/** EVENTS. */
export function eventRequests(control: Control): EventRequests {
  return {
    async *events({ types = [], signal } = {}) {
      const events = { types: types.map(name => TYPES[name]) }
      const { connection } = await control.takeOver({ type: Request.Type.EVENTS, events }, { signal })
      try {
        for (;;) {
          const event = toEvent(await connection.receive('Event', { signal }))
          if (event !== undefined) yield event
        }
      } finally {
        connection.socket.destroy()
      }
    },
  }
}

/** Undefined for what a later daemon may tell and this client does not know. */
function toEvent(event: Event): DaemonEvent | undefined {
  if (event.type === Event.Type.ERROR) {
    throw new DaemonError(event.error?.msg ?? 'the daemon gave no reason', event.error?.code ?? undefined)
  }
  const type = NAMES.get(event.type)
  const time = new Date(event.time ?? Date.now())
  switch (type) {
    case undefined:
      return undefined
    case 'state-complete':
      return { type, time }
    case 'connection-opened':
    case 'connection-closed':
      return { type, time, connection: toConnection(promised(event.connection, 'a connection')) }
    case 'peer-connected':
    case 'peer-disconnected':
      return { type, time, peer: toPeerId(promised(event.peer, 'a peer')) }
    case 'peer-identified':
      return { type, time, identify: toDescription(promised(event.identify, 'an identify')) }
    case 'addresses-changed':
      return { type, time, addrs: (event.addrs ?? []).map(toMultiaddr) }
    case 'reservation-gained':
    case 'reservation-lost':
      return { type, time, reservation: toReservation(promised(event.reservation, 'a reservation')) }
    case 'stays-relayed': {
      const connection = toConnection(promised(event.connection, 'a connection'))
      return { type, time, connection, reason: event.error?.msg ?? '' }
    }
  }
}

function toConnection(info: ConnectionInfo): PeerConnection {
  const { id, peer, addr, direction, security, muxer, relayed, opened } = info
  return {
    id,
    peer: toPeerId(peer),
    addr: toMultiaddr(addr),
    direction: direction === ConnectionInfo.Direction.INBOUND ? 'inbound' : 'outbound',
    security: security ?? undefined,
    muxer: muxer ?? undefined,
    relayed: relayed ?? false,
    opened: toDate(opened),
  }
}

function toDescription(info: IdentifyInfo): PeerDescription {
  const { peer, connection, agentVersion, protocolVersion, protos, addrs, observedAddr } = info
  return {
    peer: toPeerId(peer),
    connection,
    agentVersion: agentVersion ?? undefined,
    protocolVersion: protocolVersion ?? undefined,
    protocols: protos ?? [],
    addrs: (addrs ?? []).map(toMultiaddr),
    observedAddr: observedAddr?.length ? toMultiaddr(observedAddr) : undefined,
  }
}

function toReservation({ relay, addrs, expires }: ReservationInfo): RelayReservation {
  return { relay: toPeerId(relay), addrs: (addrs ?? []).map(toMultiaddr), expires: toDate(expires) }
}

function toDate(time: number | null | undefined): Date | undefined {
  return time == null ? undefined : new Date(time)
}
