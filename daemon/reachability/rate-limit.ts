/** Lets so many through in a period, in all and for each name. */
export class RateLimit {
  readonly #limit: number
  readonly #limitPerName: number
  readonly #period: number
  readonly #counts = new Map<string, number>()
  #total = 0
  #since = performance.now()

  constructor(limit: number, limitPerName: number, period: number) {
    this.#limit = limit
    this.#limitPerName = limitPerName
    this.#period = period
  }

  /** Counts one more; false when it is too many. */
  take(name: string): boolean {
    if (performance.now() - this.#since >= this.#period) {
      this.#since = performance.now()
      this.#total = 0
      this.#counts.clear()
    }
    const count = this.#counts.get(name) ?? 0
    if (this.#total >= this.#limit || count >= this.#limitPerName) return false
    this.#total += 1
    this.#counts.set(name, count + 1)
    return true
  }
}
