import { isFailed, type Outcome, type Results } from './results.ts'

/** What is kept of the runs of the past: enough to see when a cell began to fail, and what changed then. */
export interface History {
  readonly schemaVersion: 1
  /** Every cell that one of the runs had. */
  readonly paths: readonly string[]
  /** Oldest first. */
  readonly runs: readonly PastRun[]
}

export interface PastRun {
  readonly startedAt: string
  /** By implementation. */
  readonly versions: Readonly<Record<string, string>>
  /** A letter a path, in their order; paths beyond its end were not there yet. */
  readonly outcomes: string
}

/** A cell's past. */
export interface CellHistory {
  /** Oldest first, one a run; undefined where the run did not have the cell. */
  readonly outcomes: readonly (Outcome | undefined)[]
  /** The run since which the cell has failed without a pass between; absent when it does not fail now. */
  readonly firstBad?: { readonly startedAt: string; readonly changed: readonly string[] }
}

/** Older runs are forgotten: a year of nights. */
const MOST_RUNS = 366

export const EMPTY_HISTORY: History = { schemaVersion: 1, paths: [], runs: [] }

const LETTERS: Readonly<Record<Outcome, string>> = {
  pass: 'p',
  fail: 'f',
  xfail: 'x',
  xpass: 'X',
  flaky: 'k',
  skipped: 's',
  unsupported: 'u',
  'infra-error': 'i',
}
const ABSENT = '.'
const OUTCOMES = new Map(Object.entries(LETTERS).map(([outcome, letter]) => [letter, outcome as Outcome]))

/** Adds a run; the same run again replaces itself. */
export function appendRun(history: History, results: Results): History {
  const outcomes = new Map(results.cells.map(({ path, outcome }) => [path, LETTERS[outcome]]))
  const paths = [...new Set([...history.paths, ...outcomes.keys()])]
  const run: PastRun = {
    startedAt: results.startedAt,
    versions: Object.fromEntries(results.implementations.map(({ name, version }) => [name, version])),
    outcomes: paths.map(path => outcomes.get(path) ?? ABSENT).join(''),
  }
  const runs = [...history.runs.filter(({ startedAt }) => startedAt !== run.startedAt), run]
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    .slice(-MOST_RUNS)
  return { schemaVersion: 1, paths, runs }
}

/** The past of every cell, by path. */
export function cellHistories({ paths, runs }: History): ReadonlyMap<string, CellHistory> {
  return new Map(
    paths.map((path, index) => {
      const outcomes = runs.map(run => OUTCOMES.get(run.outcomes[index] ?? ABSENT))
      return [path, { outcomes, ...firstBad(runs, outcomes) }]
    }),
  )
}

function firstBad(runs: readonly PastRun[], outcomes: readonly (Outcome | undefined)[]): Pick<CellHistory, 'firstBad'> {
  const failed = (index: number): boolean => isFailed(outcomes[index] ?? 'pass')
  const last = outcomes.length - 1
  if (last < 0 || !failed(last)) return {}
  let first = last
  // runs that say nothing of the cell are stepped over, but do not begin its failing
  for (let index = last; index >= 0 && (failed(index) || !decides(outcomes[index])); index--) {
    if (failed(index)) first = index
  }
  const { startedAt, versions } = runs[first] as PastRun
  const before = runs[first - 1]?.versions
  const changed = Object.entries(versions)
    .filter(([name, version]) => before !== undefined && before[name] !== version)
    .map(([name, version]) => `${name} ${before?.[name] ?? 'none'} → ${version}`)
  return { firstBad: { startedAt, changed } }
}

function decides(outcome: Outcome | undefined): boolean {
  return outcome === 'pass' || outcome === 'xpass' || (outcome !== undefined && isFailed(outcome))
}
