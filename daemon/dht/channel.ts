import { RequestError } from '../control/request-error.ts'

/**
 * Values on their way from a search to who asked, in order. What nobody has asked for yet waits here: a search finds a
 * bounded number of values.
 */
export class Channel<T> implements AsyncIterable<T> {
  readonly #values: T[] = []
  #ended = false
  #error: unknown
  #wake: (() => void) | undefined

  /** The values that a search finds. That it has to give up is its end: what was found is all there is. */
  static of<T>(search: (push: (value: T) => void) => Promise<void>): Channel<T> {
    const channel = new Channel<T>()
    search(value => channel.push(value)).then(
      () => channel.end(),
      error => channel.end(error instanceof RequestError ? undefined : error),
    )
    return channel
  }

  push(value: T): void {
    this.#values.push(value)
    this.#wake?.()
  }

  /** Nothing follows; an error reaches the reader behind the last value. */
  end(error?: unknown): void {
    this.#ended = true
    this.#error = error
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift() as T
      if (this.#ended) break
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    if (this.#error !== undefined) throw this.#error
  }
}
