/**
 * How the roles of a scenario are given to the implementations:
 *
 * - `every`: in every way there is, the same one in several roles included
 * - `alternating`: for networks; one implementation in all roles, or two of them by turns, either one first
 */
export type Casting = 'every' | 'alternating'

/** One way to give the roles away. */
export interface Cast {
  /** Role to implementation, in the scenario's order. */
  readonly roles: Readonly<Record<string, string>>
  /** Who takes turns in the roles of a network; undefined for other casts. */
  readonly network?: readonly string[]
}

/** Every cast of these implementations that the casting asks for. */
export function castings(casting: Casting, roles: readonly string[], names: readonly string[]): Cast[] {
  switch (casting) {
    case 'every':
      return every(roles, names).map(cast => ({ roles: cast }))
    case 'alternating':
      return names
        .flatMap(first => names.map(second => (first === second ? [first] : [first, second])))
        .map(network => ({ roles: byTurns(roles, network), network }))
  }
}

function every(roles: readonly string[], names: readonly string[]): Record<string, string>[] {
  return roles.reduce<Record<string, string>[]>(
    (partial, role) => partial.flatMap(cast => names.map(name => ({ ...cast, [role]: name }))),
    [{}],
  )
}

function byTurns(roles: readonly string[], turns: readonly string[]): Record<string, string> {
  return Object.fromEntries(roles.map((role, index) => [role, turns[index % turns.length] as string]))
}

/** A cast as parts of a cell's path: `dialer:js/listener:go`, or for a network, whatever its size, `network:js+go`. */
export function formatCast({ roles, network }: Cast): string {
  if (network !== undefined) return `network:${network.join('+')}`
  return Object.entries(roles)
    .map(([role, name]) => `${role}:${name}`)
    .join('/')
}
