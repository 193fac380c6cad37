/** How long, in ms, the first bytes of a stream may wait for room before we ask who keeps it from them. */
const PATIENCE = 5_000

/**
 * What all streams of one connection share: the window that the remote grants to the connection as a whole. The native
 * part resets no stream while one of its writes waits for that window. So streams that are dead here can hold all of it, with
 * bytes that nobody will ever read, and their own resets, which would give it back, never leave: nothing more can be sent.
 */
export class SendWindow {
  readonly #giveUp: () => void
  #resets = 0
  #writes = 0

  /** @param giveUp closes the connection */
  constructor(giveUp: () => void) {
    this.#giveUp = giveUp
  }

  /** Counts a reset until it has left. */
  resetting(reset: Promise<void>): void {
    this.#resets += 1
    const left = (): void => {
      this.#resets -= 1
    }
    reset.then(left, left)
  }

  /** Some write has found room. */
  written(): void {
    this.#writes += 1
  }

  /** Watches the first write of a stream, whose own window is open for certain: should it wait, then for the connection's. */
  watch(first: Promise<void>): void {
    const before = this.#writes
    const timer = setTimeout(() => {
      if (this.#resets > 0 && this.#writes === before) this.#giveUp()
    }, PATIENCE)
    const done = (): void => clearTimeout(timer)
    first.then(done, done)
  }
}
