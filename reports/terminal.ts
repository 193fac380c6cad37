import { type CellResult, countOutcomes, isGreen, isRed, type Results } from './results.ts'

/** The end of a run on a terminal: a line each for what needs looking at, a line a scenario, and the total. */
export function renderTerminal(results: Results, folder: string): string {
  const scenarios = Map.groupBy(results.cells, ({ scenario }) => scenario)
  const width = Math.max(0, ...[...scenarios.keys()].map(name => name.length))
  const unplayed = new Set(results.cells.filter(isUnplayed).map(({ outcome, reason }) => `${outcome}: ${reason}`))
  const lines = [
    ...results.cells.filter(({ outcome }) => isRed(outcome)).map(cell => renderRed(cell, folder)),
    ...results.faults.map(fault => `FAULT ${fault}`),
    ...unplayed,
    ...[...scenarios].map(([name, cells]) => `${name.padEnd(width)}  ${renderCounts(cells)}`),
    `${isGreen(results) ? 'green' : 'RED'}: ${results.cells.length} cells, ${renderCounts(results.cells)} in ${(results.durationMs / 1_000).toFixed(1)} s; report in ${folder}/matrix.md`,
  ]
  return lines.map(line => `${line}\n`).join('')
}

function isUnplayed({ outcome }: CellResult): boolean {
  return outcome === 'skipped' || outcome === 'unsupported'
}

function renderRed({ outcome, path, failure, reason, evidence }: CellResult, folder: string): string {
  const why =
    failure === undefined ? `${reason}` : `${failure.what}: expected ${failure.expected}, got ${oneLine(failure.got)}`
  const where = evidence === undefined ? '' : ` (evidence: ${folder}/${evidence})`
  return `${outcome.toUpperCase()} ${path} — ${why}${where}`
}

const NAMES = {
  pass: 'passed',
  xfail: 'failed as expected',
  fail: 'failed',
  xpass: 'passed unexpectedly',
  'infra-error': 'not played for an error of the environment',
  unsupported: 'unsupported',
  skipped: 'skipped',
} as const

function renderCounts(cells: readonly CellResult[]): string {
  const counts = countOutcomes(cells)
  const parts = Object.entries(NAMES).map(([outcome, name]) => ({ name, count: counts[outcome as keyof typeof NAMES] }))
  const told = parts.filter(({ count }) => count > 0).map(({ name, count }) => `${count} ${name}`)
  return told.length > 0 ? told.join(', ') : 'none played'
}

/** A failure's text in one line; daemons' texts can have several. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ')
}
