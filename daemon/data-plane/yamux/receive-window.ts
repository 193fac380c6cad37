/** The window that each side has at the start, in bytes: fixed by the protocol. */
export const INITIAL_WINDOW = 256 * 1024

/** A reader so fast that its window is what holds the other side up gets a wider one, up to this; go's limit too. */
export const MAX_WINDOW = 16 * 1024 * 1024

/** A window is widened when half of it is used up within so many round trips. */
const FAST_ROUND_TRIPS = 4

/**
 * How much the other side may send: never more than the window less what waits to be read, so that a reader that stops
 * has at most one window to keep.
 */
export class ReceiveWindow {
  #size = INITIAL_WINDOW
  /** What the other side may still send. */
  #allowed = INITIAL_WINDOW
  #lastGrant = performance.now()
  /** The most that has waited since the last grant. A wider window would only keep more waiting. */
  #waited = 0

  get size(): number {
    return this.#size
  }

  /** Whether the other side may send so many bytes, those included that have come and are not counted yet. */
  allows(length: number): boolean {
    return length <= this.#allowed
  }

  /** Counts bytes that have come. */
  take(length: number): void {
    this.#allowed -= length
  }

  /**
   * By how much the other side may send more, which is now granted; 0 until it is half a window: each grant costs a frame.
   *
   * @param unread bytes that have arrived and are not read
   * @param roundTrip in ms; 0: not known yet
   */
  grant(unread: number, roundTrip: number): number {
    this.#waited = Math.max(this.#waited, unread)
    if (this.#size - this.#allowed - unread < this.#size / 2) return 0
    const now = performance.now()
    const isFast = now - this.#lastGrant < roundTrip * FAST_ROUND_TRIPS
    if (isFast && this.#waited === 0) this.#size = Math.min(this.#size * 2, MAX_WINDOW)
    else if (this.#waited > this.#size / 2) this.#size = Math.max(this.#size / 2, INITIAL_WINDOW)
    this.#lastGrant = now
    this.#waited = 0
    const granted = this.#size - this.#allowed - unread
    this.#allowed += granted
    return granted
  }
}
