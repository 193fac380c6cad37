import type { PeerId, PeerStore } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { withPeer } from '../peer-address.ts'

/** Peers whose addresses are kept at hand. */
const MAX_PEERS = 4_096

const WRITES = ['save', 'patch', 'merge', 'delete'] as const

/**
 * The addresses that the peer store has of peers. Reading them there takes a lock, a database and a parser, and a DHT server
 * needs those of twenty peers for each answer: what was read last is kept, for as long as nobody writes about that peer.
 */
export class StoredAddresses {
  readonly #store: PeerStore
  readonly #read = new Map<string, readonly Multiaddr[]>()
  /** Counts what might have made something outdated that is being read meanwhile. */
  #writes = 0

  constructor(store: PeerStore) {
    this.#store = store
    for (const method of WRITES) {
      const write = store[method] as (id: PeerId, ...rest: unknown[]) => Promise<never>
      store[method] = async (id: PeerId, ...rest: unknown[]) => {
        this.#forget(id)
        return write.call(store, id, ...rest).finally(() => this.#forget(id))
      }
    }
  }

  /** Each with the peer's id at its end; none that names another. */
  async get(peer: PeerId): Promise<readonly Multiaddr[]> {
    const key = peer.toString()
    const kept = this.#read.get(key)
    if (kept !== undefined) return kept
    const writes = this.#writes
    const stored = await this.#store.get(peer).catch(() => undefined)
    const addresses = (stored?.addresses ?? [])
      .map(({ multiaddr }) => withPeer(multiaddr, peer))
      .filter(address => address !== undefined)
    if (writes !== this.#writes) return addresses
    if (this.#read.size >= MAX_PEERS) this.#read.clear()
    this.#read.set(key, addresses)
    return addresses
  }

  #forget(peer: PeerId): void {
    this.#writes += 1
    this.#read.delete(peer.toString())
  }
}
