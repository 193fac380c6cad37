import { type CellResult, countOutcomes, isGreen, isRed, type Outcome, type Results } from './results.ts'
import { oneLine } from './terminal.ts'

const SYMBOLS: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  xfail: '(✗)',
  xpass: '(✓)!',
  skipped: '–',
  unsupported: '·',
  'infra-error': '!',
}

/** The matrix for people: which implementations, then a table a scenario, checks down and casts across. */
export function renderMarkdown(results: Results): string {
  const scenarios = Map.groupBy(results.cells, ({ scenario }) => scenario)
  const sections = [
    `# Compatibility matrix\n`,
    renderVerdict(results),
    renderImplementations(results),
    `${Object.entries(SYMBOLS)
      .map(([outcome, symbol]) => `${symbol} ${outcome}`)
      .join(', ')}\n`,
    ...[...scenarios].map(([name, cells]) => `## ${name}\n\n${renderTable(cells)}`),
    renderList(
      'Failures',
      results.cells.filter(({ outcome }) => isRed(outcome)),
    ),
    renderList(
      'Known failures',
      results.cells.filter(({ outcome }) => outcome === 'xfail'),
    ),
    renderReasons(results.cells),
  ]
  return sections.filter(section => section !== '').join('\n')
}

function renderVerdict(results: Results): string {
  const { pass, xfail, fail, xpass, skipped, unsupported, 'infra-error': infra } = countOutcomes(results.cells)
  const unplayed = skipped + unsupported
  const faults = results.faults.map(fault => `- ${fault}\n`).join('')
  return `${isGreen(results) ? 'Green' : '**Red**'}: ${results.cells.length} cells, ${pass} passed, ${xfail} failed as expected, ${fail + xpass + infra} unexpected, ${unplayed} not played. ${results.startedAt}, ${(results.durationMs / 1_000).toFixed(0)} s, Node ${results.machine.node} on ${results.machine.os} ${results.machine.arch}.\n${faults && `\n${faults}`}`
}

function renderImplementations({ implementations }: Results): string {
  const rows = implementations.map(
    ({ name, title, version, missing }) => `| ${name} | ${title} | ${version} | ${missing ?? ''} |\n`,
  )
  return `| name | implementation | version | not played because |\n|---|---|---|---|\n${rows.join('')}`
}

function renderTable(cells: readonly CellResult[]): string {
  const columns = [...new Set(cells.map(castOf))]
  const rows = Map.groupBy(cells, rowOf)
  const head = `| | ${columns.join(' | ')} |\n|---|${columns.map(() => ':-:|').join('')}\n`
  const body = [...rows].map(([row, members]) => {
    const byColumn = new Map(members.map(cell => [castOf(cell), SYMBOLS[cell.outcome]]))
    return `| ${row} | ${columns.map(column => byColumn.get(column) ?? '').join(' | ')} |\n`
  })
  return head + body.join('')
}

/** `js → go`: dialer to listener; other roles are listed in their order. */
function castOf({ cast }: CellResult): string {
  return Object.values(cast).join(' → ')
}

function rowOf({ check, stack }: CellResult): string {
  return `${check} <sub>${stack}</sub>`
}

function renderList(title: string, cells: readonly CellResult[]): string {
  if (cells.length === 0) return ''
  const items = cells.map(({ path, outcome, failure, reason, evidence }) => {
    const seen = failure && ` — ${failure.what}: expected ${failure.expected}, got ${oneLine(failure.got)}`
    const why = reason && ` — ${reason}`
    return `- ${outcome} [\`${path}\`](${evidence ?? ''})${seen ?? ''}${why ?? ''}\n`
  })
  return `## ${title}\n\n${items.join('')}`
}

function renderReasons(cells: readonly CellResult[]): string {
  const reasons = new Map<string, number>()
  for (const { outcome, reason } of cells) {
    if (outcome !== 'skipped' && outcome !== 'unsupported') continue
    const text = `${outcome}: ${reason}`
    reasons.set(text, (reasons.get(text) ?? 0) + 1)
  }
  if (reasons.size === 0) return ''
  return `## Not played\n\n${[...reasons].map(([text, count]) => `- ${count} cells ${text}\n`).join('')}`
}
