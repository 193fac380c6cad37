import { EventEmitter } from 'node:events'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { CODE_P2P, type Multiaddr } from '@multiformats/multiaddr'
import { Hold, type HoldEvents, type HoldPolicy } from './hold.ts'
import type { Wanted } from './listener.ts'
import type { Reservation } from './reserve.ts'
import { RelaySearch, type SearchComponents, type SearchOptions } from './search.ts'

/** As of one relay, with the relay that failed. */
export interface ReservationEvents extends Omit<HoldEvents, 'failed'> {
  failed: [relay: PeerId, reason: Error]
}

/**
 * The reservations that this daemon holds at relays.
 *
 * `gained` comes with each new one and `lost` when it is gone; a renewal is no event, a changed address is a loss and a
 * gain. `list()` is the present state: whoever subscribes and then reads it misses nothing.
 */
export class Reservations extends EventEmitter<ReservationEvents> {
  readonly #components: SearchComponents
  readonly #options: Omit<SearchOptions, 'relays'>
  readonly #named: SearchOptions['relays']
  readonly #holds = new Map<string, Hold>()
  readonly #searches = new Set<RelaySearch>()

  /** @throws Error `invalid p2p multiaddr` when one of the relays' addresses does not say who the relay is */
  constructor(components: SearchComponents, options: Omit<SearchOptions, 'relays'>, relays: readonly Multiaddr[]) {
    super()
    this.setMaxListeners(0)
    this.#components = components
    this.#options = options
    this.#named = relays.map(address => ({ peer: relayId(address), address }))
  }

  /** All that are held right now. */
  list(): readonly Reservation[] {
    return [...this.#holds.values()]
      .map(({ reservation }) => reservation)
      .filter(reservation => reservation !== undefined)
  }

  /**
   * Reserves at this relay, for ever until it is released.
   *
   * @throws Error `invalid p2p multiaddr` when the address does not say who the relay is
   */
  hold(address: Multiaddr): Wanted {
    const hold = this.#hold(relayId(address), [address], 'always')
    return {
      settled: hold.settled,
      addresses: () => hold.reservation?.addresses ?? [],
      release: () => hold.release(),
    }
  }

  /** Reserves at relays that are known or turn up, until it is released. */
  search(): Wanted {
    const options = { ...this.#options, relays: this.#named }
    const search = new RelaySearch(this.#components, options, (peer, addresses) => this.#hold(peer, addresses, 'once'))
    this.#searches.add(search)
    return search
  }

  stop(): void {
    for (const search of this.#searches) search.release()
    for (const hold of this.#holds.values()) hold.end()
  }

  #hold(peer: PeerId, addresses: readonly Multiaddr[], policy: HoldPolicy): Hold {
    const key = peer.toString()
    const running = this.#holds.get(key)
    if (running !== undefined) return running.share(addresses, policy)
    const hold = new Hold(this.#components.dialer, peer, addresses, policy)
    this.#holds.set(key, hold)
    hold.on('gained', reservation => this.emit('gained', reservation))
    hold.on('lost', (reservation, reason) => this.emit('lost', reservation, reason))
    hold.on('failed', reason => this.emit('failed', hold.relay, reason))
    void hold.over.then(() => this.#holds.delete(key))
    return hold
  }
}

/** @throws Error with go's text when the address does not end in the relay's id */
export function relayId(address: Multiaddr): PeerId {
  const last = address.getComponents().at(-1)
  if (last?.code !== CODE_P2P || last.value === undefined) throw new Error('invalid p2p multiaddr')
  return peerIdFromString(last.value)
}
