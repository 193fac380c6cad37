import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { DaemonClient } from '../bindings/typescript/index.ts'
import type { Feature } from './features.ts'
import { DEFAULT_STACK, type Stack } from './stack.ts'

/** A daemon of a cell as a check sees it: its control client, and what it said of itself. */
export interface Player {
  readonly client: DaemonClient
  readonly peer: PeerId
  readonly addrs: readonly Multiaddr[]
  /** The peer id that it printed at its start. */
  readonly printedPeerId: string
  /** The addresses that it printed at its start. */
  readonly printedAddrs: readonly string[]
}

/** What a check plays with: one player a role, and a signal that aborts when the check's time is up. */
export interface CheckContext<Role extends string = string> {
  readonly players: Readonly<Record<Role, Player>>
  readonly signal: AbortSignal
  /** A peer id that none of the players has, of a key type of which an address proves nothing by itself. */
  readonly strangers: Readonly<Record<Stack['key'], PeerId>>
}

/** One thing that must work. It passes unless it throws. */
export interface Check<Role extends string = string> {
  /** The sentence that a reader of the report sees. */
  readonly title: string
  /** Seconds that it may take on a busy machine, daemons started. */
  readonly deadline?: number
  readonly run: (context: CheckContext<Role>) => Promise<void>
}

/** A cast of roles and the named checks that they play, on each of the stacks. */
export interface Scenario<Role extends string = string> {
  readonly name: string
  readonly title: string
  readonly roles: readonly Role[]
  readonly stacks: readonly Stack[]
  readonly needs: readonly Feature[]
  readonly checks: Readonly<Record<string, Check<Role>>>
}

/** Defines a scenario: on the default stack, and needing nothing that some p2pd lack, unless it says otherwise. */
export function defineScenario<const Role extends string>(
  scenario: Omit<Scenario<Role>, 'stacks' | 'needs'> & Partial<Pick<Scenario<Role>, 'stacks' | 'needs'>>,
): Scenario<Role> {
  return { stacks: [DEFAULT_STACK], needs: [], ...scenario }
}
