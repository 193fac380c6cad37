import type { Attempt, Failure } from '../reports/results.ts'
import type { Cell } from './cell.ts'
import type { ContainerSite } from './container/containers.ts'
import type { Implementation } from './implementation.ts'
import type { NetworkAbility } from './network/ability.ts'
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
  /** The kind of every daemon's control socket. */
  readonly control: ControlKind
  /** What networks can be made of here; absent when no cell has one. */
  readonly network?: NetworkAbility
  /** Where those daemons run that are images; absent when none is. */
  readonly site?: ContainerSite
  /** Cells at a time, without those that mostly wait. */
  readonly jobs: number
  /** How often each cell is played in any case. */
  readonly times: number
  /** How often a cell that fails is played again, except those of which the ledger says that they fail. */
  readonly retries: number
  readonly foretold: readonly string[]
  /** What the deadlines of checks are multiplied by. */
  readonly patience: number
  /** Capture the packets of each cell into its evidence. */
  readonly pcap: boolean
}

export type ControlKind = 'unix' | 'tcp'

/** Private key files for the daemons, and peer ids that belong to none of them. */
export interface Identities {
  /** By key type, one file a role: the first role takes the first. As many as cells with such keys have roles. */
  readonly files: Readonly<Record<Stack['key'], readonly string[]>>
  /** By key type, in text. */
  readonly strangers: Readonly<Record<Stack['key'], string>>
}

/** What playing a cell came to, before the ledger is asked. */
export interface Played {
  readonly outcome: 'pass' | 'fail' | 'flaky' | 'unsupported' | 'infra-error'
  readonly durationMs: number
  /** Why it turned out to be unsupported. */
  readonly reason?: string
  readonly failure?: Failure
  /** What each time came to, when it was played more than once. */
  readonly attempts?: readonly Attempt[]
}

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
  interface TaskMeta {
    played?: Played
  }
}
