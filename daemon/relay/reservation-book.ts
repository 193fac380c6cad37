/** The reservations that a relay has given, bounded in number, each until its time is up. */
export class ReservationBook {
  readonly #limit: number
  readonly #ttl: number
  /** Peer id to the end of its reservation, by the clock that nobody sets. All live equally long: the oldest come first. */
  readonly #expires = new Map<string, number>()

  constructor(limit: number, ttl: number) {
    this.#limit = limit
    this.#ttl = ttl
  }

  get size(): number {
    this.#prune()
    return this.#expires.size
  }

  /** Makes or renews a reservation; false when there is no room. */
  reserve(peer: string): boolean {
    this.#prune()
    if (!this.#expires.delete(peer) && this.#expires.size >= this.#limit) return false
    this.#expires.set(peer, performance.now() + this.#ttl)
    return true
  }

  has(peer: string): boolean {
    return (this.#expires.get(peer) ?? 0) > performance.now()
  }

  remove(peer: string): void {
    this.#expires.delete(peer)
  }

  #prune(): void {
    const now = performance.now()
    for (const [peer, expires] of this.#expires) {
      if (expires > now) break
      this.#expires.delete(peer)
    }
  }
}
