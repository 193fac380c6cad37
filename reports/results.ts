import { stripVTControlCharacters } from 'node:util'

/** The one account of a run: everything else that is reported is a function of it. See `results.schema.json`. */
export interface Results {
  readonly schemaVersion: 1
  readonly startedAt: string
  readonly durationMs: number
  /** What the order of the cells was made from; the same seed plays the same cells in the same order. */
  readonly seed: number
  /** Which part of a run this is; absent when it is all of it. */
  readonly shard?: Shard
  /** Where the daemons ran; absent when they were processes of the machine. */
  readonly runtime?: 'container'
  readonly machine: Machine
  readonly implementations: readonly ReportedImplementation[]
  readonly cells: readonly CellResult[]
  /** What makes the run red beyond its cells: entries of the ledger that are out of date, errors outside of any cell. */
  readonly faults: readonly string[]
}

/** One part of a run that was divided among machines; the first index is 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

export interface Machine {
  readonly os: string
  readonly arch: string
  readonly node: string
  readonly cpus: number
}

export interface ReportedImplementation {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly homepage?: string
  /** What its manifest says of it; absent where nobody has said anything. */
  readonly capabilities?: readonly Capability[]
  /** Why it could not be played; absent when it could. */
  readonly missing?: string
}

/** Something beyond the basics that a daemon may offer. */
export interface Capability {
  /** What kind of thing it is: `muxers`, `transports` … */
  readonly axis: string
  readonly feature: string
  /** Why it is not offered; absent when it is. */
  readonly missing?: string
}

/**
 * - `pass`, `fail`: as expected, and not
 * - `xfail`: failed as the ledger says it would
 * - `xpass`: passed although the ledger says that it fails, which is red until the entry is gone
 * - `flaky`: passed and failed when it was played again, which is red: a retry makes nothing green
 * - `skipped`: an implementation is missing on this machine
 * - `unsupported`: an implementation declares that it does not offer what the cell needs
 * - `infra-error`: the environment failed, and nothing is known about the daemons
 */
export type Outcome = 'pass' | 'fail' | 'xfail' | 'xpass' | 'flaky' | 'skipped' | 'unsupported' | 'infra-error'

export interface CellResult {
  readonly path: string
  readonly scenario: string
  readonly check: string
  readonly title: string
  readonly cast: Readonly<Record<string, string>>
  /** The implementations that take turns in the roles of a network; absent for other casts. */
  readonly network?: readonly string[]
  readonly stack: string
  readonly outcome: Outcome
  readonly durationMs: number
  /** Why it was not played, or why the failure was expected. */
  readonly reason?: string
  /** Of an expected failure: whom of the cast the ledger puts it down to. */
  readonly faulty?: readonly string[]
  readonly failure?: Failure
  /** What each time came to, when it was played more than once: `failure` is that of the first that failed. */
  readonly attempts?: readonly Attempt[]
  /** The folder with the transcript and the daemons' output, relative to the results; absent when not played. */
  readonly evidence?: string
}

export interface Attempt {
  readonly outcome: 'pass' | 'fail' | 'infra-error'
  readonly durationMs: number
}

export interface Failure {
  readonly what: string
  readonly expected: string
  readonly got: string
  /** The role whose daemon did it, where there is no doubt: it did not start, hung up or ended. */
  readonly role?: string
}

/** Whether an outcome needs somebody to look at it. */
export function isRed(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'xpass' || outcome === 'flaky' || outcome === 'infra-error'
}

/** Whether the daemons did not do what was expected of them, foretold or not. */
export function isFailed(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'xfail' || outcome === 'flaky'
}

/** Whether a run gives no reason to be looked at. Nothing played is a reason. */
export function isGreen({ cells, faults }: Results): boolean {
  const played = cells.some(({ outcome }) => outcome === 'pass' || outcome === 'xfail')
  return played && faults.length === 0 && !cells.some(({ outcome }) => isRed(outcome))
}

/** `js → go`: dialer to listener; other roles are listed in their order. `js + go`: a network of both. */
export function formatCast({ cast, network }: CellResult): string {
  return network === undefined ? Object.values(cast).join(' → ') : network.join(' + ')
}

/** How often each outcome occurs. */
export function countOutcomes(cells: readonly CellResult[]): Record<Outcome, number> {
  const counts = { pass: 0, fail: 0, xfail: 0, xpass: 0, flaky: 0, skipped: 0, unsupported: 0, 'infra-error': 0 }
  for (const { outcome } of cells) counts[outcome] += 1
  return counts
}

/** A failure in one line, as the ledger quotes it; daemons' texts can have several lines, and colours. */
export function formatFailure({ what, expected, got }: Failure): string {
  return oneLine(`${what}: expected ${expected}, got ${got}`)
}

/** A text in one line. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}
