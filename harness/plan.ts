import type { Cell } from './cell.ts'
import type { Implementation } from './implementation.ts'
import type { Stack } from './stack.ts'

/** What the process that plays the cells is told; it crosses a process boundary, so it is plain data. */
export interface Plan {
  readonly cells: readonly Cell[]
  readonly implementations: readonly Implementation[]
  /** The folder of the results, where each cell leaves its evidence. */
  readonly folder: string
  /** Where whatever the cells need for their time is put; it goes with the run. */
  readonly scratchFolder: string
  readonly identities: Identities
}

/** Private key files for the daemons, and peer ids that belong to none of them. */
export interface Identities {
  /** By key type, one file a role: the first role takes the first. As many as cells with such keys have roles. */
  readonly files: Readonly<Record<Stack['key'], readonly string[]>>
  /** By key type, in text. */
  readonly strangers: Readonly<Record<Stack['key'], string>>
}

/** What playing a cell came to, before the ledger is asked. */
export interface Played {
  readonly outcome: 'pass' | 'fail' | 'infra-error'
  readonly durationMs: number
  readonly failure?: { readonly what: string; readonly expected: string; readonly got: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
  interface TaskMeta {
    played?: Played
  }
}
