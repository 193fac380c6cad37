import { HarnessError } from './errors.ts'
import { type Feature, unsupportedReason } from './features.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { containing } from './pattern.ts'
import type { Scenario } from './scenario.ts'
import { formatStack, type Stack, stackFeatures } from './stack.ts'

/** One square of the matrix: a check, played by certain implementations on a certain stack. */
export interface Cell {
  /** Readable and unique: `streams/half-close/dialer:js/listener:go/tcp,noise,yamux`. */
  readonly path: string
  readonly scenario: string
  readonly check: string
  /** The check's, for people. */
  readonly title: string
  /** Role to implementation name, in the scenario's order. */
  readonly cast: Readonly<Record<string, string>>
  readonly stack: Stack
  /** What every implementation of the cast must offer. */
  readonly needs: readonly Feature[]
}

/** Why a cell is not played, known before it could be. */
export interface Unplayed {
  readonly outcome: 'skipped' | 'unsupported'
  readonly reason: string
}

/** Lays out every cell: each check of each scenario, on its stacks, by every cast of the implementations. */
export function layOut(scenarios: readonly Scenario[], names: readonly string[]): Cell[] {
  return scenarios.flatMap(scenario =>
    Object.entries(scenario.checks).flatMap(([check, { title }]) =>
      scenario.stacks.flatMap(stack =>
        casts(scenario.roles, names).map(cast => ({
          path: formatPath(scenario.name, check, cast, stack),
          scenario: scenario.name,
          check,
          title,
          cast,
          stack,
          needs: [...scenario.needs, ...stackFeatures(stack)],
        })),
      ),
    ),
  )
}

/** Every way to give the roles to the implementations, the same one in several roles included. */
function casts(roles: readonly string[], names: readonly string[]): Record<string, string>[] {
  return roles.reduce<Record<string, string>[]>(
    (partial, role) => partial.flatMap(cast => names.map(name => ({ ...cast, [role]: name }))),
    [{}],
  )
}

function formatPath(scenario: string, check: string, cast: Cell['cast'], stack: Stack): string {
  const players = Object.entries(cast).map(([role, name]) => `${role}:${name}`)
  return [scenario, check, ...players, formatStack(stack)].join('/')
}

/** Says why the cast cannot play a cell: somebody is missing, or does not support what it needs. */
export function whyUnplayed(
  { cast, needs }: Cell,
  implementations: ReadonlyMap<string, Implementation | MissingImplementation>,
): Unplayed | undefined {
  for (const name of Object.values(cast)) {
    const player = implementations.get(name)
    if (player === undefined) throw new TypeError(`${name} is cast, but was not prepared`)
    if (player.status === 'missing') return { outcome: 'skipped', reason: player.reason }
    const reason = unsupportedReason(player, needs)
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
