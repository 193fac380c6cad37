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
  const { cells } = results
  const scenarios = Map.groupBy(cells, ({ scenario }) => scenario)
  const legend = Object.entries(SYMBOLS).map(([outcome, symbol]) => `${symbol} ${outcome}`)
  const sections = [
    '# Compatibility matrix\n',
    renderVerdict(results),
    renderImplementations(results),
    `${legend.join(', ')}\n`,
    ...[...scenarios].map(([name, members]) => `## ${name}\n\n${renderTable(members)}`),
    renderCells(
      'Failures',
      cells.filter(({ outcome }) => isRed(outcome)),
    ),
    renderCells(
      'Known failures',
      cells.filter(({ outcome }) => outcome === 'xfail'),
    ),
    renderUnplayed(cells),
  ]
  return sections.filter(section => section !== '').join('\n')
}

function renderVerdict(results: Results): string {
  const { cells, faults, machine, startedAt, durationMs } = results
  const { pass, xfail, fail, xpass, skipped, unsupported, 'infra-error': infra } = countOutcomes(cells)
  const verdict = isGreen(results) ? 'Green' : '**Red**'
  const counts = `${cells.length} cells, ${pass} passed, ${xfail} failed as expected, ${fail + xpass + infra} unexpected, ${skipped + unsupported} not played`
  const where = `Node ${machine.node} on ${machine.os} ${machine.arch}`
  const list = faults.map(fault => `- ${escapeText(fault)}\n`).join('')
  return `${verdict}: ${counts}. ${startedAt}, ${(durationMs / 1_000).toFixed(0)} s, ${where}.\n${list && `\n${list}`}`
}

function renderImplementations({ implementations }: Results): string {
  const rows = implementations.map(({ name, title, version, missing = '' }) =>
    renderRow([name, title, version, missing].map(escapeText)),
  )
  return `| name | implementation | version | not played because |\n|---|---|---|---|\n${rows.join('')}`
}

function renderTable(cells: readonly CellResult[]): string {
  const columns = [...new Set(cells.map(formatCast))]
  const head = `| | ${columns.join(' | ')} |\n|---|${columns.map(() => ':-:|').join('')}\n`
  const rows = Map.groupBy(cells, ({ check, stack }) => `${check} <sub>${stack}</sub>`)
  const body = [...rows].map(([row, members]) => {
    const symbols = new Map(members.map(cell => [formatCast(cell), SYMBOLS[cell.outcome]]))
    return renderRow([row, ...columns.map(column => symbols.get(column) ?? '')])
  })
  return head + body.join('')
}

function renderRow(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |\n`
}

/** `js → go`: dialer to listener; other roles are listed in their order. `js + go`: a network of both. */
function formatCast({ cast, network }: CellResult): string {
  return network === undefined ? Object.values(cast).join(' → ') : network.join(' + ')
}

function renderCells(title: string, cells: readonly CellResult[]): string {
  if (cells.length === 0) return ''
  const items = cells.map(({ path, outcome, failure, reason, evidence }) => {
    const cell = evidence === undefined ? `\`${path}\`` : `[\`${path}\`](${evidence})`
    const texts = [failure && formatFailure(failure), reason].filter(text => text !== undefined)
    return `- ${outcome} ${[cell, ...texts.map(escapeText)].join(' — ')}\n`
  })
  return `## ${title}\n\n${items.join('')}`
}

function renderUnplayed(cells: readonly CellResult[]): string {
  const unplayed = cells.filter(({ outcome }) => outcome === 'skipped' || outcome === 'unsupported')
  if (unplayed.length === 0) return ''
  const reasons = Map.groupBy(unplayed, ({ outcome, reason }) => `${outcome}: ${reason}`)
  const items = [...reasons].map(([text, members]) => `- ${members.length} cells ${escapeText(text)}\n`)
  return `## Not played\n\n${items.join('')}`
}

/** What somebody else wrote, as text in one line and nothing else: neither markup, nor the end of a table's column. */
function escapeText(text: string): string {
  return oneLine(text).replace(/[\\`*_<>[\]|]/g, character => `\\${character}`)
}
