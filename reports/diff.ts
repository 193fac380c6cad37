import { type CellResult, isFailed, isRed, type Outcome, type Results } from './results.ts'

/** A cell that is not what it was. */
export interface Change {
  readonly path: string
  /** Absent where the cell is in one of the runs only. */
  readonly before?: CellResult
  readonly after?: CellResult
}

/** An implementation whose version is not what it was, which is the first thing to look at when cells changed. */
export interface VersionChange {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** What changed from one run to another. A cell is in one of the lists at the most. */
export interface Diff {
  readonly versions: readonly VersionChange[]
  /** Worked, and fails now, foretold or not. */
  readonly newlyFailing: readonly Change[]
  /** Failed, and works now. */
  readonly fixed: readonly Change[]
  /** Passes at times; the earlier run did not know. */
  readonly flaky: readonly Change[]
  /** Fails in both runs, in another way. */
  readonly changed: readonly Change[]
  readonly added: readonly Change[]
  readonly vanished: readonly Change[]
  /** Played in one of the runs only: skipped, unsupported, or not known for an error of the environment. */
  readonly playedOnce: readonly Change[]
}

/** Compares two runs cell by cell. */
export function diffResults(before: Results, after: Results): Diff {
  const old = new Map(before.cells.map(cell => [cell.path, cell]))
  const young = new Map(after.cells.map(cell => [cell.path, cell]))
  const both = after.cells.flatMap(cell => {
    const previous = old.get(cell.path)
    return previous === undefined ? [] : [{ path: cell.path, before: previous, after: cell }]
  })
  const kinds = Map.groupBy(both, change => classify(change.before, change.after))
  const of = (kind: Kind): readonly Change[] => kinds.get(kind) ?? []
  return {
    versions: diffVersions(before, after),
    newlyFailing: of('newlyFailing'),
    fixed: of('fixed'),
    flaky: of('flaky'),
    changed: of('changed'),
    playedOnce: of('playedOnce'),
    added: after.cells.filter(({ path }) => !old.has(path)).map(cell => ({ path: cell.path, after: cell })),
    vanished: before.cells.filter(({ path }) => !young.has(path)).map(cell => ({ path: cell.path, before: cell })),
  }
}

/** Whether the later run is worse: something fails, or flakes, that did not, or is no longer looked at. */
export function isRegression({ newlyFailing, flaky, added, vanished, playedOnce }: Diff): boolean {
  return (
    newlyFailing.length > 0 ||
    flaky.length > 0 ||
    vanished.length > 0 ||
    added.some(({ after }) => after !== undefined && isRed(after.outcome)) ||
    playedOnce.some(({ before }) => before !== undefined && works(before.outcome))
  )
}

type Kind = 'newlyFailing' | 'fixed' | 'flaky' | 'changed' | 'playedOnce' | 'same'

function classify(before: CellResult, after: CellResult): Kind {
  if (after.outcome === 'flaky') return before.outcome === 'flaky' ? 'same' : 'flaky'
  if (works(after.outcome)) return isFailed(before.outcome) ? 'fixed' : works(before.outcome) ? 'same' : 'playedOnce'
  if (!isFailed(after.outcome)) return isFailed(before.outcome) || works(before.outcome) ? 'playedOnce' : 'same'
  if (works(before.outcome)) return 'newlyFailing'
  if (!isFailed(before.outcome)) return 'playedOnce'
  return before.outcome === after.outcome && sameFailure(before, after) ? 'same' : 'changed'
}

function works(outcome: Outcome): boolean {
  return outcome === 'pass' || outcome === 'xpass'
}

function sameFailure({ failure: a }: CellResult, { failure: b }: CellResult): boolean {
  return a?.what === b?.what && a?.expected === b?.expected
}

function diffVersions(before: Results, after: Results): VersionChange[] {
  const versions = ({ implementations }: Results): Map<string, string> =>
    new Map(implementations.map(({ name, version }) => [name, version]))
  const [old, young] = [versions(before), versions(after)]
  return [...new Set([...old.keys(), ...young.keys()])]
    .map(name => ({ name, before: old.get(name), after: young.get(name) }))
    .filter(change => change.before !== change.after)
}
