/** How often, in ms, the other side is pinged; go's interval too. */
const INTERVAL = 30_000

/** How long, in ms, an answer may take; go's limit too. */
const TIMEOUT = 10_000

/** After the time is over, in ms, what has arrived meanwhile is still seen: this process may have been asleep. */
const LAST_CHANCE = 1_000

export interface PingerEvents {
  /** Neither an answer nor anything else has come. */
  onDead(): void
}

/** Measures the round trip, and finds out when the other side is gone without having said so. */
export class Pinger {
  readonly #send: (number: number) => void
  readonly #events: PingerEvents
  #interval: NodeJS.Timeout | undefined
  #deadline: NodeJS.Timeout | undefined
  #number = 0
  #sentAt: number | undefined
  #alive = true
  #roundTrip = 0

  constructor(send: (number: number) => void, events: PingerEvents) {
    this.#send = send
    this.#events = events
  }

  start(): void {
    this.#interval = setInterval(() => this.#ping(), INTERVAL).unref()
    this.#ping()
  }

  /** In ms, smoothed; 0: not known yet. */
  get roundTrip(): number {
    return this.#roundTrip
  }

  /** Something has arrived, whatever it is. */
  onActivity(): void {
    this.#alive = true
  }

  /** An answer has come; one that nobody waits for, or late, means nothing, as in go. */
  onPong(number: number): void {
    if (this.#sentAt === undefined || number !== this.#number) return
    const roundTrip = performance.now() - this.#sentAt
    this.#roundTrip = this.#roundTrip === 0 ? roundTrip : (this.#roundTrip + roundTrip) / 2
    this.#sentAt = undefined
    clearTimeout(this.#deadline)
  }

  stop(): void {
    clearInterval(this.#interval)
    clearTimeout(this.#deadline)
  }

  #ping(): void {
    if (this.#sentAt !== undefined) return
    this.#number = (this.#number + 1) % 2 ** 32
    this.#sentAt = performance.now()
    this.#alive = false
    this.#deadline = setTimeout(() => {
      this.#deadline = setTimeout(() => this.#judge(), LAST_CHANCE).unref()
    }, TIMEOUT).unref()
    this.#send(this.#number)
  }

  #judge(): void {
    this.#sentAt = undefined
    // an answer can be stuck behind data
    if (!this.#alive) this.#events.onDead()
  }
}
