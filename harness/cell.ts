import { type Feature, unsupportedReason } from './features.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import type { Scenario } from './scenario.ts'
import { formatStack, type Stack, stackFeatures } from './stack.ts'

/** One square of the matrix: a check, played by certain implementations on a certain stack. */
export interface Cell {
  /** Readable and unique: `streams/half-close/dialer:js/listener:go/tcp,noise,yamux`. */
  readonly path: string
  readonly scenario: string
  readonly check: string
  /** Role to implementation name, in the scenario's order. */
  readonly cast: Readonly<Record<string, string>>
  readonly stack: Stack
  /** Why it will not be played, where that is known beforehand. */
  readonly unplayed?: { readonly outcome: 'skipped' | 'unsupported'; readonly reason: string }
}

/** Lays out every cell: each check of each scenario, on its stacks, by every cast of the implementations. */
export function layOut(
  scenarios: readonly Scenario[],
  implementations: readonly (Implementation | MissingImplementation)[],
): Cell[] {
  const byName = new Map(implementations.map(implementation => [implementation.name, implementation]))
  return scenarios.flatMap(({ name, roles, stacks, needs, checks }) =>
    Object.keys(checks).flatMap(check =>
      stacks.flatMap(stack =>
        casts(roles, [...byName.keys()]).map(cast => {
          const players = Object.values(cast).map(
            player => byName.get(player) as Implementation | MissingImplementation,
          )
          const unplayed = whyUnplayed(players, [...needs, ...stackFeatures(stack)])
          const names = Object.entries(cast).map(([role, player]) => `${role}:${player}`)
          return {
            path: [name, check, ...names, formatStack(stack)].join('/'),
            scenario: name,
            check,
            cast,
            stack,
            ...(unplayed && { unplayed }),
          }
        }),
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

function whyUnplayed(
  players: readonly (Implementation | MissingImplementation)[],
  needs: readonly Feature[],
): Cell['unplayed'] {
  for (const player of players) {
    if (player.status === 'missing') return { outcome: 'skipped', reason: player.reason }
    const reason = unsupportedReason(player, needs)
    if (reason !== undefined) return { outcome: 'unsupported', reason }
  }
  return undefined
}

/**
 * Keeps the cells whose path contains one of the patterns; `*` stands for anything within a part of the path, `**` for
 * anything at all.
 */
export function filterCells(cells: readonly Cell[], patterns: readonly string[]): Cell[] {
  const expressions = patterns.map(toExpression)
  return cells.filter(({ path }) => expressions.some(expression => expression.test(path)))
}

/** A cell pattern as a regular expression, unanchored. */
export function toExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map(part => (part === '**' ? '.*' : part === '*' ? '[^/]*' : RegExp.escape(part)))
    .join('')
  return new RegExp(source)
}
