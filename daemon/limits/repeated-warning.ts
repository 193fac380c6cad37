import type { Log } from '../log.ts'

/** For this long, in ms, after as many warnings as may come at once, more of their kind are only counted. */
const QUIET = 10_000

/** Warns of what can happen thousands of times a second: at once the first times, then how often it was since. */
export class RepeatedWarning {
  readonly #log: Log
  readonly #burst: number
  #written = 0
  #suppressed = 0
  #since = Number.NEGATIVE_INFINITY

  /** @param burst how many are written within ten seconds */
  constructor(log: Log, burst = 1) {
    this.#log = log
    this.#burst = burst
  }

  warn(message: string, fields: Parameters<Log['warn']>[1] = {}): void {
    const now = performance.now()
    if (now >= this.#since + QUIET) {
      this.#since = now
      this.#written = 0
    }
    if (this.#written === this.#burst) {
      this.#suppressed += 1
      return
    }
    this.#written += 1
    this.#log.warn(message, this.#suppressed === 0 ? fields : { ...fields, 'more like this before': this.#suppressed })
    this.#suppressed = 0
  }
}
