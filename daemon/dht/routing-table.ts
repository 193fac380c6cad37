import type { PeerId } from '@libp2p/interface'
import { commonPrefixLength, compareDistance, type KadId, kadId } from './keyspace.ts'

/** Peers kept for each distance, and peers that a lookup starts from and ends with: Kademlia's k, as in go. */
export const BUCKET_SIZE = 20

/** A peer of the table. */
export interface Entry {
  readonly peer: PeerId
  readonly id: KadId
}

/**
 * The DHT servers that this daemon knows: those that told it so themselves and have answered ever since.
 *
 * Peers are put into buckets by how many leading bits they share with this daemon, so that those close by, of whom
 * there are few, are all known. A full bucket takes a new peer only in place of one that is no longer connected.
 */
export class RoutingTable {
  readonly self: KadId
  readonly #isConnected: (peer: PeerId) => boolean
  readonly #buckets = new Map<number, Map<string, Entry>>()

  constructor(self: PeerId, isConnected: (peer: PeerId) => boolean) {
    this.self = kadId(self.toMultihash().bytes)
    this.#isConnected = isConnected
  }

  get size(): number {
    let size = 0
    for (const bucket of this.#buckets.values()) size += bucket.size
    return size
  }

  has(peer: PeerId): boolean {
    const bits = commonPrefixLength(this.self, kadId(peer.toMultihash().bytes))
    return this.#buckets.get(bits)?.has(peer.toString()) ?? false
  }

  /** The buckets with peers in them, by the leading bits shared with this daemon: the farthest ones first. */
  get buckets(): readonly (readonly [bits: number, entries: readonly Entry[]])[] {
    return [...this.#buckets].map(([bits, bucket]) => [bits, [...bucket.values()]] as const).sort(([a], [b]) => a - b)
  }

  /** Takes a peer in, or has it already, unless its bucket is full of connected ones. */
  add(peer: PeerId): void {
    const id = kadId(peer.toMultihash().bytes)
    const bits = commonPrefixLength(this.self, id)
    // every bit in common: that is this daemon
    if (bits === id.length * 8) return
    const key = peer.toString()
    const bucket = this.#buckets.get(bits) ?? new Map<string, Entry>()
    if (!bucket.has(key) && bucket.size >= BUCKET_SIZE) {
      const idle = [...bucket].find(([, entry]) => !this.#isConnected(entry.peer))
      if (idle === undefined) return
      bucket.delete(idle[0])
    }
    bucket.set(key, { peer, id })
    this.#buckets.set(bits, bucket)
  }

  /** Forgets a peer that no longer serves, or does not answer. */
  remove(peer: PeerId): void {
    const bits = commonPrefixLength(this.self, kadId(peer.toMultihash().bytes))
    const bucket = this.#buckets.get(bits)
    bucket?.delete(peer.toString())
    if (bucket?.size === 0) this.#buckets.delete(bits)
  }

  /** The peers closest to a place, closest first. */
  nearest(target: KadId, count = BUCKET_SIZE): Entry[] {
    return [...this.#buckets.values()]
      .flatMap(bucket => [...bucket.values()])
      .sort((a, b) => compareDistance(target, a.id, b.id))
      .slice(0, count)
  }
}
