/** One fault, put into our own daemon as it is loaded. */
export interface Mutant {
  readonly name: string
  /** What is wrong with it, as a user of the daemon would say. */
  readonly fault: string
  /** The source file, from the repository, and the one place in it that is replaced. */
  readonly file: string
  readonly find: string
  readonly replace: string
  /** The checks, `scenario/check`, that must notice. */
  readonly killedBy: readonly string[]
  /** A check that it still passes, or it would prove nothing: it is not simply dead. `identify/many-clients` if absent. */
  readonly passes?: string
}
