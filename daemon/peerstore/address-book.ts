import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { LimitError } from '../limits/limit-error.ts'
import { withPeer } from '../peer-address.ts'
import { steadyNow } from '../steady-clock.ts'

/** Peers that clients may have the daemon keep, and addresses of one peer that it remembers. */
const MAX_KEPT_PEERS = 8_192
const MAX_ADDRESSES = 128

/** Peers of whom CONNECT alone has named addresses; the oldest are forgotten. */
const MAX_REMEMBERED_PEERS = 16_384

/** An address that a client has given, and until when it counts, by the steady clock; for ever is infinity. */
export interface GivenAddress {
  /** Ends with the peer's id. */
  readonly address: Multiaddr
  readonly expires: number
}

/** What clients have said of one peer. */
export interface GivenRecord {
  readonly peer: PeerId
  readonly addresses: readonly GivenAddress[]
  /** How long the peer is kept even without an address, by the steady clock. */
  readonly until: number
}

interface Entry {
  readonly peer: PeerId
  /** By text. */
  addresses: ReadonlyMap<string, GivenAddress>
  /** A client has asked to keep it, and did not only connect to it. */
  kept: boolean
  until: number
}

/**
 * The addresses of peers that clients have given: for a while with CONNECT, for as long as they like with PEERSTORE.
 *
 * libp2p's own peer store cannot hold them: it forgets them as soon as the peer says which ones are its own. A peer can
 * also be kept without an address, so that nothing a client has stored is crowded out by what strangers say.
 */
export class AddressBook {
  readonly #entries = new Map<string, Entry>()
  #kept = 0
  /** Is told of every change of a kept peer; undefined: it is one no longer. */
  onChange: (peer: PeerId, record: GivenRecord | undefined) => void = () => {}

  /** Puts back what was known in an earlier run. */
  restore({ peer, addresses, until }: GivenRecord): void {
    const known = new Map(addresses.map(given => [given.address.toString(), given]))
    this.#entries.set(peer.toString(), { peer, addresses: known, kept: true, until })
    this.#kept += 1
  }

  /** The addresses that count now, the latest first. */
  get(peer: PeerId): readonly GivenAddress[] {
    return [...live(this.#entries.get(peer.toString())).values()]
  }

  /** Whether the peer is known here at all, be it without an address. */
  has(peer: PeerId): boolean {
    const entry = this.#entries.get(peer.toString())
    return entry !== undefined && counts(entry)
  }

  /** Whether a client wants the peer to be kept. */
  keeps(peer: PeerId): boolean {
    const entry = this.#entries.get(peer.toString())
    return entry?.kept === true && counts(entry)
  }

  /** All peers of whom something is known here. */
  peers(): PeerId[] {
    return [...this.#entries.values()].filter(counts).map(({ peer }) => peer)
  }

  /**
   * Remembers addresses that came with a request to connect.
   *
   * @param ttl in ms
   * @returns all that clients have given and that still count, with the peer's id; those that name another peer do not
   */
  remember(peer: PeerId, addresses: readonly Multiaddr[], ttl: number): readonly Multiaddr[] {
    const given = addresses.map(address => withPeer(address, peer)).filter(address => address !== undefined)
    const entry = this.#entry(peer)
    const merged = merge(entry, given, steadyNow() + ttl)
    if (given.length > 0) {
      entry.addresses = longestLived(merged)
      this.#putLast(entry)
      this.#forgetOldest()
    }
    return [...merged.values()].map(({ address }) => address)
  }

  /**
   * Keeps a peer, and addresses of it; one that is known already is kept for the longer time.
   *
   * @param addresses end with the peer's id
   * @param expires until when the addresses count, by the steady clock
   * @param until how long the peer is kept even without an address; 0: not at all
   * @throws LimitError
   */
  keep(peer: PeerId, addresses: readonly Multiaddr[], expires: number, until: number): void {
    const entry = this.#entry(peer)
    const merged = merge(entry, addresses, expires)
    if (merged.size > MAX_ADDRESSES) throw new LimitError(MAX_ADDRESSES, 'addresses of a peer')
    if (!entry.kept) {
      if (this.#kept >= MAX_KEPT_PEERS) this.sweep()
      if (this.#kept >= MAX_KEPT_PEERS) throw new LimitError(MAX_KEPT_PEERS, 'peers to keep')
      this.#kept += 1
      entry.kept = true
    }
    entry.addresses = merged
    entry.until = Math.max(entry.until, until)
    this.#putLast(entry)
    this.#changed(entry)
  }

  /** Forgets addresses of a peer, given with its id. */
  remove(peer: PeerId, addresses: readonly Multiaddr[]): void {
    const entry = this.#entries.get(peer.toString())
    if (entry === undefined) return
    const left = new Map(entry.addresses)
    for (const address of addresses) left.delete(address.toString())
    entry.addresses = left
    this.#changed(entry)
  }

  /** Forgets the peer. */
  delete(peer: PeerId): void {
    const key = peer.toString()
    const entry = this.#entries.get(key)
    this.#entries.delete(key)
    if (!entry?.kept) return
    this.#kept -= 1
    this.onChange(peer, undefined)
  }

  /** Lets go of what has expired. */
  sweep(): void {
    for (const entry of this.#entries.values()) {
      if (counts(entry)) entry.addresses = live(entry)
      else this.delete(entry.peer)
    }
  }

  #entry(peer: PeerId): Entry {
    return this.#entries.get(peer.toString()) ?? { peer, addresses: new Map(), kept: false, until: 0 }
  }

  /** Entries are ordered by when they were last given something. */
  #putLast(entry: Entry): void {
    const key = entry.peer.toString()
    this.#entries.delete(key)
    this.#entries.set(key, entry)
  }

  #forgetOldest(): void {
    if (this.#entries.size - this.#kept <= MAX_REMEMBERED_PEERS) return
    const oldest = this.#entries.values().find(({ kept }) => !kept)
    if (oldest !== undefined) this.delete(oldest.peer)
  }

  #changed(entry: Entry): void {
    if (!entry.kept) return
    const { peer, addresses, until } = entry
    if (counts(entry)) this.onChange(peer, { peer, addresses: [...addresses.values()], until })
    else this.delete(peer)
  }
}

/** Whether there is still anything to know of it. */
function counts(entry: Entry): boolean {
  return entry.until > steadyNow() || live(entry).size > 0
}

function live(entry: Entry | undefined): ReadonlyMap<string, GivenAddress> {
  const now = steadyNow()
  return new Map(entry?.addresses.entries().filter(([, { expires }]) => expires > now))
}

/** What is given now comes first. */
function merge(entry: Entry, given: readonly Multiaddr[], expires: number): ReadonlyMap<string, GivenAddress> {
  const known = live(entry)
  const merged = new Map<string, GivenAddress>()
  for (const address of given) {
    const text = address.toString()
    merged.set(text, { address, expires: Math.max(expires, known.get(text)?.expires ?? 0) })
  }
  for (const [text, address] of known) if (!merged.has(text)) merged.set(text, address)
  return merged
}

/** As many as may be remembered. */
function longestLived(addresses: ReadonlyMap<string, GivenAddress>): ReadonlyMap<string, GivenAddress> {
  if (addresses.size <= MAX_ADDRESSES) return addresses
  const byExpiry = [...addresses].sort(([, a], [, b]) => (b.expires > a.expires ? 1 : -1))
  return new Map(byExpiry.slice(0, MAX_ADDRESSES))
}
