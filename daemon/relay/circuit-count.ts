/** Counts the circuits through a relay, in all and by peer at either end, against their limits; 0 means no limit. */
export class CircuitCount {
  readonly #limit: number
  readonly #limitPerPeer: number
  readonly #byPeer = new Map<string, number>()
  #total = 0

  constructor(limit: number, limitPerPeer: number) {
    this.#limit = limit
    this.#limitPerPeer = limitPerPeer
  }

  get total(): number {
    return this.#total
  }

  /** Takes a place for one circuit between the peers, and gives what frees it; undefined when a limit is reached. */
  take(...peers: readonly string[]): (() => void) | undefined {
    if (this.#limit > 0 && this.#total >= this.#limit) return undefined
    if (this.#limitPerPeer > 0 && peers.some(peer => (this.#byPeer.get(peer) ?? 0) >= this.#limitPerPeer))
      return undefined
    this.#add(peers, 1)
    return () => this.#add(peers, -1)
  }

  #add(peers: readonly string[], change: number): void {
    this.#total += change
    for (const peer of peers) {
      const count = (this.#byPeer.get(peer) ?? 0) + change
      if (count === 0) this.#byPeer.delete(peer)
      else this.#byPeer.set(peer, count)
    }
  }
}
