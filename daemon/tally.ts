/** Counts by name, for whoever looks at it: metrics when they are scraped. Names must be few: nobody else bounds them. */
export class Tally implements Iterable<readonly [name: string, count: number]> {
  readonly #counts = new Map<string, number>()

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  [Symbol.iterator](): Iterator<readonly [string, number]> {
    return this.#counts[Symbol.iterator]()
  }
}
