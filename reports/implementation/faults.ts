import type { Blame } from '../blame.ts'
import { type CellResult, formatFailure, isFailed } from '../results.ts'

/** One thing that is wrong, with every cell in which it shows: what one report to an issue tracker is about. */
export interface Fault {
  /** The checks that show it, as `streams/half-close`. */
  readonly checks: readonly string[]
  /** What these checks are, for people. */
  readonly titles: readonly string[]
  /** What the ledger says of it; undefined for a failure that nobody has explained. */
  readonly reason: string | undefined
  /** The failed cells, the most telling one first: it has the fewest others in it. */
  readonly cells: readonly CellResult[]
  /** What is seen: of the texts that differ in keys, ports or numbers only, one. */
  readonly failures: readonly string[]
  /** What the blame is concluded from, each sentence once. */
  readonly because: readonly string[]
  /** Who does the same checks right when alone. */
  readonly worksFor: readonly string[]
}

/**
 * Gathers failed cells into faults: those that the ledger explains in the same words are one, and of the others those of
 * the same check.
 *
 * @param all the run's cells, among which are those that show how others do
 */
export function gatherFaults(
  failed: readonly CellResult[],
  all: readonly CellResult[],
  blames: ReadonlyMap<string, Blame>,
): Fault[] {
  const groups = Map.groupBy(failed, cell => explanation(cell) ?? `${cell.scenario}/${cell.check}`)
  return [...groups.values()].map(members => {
    const cells = members.toSorted((a, b) => partners(a) - partners(b))
    const checks = unique(cells.map(nameCheck))
    return {
      checks,
      titles: unique(cells.map(({ title }) => title)),
      reason: explanation(cells[0] as CellResult),
      cells,
      failures: examples(cells.flatMap(({ failure }) => (failure === undefined ? [] : [formatFailure(failure)]))),
      because: unique(cells.map(({ path }) => (blames.get(path) as Blame).because)),
      worksFor: whoSucceeds(checks, all),
    }
  })
}

function explanation({ outcome, reason }: CellResult): string | undefined {
  return outcome === 'xfail' ? reason : undefined
}

function partners({ cast }: CellResult): number {
  return new Set(Object.values(cast)).size
}

/** Those who pass each of the checks with nobody but themselves. */
function whoSucceeds(checks: readonly string[], all: readonly CellResult[]): string[] {
  const alone = all.filter(cell => checks.includes(nameCheck(cell)) && partners(cell) === 1)
  const names = unique(alone.flatMap(({ cast }) => Object.values(cast)))
  const cellsOf = (name: string): readonly CellResult[] =>
    alone.filter(({ cast }) => Object.values(cast).includes(name))
  return names.filter(name => {
    const cells = cellsOf(name)
    const passed = cells.filter(({ outcome }) => outcome === 'pass')
    return passed.length > 0 && !cells.some(({ outcome }) => isFailed(outcome))
  })
}

/** What is another one each time: digests, peer ids, and numbers such as ports and counts. */
const VOLATILE = /[0-9a-f]{16,}|\b(12D3KooW|16Uiu2|Qm)\w{20,}|\d+/g

function examples(texts: readonly string[]): string[] {
  const byKind = new Map(texts.toReversed().map(text => [text.replace(VOLATILE, '#'), text]))
  return [...byKind.values()].toReversed()
}

function nameCheck({ scenario, check }: CellResult): string {
  return `${scenario}/${check}`
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)]
}
