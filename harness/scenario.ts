import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { DaemonClient } from '../bindings/typescript/index.ts'
import type { Casting } from './cast.ts'
import type { Feature } from './features.ts'
import type { DaemonFlags } from './flags.ts'
import type { NetworkControls } from './network/network.ts'
import type { Attachment } from './network/topology.ts'
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
  /** The IP address at which daemons reach this process: whatever a check listens on itself, it listens on there. */
  readonly host: string
  /** The network that its topology describes; whoever has none must not touch it. */
  readonly network: NetworkControls
  /** A peer id that none of the players has, of a key type of which an address proves nothing by itself. */
  readonly strangers: Readonly<Record<Stack['key'], PeerId>>
}

/** One thing that must work. It passes unless it throws. */
export interface Check<Role extends string = string> {
  /** The sentence that a reader of the report sees. */
  readonly title: string
  /** Seconds that it may take on a busy machine, daemons started. */
  readonly deadline?: number
  /** Waits most of its time and costs the machine little: it begins first, and is played beside the others. */
  readonly waits?: boolean
  /** Instead of its scenario's. */
  readonly topology?: Attachments<NoInfer<Role>>
  /** What it needs beyond what its scenario does. */
  readonly needs?: Needs<NoInfer<Role>>
  /** Flags beyond its scenario's; where both give the same one, the check's counts. */
  readonly flags?: Flags<NoInfer<Role>>
  readonly run: (context: CheckContext<Role>) => Promise<void>
}

/** What the daemons must offer: all of them, or each role for itself. */
export type Needs<Role extends string = string> =
  | readonly Feature[]
  | Readonly<Partial<Record<Role, readonly Feature[]>>>

/** How the hosts of roles are attached to the network; one that is not named is, without anything special. */
export type Attachments<Role extends string = string> = Readonly<Partial<Record<Role, Attachment>>>

/**
 * Flags by role, `'*'` being all of them, beyond those of the stack and of what is needed. Where several give the same
 * one, a role's own counts more than that of all, and both more than the stack's or the feature's.
 */
export type Flags<Role extends string = string> = Readonly<Partial<Record<Role | '*', RoleFlags<Role>>>>

/**
 * Flags, or what they become once the others run: a role whose flags are a function starts after those whose flags are
 * not, and after the roles before it that have a function too.
 */
export type RoleFlags<Role extends string = string> =
  | DaemonFlags
  | ((started: Readonly<Record<Role, Player>>) => DaemonFlags)

/** A cast of roles and the named checks that they play, on each of the stacks. */
export interface Scenario<Role extends string = string> {
  readonly name: string
  readonly title: string
  readonly roles: readonly Role[]
  /** How the roles are given to the implementations. */
  readonly casting: Casting
  readonly stacks: readonly Stack[]
  readonly needs: Needs<NoInfer<Role>>
  readonly flags?: Flags<NoInfer<Role>>
  /** Each role on a host of its own, with a network between them; all on one machine where this is absent. */
  readonly topology?: Attachments<NoInfer<Role>>
  readonly checks: Readonly<Record<string, Check<Role>>>
}

type Optional = 'casting' | 'stacks' | 'needs'

/**
 * Defines a scenario: every implementation in every role, on the default stack, without further flags, and needing
 * nothing that some p2pd lack, unless it says otherwise.
 */
export function defineScenario<const Role extends string>(
  scenario: Omit<Scenario<Role>, Optional> & Partial<Pick<Scenario<Role>, Optional>>,
): Scenario<Role> {
  return { casting: 'every', stacks: [DEFAULT_STACK], needs: [], ...scenario }
}
