import { castings, formatCast } from './cast.ts'
import { HarnessError } from './errors.ts'
import { type Feature, unsupportedReason } from './features.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import type { Topology } from './network/topology.ts'
import { containing } from './pattern.ts'
import type { Needs, Scenario } from './scenario.ts'
import { formatStack, type Stack, stackFeatures } from './stack.ts'

/** One square of the matrix: a check, played by certain implementations on a certain stack. */
export interface Cell {
  /** Readable and unique: `streams/half-close/dialer:js/listener:go/tcp,noise,yamux`; `mesh/of-six/network:js+go/…`. */
  readonly path: string
  readonly scenario: string
  readonly check: string
  /** The check's, for people. */
  readonly title: string
  /** Role to implementation name, in the scenario's order. */
  readonly cast: Readonly<Record<string, string>>
  /** Who takes turns in the roles of a network; absent for other casts. */
  readonly network?: readonly string[]
  readonly stack: Stack
  /** The network between its daemons; absent when they share a machine. */
  readonly topology?: Topology
  /** What the implementation in each role must offer. */
  readonly needs: Readonly<Record<string, readonly Feature[]>>
}

/** Why a cell is not played, known before it could be. */
export interface Unplayed {
  readonly outcome: 'skipped' | 'unsupported'
  readonly reason: string
}

/** Lays out every cell: each check of each scenario, on its stacks, by the casts of the implementations. */
export function layOut(scenarios: readonly Scenario[], names: readonly string[]): Cell[] {
  return scenarios.flatMap(scenario => {
    const casts = castings(scenario.casting, scenario.roles, names)
    return Object.entries(scenario.checks).flatMap(([check, { title, needs = [], topology = scenario.topology }]) =>
      scenario.stacks.flatMap(stack =>
        casts.map(cast => ({
          path: [scenario.name, check, formatCast(cast), formatStack(stack)].join('/'),
          scenario: scenario.name,
          check,
          title,
          cast: cast.roles,
          ...(cast.network && { network: cast.network }),
          stack,
          ...(topology && { topology: Object.fromEntries(scenario.roles.map(role => [role, topology[role] ?? {}])) }),
          needs: Object.fromEntries(
            scenario.roles.map(role => [
              role,
              [...needsOf(role, scenario.needs), ...needsOf(role, needs), ...stackFeatures(stack)],
            ]),
          ),
        })),
      ),
    )
  })
}

function needsOf(role: string, needs: Needs): readonly Feature[] {
  return Array.isArray(needs) ? needs : ((needs as Exclude<Needs, readonly Feature[]>)[role] ?? [])
}

/** Says why the cast cannot play a cell: somebody is missing, or does not support what its role needs. */
export function whyUnplayed(
  { cast, needs }: Cell,
  implementations: ReadonlyMap<string, Implementation | MissingImplementation>,
): Unplayed | undefined {
  for (const [role, name] of Object.entries(cast)) {
    const player = implementations.get(name)
    if (player === undefined) throw new TypeError(`${name} is cast, but was not prepared`)
    if (player.status === 'missing') return { outcome: 'skipped', reason: player.reason }
    const reason = unsupportedReason(player, needs[role] as readonly Feature[])
    if (reason !== undefined) return { outcome: 'unsupported', reason }
  }
  return undefined
}

/**
 * Keeps the cells whose path contains one of the patterns; without patterns, all.
 *
 * @throws HarnessError ERR_NO_CELLS for a pattern that no cell matches: a misspelt filter must not pass for a green run
 */
export function filterCells(cells: readonly Cell[], patterns: readonly string[]): readonly Cell[] {
  if (patterns.length === 0) return cells
  const kept = new Set<Cell>()
  for (const pattern of patterns) {
    const expression = containing(pattern)
    const found = cells.filter(({ path }) => expression.test(path))
    if (found.length === 0) {
      throw new HarnessError('ERR_NO_CELLS', `no cell matches "${pattern}"; --list prints the paths of all cells`)
    }
    for (const cell of found) kept.add(cell)
  }
  return cells.filter(cell => kept.has(cell))
}
