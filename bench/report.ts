import type { BenchResults, FigureResult, Measured } from './results.ts'

const COLUMNS = ['figure', 'unit', 'ceiling', 'baseline', 'subject', 'ratio', 'rounds'] as const

/**
 * A run as a table: medians, and how many times the baseline the subject is, in the median of the rounds and between
 * which extremes. The ratio's arrow says which way is better.
 */
export function renderReport(results: BenchResults): string {
  const { machine, contestants, figures, rounds, durationMs, quick } = results
  const rows = figures.map(toRow)
  const widths = COLUMNS.map((name, column) => Math.max(name.length, ...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  const failures = figures.flatMap(({ name, results: measured }) =>
    Object.entries(measured).flatMap(([role, { failures }]) => failures.map(text => `${name}, ${role}: ${text}`)),
  )
  return [
    line(COLUMNS),
    line(widths.map(width => '-'.repeat(width))),
    ...rows.map(line),
    '',
    ...failures.map(text => `failed: ${text}`),
    ...contestants.map(({ role, title }) => `${role}: ${title}`),
    `machine: ${machine.cpus} × ${machine.cpu}, ${machine.memoryMiB} MiB, ${machine.os} ${machine.arch}, Node.js ${machine.node}; load ${machine.load} before`,
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'} in ${Math.round(durationMs / 1_000)} s${quick ? '; quick: the figures mean nothing' : ''}`,
  ]
    .map(text => `${text}\n`)
    .join('')
}

function toRow({ title, unit, better, results, ratio }: FigureResult): string[] {
  const { ceiling, baseline, subject } = results
  const compared =
    ratio === undefined
      ? '–'
      : `${better === 'less' ? '↓' : '↑'} ${ratio.median.toFixed(2)}× (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`
  const rounds = Math.max(...[subject, baseline].map(measured => measured?.values.length ?? 0))
  return [title, unit, format(ceiling), format(baseline), format(subject), compared, String(rounds)]
}

/** Three digits: more would be noise. */
function format(measured: Measured | undefined): string {
  if (measured === undefined) return ''
  if (measured.median === undefined) return 'failed'
  const { median } = measured
  if (median === 0 || Math.abs(median) >= 100) return Math.round(median).toLocaleString('en')
  return median.toPrecision(3)
}
