import type { Log } from '../log.ts'

/** For this long, in ms, after a warning more of its kind are only counted. */
const QUIET = 10_000

/** Warns of what can happen thousands of times a second: at once the first time, then how often it was since. */
export class RepeatedWarning {
  readonly #log: Log
  #suppressed = 0
  #quietUntil = Number.NEGATIVE_INFINITY

  constructor(log: Log) {
    this.#log = log
  }

  warn(message: string, fields: Parameters<Log['warn']>[1] = {}): void {
    const now = performance.now()
    if (now < this.#quietUntil) {
      this.#suppressed += 1
      return
    }
    this.#log.warn(message, this.#suppressed === 0 ? fields : { ...fields, 'more like this before': this.#suppressed })
    this.#suppressed = 0
    this.#quietUntil = now + QUIET
  }
}
