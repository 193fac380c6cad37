/** Lets so many through at a time, in the order in which they come. */
export class Gate {
  readonly #queue: (() => void)[] = []
  #room: number

  constructor(room: number) {
    this.#room = room
  }

  /** Runs it once there is room, which its end gives to the next. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#room > 0) this.#room -= 1
    else await new Promise<void>(resolve => this.#queue.push(resolve))
    try {
      return await task()
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#room += 1
      else next()
    }
  }
}
