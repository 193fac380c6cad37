import { assignBlame, type Blame } from './blame.ts'
import {
  type CellResult,
  countOutcomes,
  formatFailure,
  isGreen,
  isRed,
  type Outcome,
  oneLine,
  type Results,
} from './results.ts'

/**
 * The end of a run on a terminal: a line each for what needs looking at, a line a scenario, and the total.
 *
 * @param folder of the report, as it is shown
 */
export function renderTerminal(results: Results, folder: string): string {
  const { cells, faults, durationMs } = results
  const blames = assignBlame(cells)
  const scenarios = Map.groupBy(cells, ({ scenario }) => scenario)
  const width = Math.max(0, ...[...scenarios.keys()].map(name => name.length))
  const verdict = isGreen(results) ? 'green' : 'RED'
  const seconds = (durationMs / 1_000).toFixed(1)
  const lines = [
    ...cells.filter(({ outcome }) => isRed(outcome)).map(cell => renderRed(cell, folder, blames.get(cell.path))),
    ...faults.map(fault => `FAULT ${oneLine(fault)}`),
    ...new Set(
      cells
        .filter(isUnplayed)
        // a fault of the whole run tells why the rest was not played
        .filter(({ reason }) => !faults.some(fault => fault.includes(`${reason}`)))
        .map(({ outcome, reason }) => oneLine(`${outcome}: ${reason}`)),
    ),
    ...[...scenarios].map(([name, members]) => `${name.padEnd(width)}  ${renderCounts(members)}`),
    `${verdict}: ${cells.length} cells, ${renderCounts(cells)} in ${seconds} s; report in ${folder}/index.html`,
  ]
  return lines.map(line => `${line}\n`).join('')
}

function isUnplayed({ outcome }: CellResult): boolean {
  return outcome === 'skipped' || outcome === 'unsupported'
}

function renderRed({ outcome, path, failure, reason, evidence }: CellResult, folder: string, blame?: Blame): string {
  const why = failure === undefined ? oneLine(`${reason}`) : formatFailure(failure)
  const where = evidence === undefined ? '' : ` (evidence: ${folder}/${evidence})`
  const who = blame === undefined ? '' : `; points at ${blame.suspects.join(', ')}: ${blame.because}`
  return `${outcome.toUpperCase()} ${path} — ${why}${who}${where}`
}

const NAMES: Readonly<Record<Outcome, string>> = {
  pass: 'passed',
  xfail: 'failed as expected',
  fail: 'failed',
  xpass: 'passed unexpectedly',
  flaky: 'flaky',
  'infra-error': 'not played for an error of the environment',
  unsupported: 'unsupported',
  skipped: 'skipped',
}

function renderCounts(cells: readonly CellResult[]): string {
  const counts = countOutcomes(cells)
  const told = (Object.keys(NAMES) as Outcome[]).filter(outcome => counts[outcome] > 0)
  return told.map(outcome => `${counts[outcome]} ${NAMES[outcome]}`).join(', ')
}
