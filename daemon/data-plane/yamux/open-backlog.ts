import { abortable } from '../../abort.ts'

/** How many streams may be open here of which the other side has not said yet that it knows them; go's limit too. */
const MAX_UNSETTLED = 256

/** Makes who opens streams wait while the other side, which may refuse what it cannot queue, is behind with them. */
export class OpenBacklog {
  readonly #waiting: PromiseWithResolvers<void>[] = []
  #unsettled = 0

  /** Resolves as soon as one more stream may be opened; undefined: at once. */
  enter(signal?: AbortSignal): Promise<void> | undefined {
    if (this.#unsettled < MAX_UNSETTLED) {
      this.#unsettled += 1
      return undefined
    }
    return this.#wait(signal)
  }

  /** One stream is known to the other side, or over. */
  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#unsettled -= 1
    else next.resolve()
  }

  /** Nobody needs to wait any more. */
  fail(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const turn = Promise.withResolvers<void>()
    this.#waiting.push(turn)
    if (signal === undefined) return turn.promise
    try {
      await abortable(turn.promise, signal)
    } catch (error) {
      const place = this.#waiting.indexOf(turn)
      if (place >= 0) this.#waiting.splice(place, 1)
      // the turn had come at the very same time
      else this.leave()
      throw error
    }
  }
}
