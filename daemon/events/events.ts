import type { Connection, IdentifyResult, Libp2p, PeerId } from '@libp2p/interface'
import { Event } from '../../proto/codec.ts'
import type { HolePunching } from '../relay/hole-punching.ts'
import type { Reservations } from '../relay/reservations.ts'
import { describeConnection, describeIdentify, describePeer, describeReservation, toBytes } from './event.ts'

export type EventListener = (event: Event) => void

/** What it watches of a libp2p node. */
export type WatchedNode = Pick<Libp2p, 'addEventListener' | 'getMultiaddrs'>

const { Type } = Event

/**
 * Everything that happens to the daemon's connections, peers and addresses, for whoever listens, and the state that all
 * of it has led to. Both are of one piece: who takes the state and listens in the same turn misses nothing and hears
 * nothing twice. Connections are followed from the start, because js-libp2p tells of some things out of order.
 */
export class Events {
  readonly #node: WatchedNode
  readonly #reservations: Pick<Reservations, 'list' | 'on'>
  /** The open connections, with what the peer has said of itself on them. */
  readonly #connections = new Map<Connection, IdentifyResult | undefined>()
  /** How many connections each peer has. */
  readonly #peers = new Map<string, number>()
  readonly #listeners = new Set<EventListener>()
  #addresses = ''

  constructor(
    node: WatchedNode,
    reservations: Pick<Reservations, 'list' | 'on'>,
    holePunching?: Pick<HolePunching, 'on'>,
  ) {
    this.#node = node
    this.#reservations = reservations
    node.addEventListener('connection:open', ({ detail }) => this.#opened(detail))
    node.addEventListener('connection:close', ({ detail }) => this.#closed(detail))
    node.addEventListener('peer:identify', ({ detail }) => this.#identified(detail))
    for (const change of ['self:peer:update', 'transport:listening', 'transport:close'] as const) {
      node.addEventListener(change, () => this.#compareAddresses())
    }
    holePunching?.on('failed', (connection, { message }) => {
      this.#emit({ type: Type.STAYS_RELAYED, connection: describeConnection(connection), error: { msg: message } })
    })
    reservations.on('gained', reservation => {
      this.#emit({ type: Type.RESERVATION_GAINED, reservation: describeReservation(reservation) })
      this.#compareAddresses()
    })
    reservations.on('lost', reservation => {
      this.#emit({ type: Type.RESERVATION_LOST, reservation: describeReservation(reservation) })
      this.#compareAddresses()
    })
  }

  /** How many listen. */
  get listeners(): number {
    return this.#listeners.size
  }

  /** Calls the listener with every event until the function that is returned is called. */
  listen(listener: EventListener): () => void {
    if (this.#listeners.size === 0) this.#addresses = this.#currentAddresses()
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The events that would have led to the present state, closed by STATE_COMPLETE. */
  state(): Event[] {
    const peers = new Set<string>()
    const connections = [...this.#connections].flatMap(([connection, result]) => {
      const { remotePeer } = connection
      const events: Event[] = [{ type: Type.CONNECTION_OPENED, connection: describeConnection(connection) }]
      if (!peers.has(remotePeer.toString())) events.push({ type: Type.PEER_CONNECTED, ...describePeer(remotePeer) })
      peers.add(remotePeer.toString())
      if (result !== undefined) events.push({ type: Type.PEER_IDENTIFIED, identify: describeIdentify(result) })
      return events
    })
    const reservations = this.#reservations
      .list()
      .map(reservation => ({ type: Type.RESERVATION_GAINED, reservation: describeReservation(reservation) }))
    const time = Date.now()
    return [
      ...connections,
      ...reservations,
      { type: Type.ADDRESSES_CHANGED, addrs: toBytes(this.#node.getMultiaddrs()) },
      { type: Type.STATE_COMPLETE },
    ].map(event => ({ ...event, time }))
  }

  #opened(connection: Connection): void {
    // closed while it was being set up, it will never be said to close
    if (connection.status !== 'open') return
    this.#connections.set(connection, undefined)
    this.#emit({ type: Type.CONNECTION_OPENED, connection: describeConnection(connection) })
    this.#count(connection.remotePeer, 1)
  }

  #closed(connection: Connection): void {
    if (!this.#connections.delete(connection)) return
    this.#emit({ type: Type.CONNECTION_CLOSED, connection: describeConnection(connection) })
    this.#count(connection.remotePeer, -1)
  }

  #count(peer: PeerId, change: 1 | -1): void {
    const key = peer.toString()
    const count = (this.#peers.get(key) ?? 0) + change
    if (count === 0) this.#peers.delete(key)
    else this.#peers.set(key, count)
    if (count === 0) this.#emit({ type: Type.PEER_DISCONNECTED, ...describePeer(peer) })
    if (count === 1 && change === 1) this.#emit({ type: Type.PEER_CONNECTED, ...describePeer(peer) })
  }

  #identified(result: IdentifyResult): void {
    // an answer can outlive its connection
    if (!this.#connections.has(result.connection)) return
    this.#connections.set(result.connection, result)
    this.#emit({ type: Type.PEER_IDENTIFIED, identify: describeIdentify(result) })
  }

  #compareAddresses(): void {
    if (this.#listeners.size === 0) return
    const addresses = this.#currentAddresses()
    if (addresses === this.#addresses) return
    this.#addresses = addresses
    this.#emit({ type: Type.ADDRESSES_CHANGED, addrs: toBytes(this.#node.getMultiaddrs()) })
  }

  #currentAddresses(): string {
    return this.#node.getMultiaddrs().join()
  }

  #emit(event: Event): void {
    if (this.#listeners.size === 0) return
    const timed = { ...event, time: Date.now() }
    for (const listener of this.#listeners) listener(timed)
  }
}
