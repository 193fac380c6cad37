/** Whether other peers can dial this one. */
export type Verdict = 'unknown' | 'public' | 'private'

/** So many agreeing answers outweigh as many that disagree; go's number. */
const MOST_CONFIDENT = 3

/** Forms a verdict from what peers say, as go does: the first one is believed, a later change needs to be confirmed. */
export class Jury {
  #verdict: Verdict = 'unknown'
  #confidence = 0

  get verdict(): Verdict {
    return this.#verdict
  }

  /** Takes one peer's word; true when the verdict changes. */
  hear(word: 'public' | 'private'): boolean {
    if (word === this.#verdict) {
      this.#confidence = Math.min(this.#confidence + 1, MOST_CONFIDENT)
      return false
    }
    if (this.#confidence > 0) {
      this.#confidence -= 1
      return false
    }
    this.#verdict = word
    return true
  }
}
