import { stripVTControlCharacters } from 'node:util'

/** The one account of a run: everything else that is reported is a function of it. See `results.schema.json`. */
export interface Results {
  readonly schemaVersion: 1
  readonly startedAt: string
  readonly durationMs: number
  readonly machine: { readonly os: string; readonly arch: string; readonly node: string; readonly cpus: number }
  readonly implementations: readonly ReportedImplementation[]
  readonly cells: readonly CellResult[]
  /** What makes the run red beyond its cells: entries of the ledger that are out of date, errors outside of any cell. */
  readonly faults: readonly string[]
}

export interface ReportedImplementation {
  readonly name: string
  readonly title: string
  readonly version: string
  /** Why it could not be played; absent when it could. */
  readonly missing?: string
}

/**
 * - `pass`, `fail`: as expected, and not
 * - `xfail`: failed as the ledger says it would
 * - `xpass`: passed although the ledger says that it fails, which is red until the entry is gone
 * - `skipped`: an implementation is missing on this machine
 * - `unsupported`: an implementation declares that it does not offer what the cell needs
 * - `infra-error`: the environment failed, and nothing is known about the daemons
 */
export type Outcome = 'pass' | 'fail' | 'xfail' | 'xpass' | 'skipped' | 'unsupported' | 'infra-error'

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
  readonly failure?: Failure
  /** The folder with the transcript and the daemons' output, relative to the results; absent when not played. */
  readonly evidence?: string
}

export interface Failure {
  readonly what: string
  readonly expected: string
  readonly got: string
}

/** Whether an outcome needs somebody to look at it. */
export function isRed(outcome: Outcome): boolean {
  return outcome === 'fail' || outcome === 'xpass' || outcome === 'infra-error'
}

/** Whether a run gives no reason to be looked at. Nothing played is a reason. */
export function isGreen({ cells, faults }: Results): boolean {
  const played = cells.some(({ outcome }) => outcome === 'pass' || outcome === 'xfail')
  return played && faults.length === 0 && !cells.some(({ outcome }) => isRed(outcome))
}

/** How often each outcome occurs. */
export function countOutcomes(cells: readonly CellResult[]): Record<Outcome, number> {
  const counts = { pass: 0, fail: 0, xfail: 0, xpass: 0, skipped: 0, unsupported: 0, 'infra-error': 0 }
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
