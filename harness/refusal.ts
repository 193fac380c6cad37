import type { DaemonFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import { LaunchError } from './process.ts'

/** A cell that turns out, when it is to be played, to need what a daemon does not offer. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** A flag that a daemon does not know, and the line in which it said so. */
export interface Refusal {
  readonly flag: string
  readonly line: string
}

/** How programs of many languages say that they do not know a flag. */
const REFUSAL = /not defined|unknown|unrecogni[sz]ed|unexpected|invalid (option|flag|argument)|no such (option|flag)/i

/** Finds the complaint about one of these flags in what a daemon said before it ended. */
export function findRefusal(lines: readonly string[], flags: DaemonFlags): Refusal | undefined {
  for (const line of lines.filter(text => REFUSAL.test(text))) {
    const flag = Object.keys(flags).find(name => mentions(line, name))
    if (flag !== undefined) return { flag, line: line.trim() }
  }
  return undefined
}

/** Names of a letter or two are words of their own without the dash. */
function mentions(line: string, name: string): boolean {
  const dashes = name.length > 2 ? '-{0,2}' : '-{1,2}'
  return new RegExp(`(?<![\\w-])${dashes}${RegExp.escape(name)}(?![\\w-])`).test(line)
}

/** What each stranger has refused so far in this process, by its name. */
const known = new Map<string, Refusal[]>()

/**
 * Launches a daemon, without the flags that it refuses where it does the same unasked. Only a stranger's refusals are
 * forgiven: others have manifests, which say what they do not offer.
 *
 * @throws Unsupported when a flag is refused that the cell needs; what `launch` throws
 */
export async function launchWith<T>(
  implementation: Implementation,
  flags: DaemonFlags,
  launch: (flags: DaemonFlags) => Promise<T>,
): Promise<T> {
  const refusals = known.get(implementation.name) ?? []
  known.set(implementation.name, refusals)
  for (;;) {
    const told = withoutRefused(implementation, flags, refusals)
    try {
      return await launch(told)
    } catch (error) {
      if (implementation.stranger !== true || !(error instanceof LaunchError)) throw error
      const lines = error.output.lines.map(({ text }) => text)
      const refusal = findRefusal(lines, told)
      if (refusal === undefined) throw error
      refusals.push(refusal)
    }
  }
}

/** @throws Unsupported */
function withoutRefused({ title }: Implementation, flags: DaemonFlags, refusals: readonly Refusal[]): DaemonFlags {
  const needed = refusals.find(({ flag }) => flag in flags && !isDispensable(flag, flags[flag]))
  if (needed !== undefined) throw new Unsupported(`${title} does not take the flag -${needed.flag}: ${needed.line}`)
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !refusals.some(({ flag }) => flag === name)))
}

/** What a daemon does anyway: not what it has no flag for, and what every p2pd does unless it is told otherwise. */
function isDispensable(flag: string, value: DaemonFlags[string] | undefined): boolean {
  return value === false || (flag === 'noise' && value === true) || (flag === 'muxer' && value === 'yamux')
}
