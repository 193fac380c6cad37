import type { ProgressLine } from '../progress.ts'

/** What the command has of the process that it runs in. */
export interface Environment {
  /** The repository. */
  readonly root: string
  /** Takes what the command was asked for; progress is told apart from it. */
  readonly write: (text: string) => void
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}
