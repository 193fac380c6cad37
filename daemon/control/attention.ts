/** How soon, in ms, a client has to ask again to pass for one that will go on so. */
const SOON = 0.2

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
  #answered = Number.NEGATIVE_INFINITY
  #eager = false

  /** A request has come. */
  asked(): void {
    this.#eager = performance.now() - this.#answered < SOON
  }

  /** Its answer has been written. */
  answered(): void {
    this.#answered = performance.now()
    if (!this.#eager) return
    until = this.#answered + PATIENCE
    if (!looking) {
      looking = true
      setImmediate(look)
    }
  }
}
