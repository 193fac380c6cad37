/**
 * How soon, in ms, one request has to follow another for a third to be expected. What takes longer to answer would gain
 * little, and others, who may have a part in it, need the processor.
 */
const SOON = 0.1

/** For how long, in ms, its next request is looked for before the process goes to sleep. */
const PATIENCE = 0.02

let until = 0
let looking = false

/** Keeps the event loop from going to sleep, as long as there is something to look out for. */
function look(): void {
  looking = performance.now() < until
  if (looking) setImmediate(look)
}

/**
 * Looks out for the next request of a client that asks one after the other: to be woken takes the system longer than such a
 * client takes to ask, if it runs on a processor of its own. Others cost nothing.
 */
export class Attention {
  #asked = Number.NEGATIVE_INFINITY
  #eager = false

  /** A request has come. */
  asked(): void {
    const now = performance.now()
    this.#eager = now - this.#asked < SOON
    this.#asked = now
  }

  /** Its answer has been written. */
  answered(): void {
    if (!this.#eager) return
    until = performance.now() + PATIENCE
    if (!looking) {
      looking = true
      setImmediate(look)
    }
  }
}
