import type { Cell } from './cell.ts'
import { type DaemonFlags, featureFlags } from './flags.ts'
import type { Flags, Player, RoleFlags, Scenario } from './scenario.ts'
import { stackFlags } from './stack.ts'

/** Whether a role can start only when others run, because its flags are made of what those say. */
export function startsLate(role: string, cell: Cell, scenario: Scenario): boolean {
  return given(role, cell, scenario).some(flags => typeof flags === 'function')
}

/** Everything that the daemon in a role is told of what it is to do: by the stack, by what it needs, and by the check. */
export function roleFlags(
  role: string,
  cell: Cell,
  scenario: Scenario,
  started: Readonly<Record<string, Player>>,
): DaemonFlags {
  return {
    ...stackFlags(cell.stack),
    ...featureFlags(cell.needs[role] ?? []),
    ...Object.assign({}, ...given(role, cell, scenario).map(flags => resolve(flags, started))),
  }
}

/** What the scenario and the check give a role; what comes later wins. */
function given(role: string, { check }: Cell, { flags, checks }: Scenario): RoleFlags[] {
  const sources: (Flags | undefined)[] = [flags, checks[check]?.flags]
  return sources.flatMap(source => [source?.['*'], source?.[role]]).filter(found => found !== undefined)
}

function resolve(flags: RoleFlags, started: Readonly<Record<string, Player>>): DaemonFlags {
  return typeof flags === 'function' ? flags(started) : flags
}
