import { assignBlame, type Blame } from './blame.ts'
import { escapeText, renderRow } from './markdown-text.ts'
import {
  type CellResult,
  countOutcomes,
  formatCast,
  formatFailure,
  isFailed,
  isGreen,
  isRed,
  type Outcome,
  type Results,
} from './results.ts'

const SYMBOLS: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  xfail: '(✗)',
  xpass: '(✓)!',
  flaky: '~',
  skipped: '–',
  unsupported: '·',
  'infra-error': '!',
}

/** The matrix for people: which implementations, then a table a scenario, checks down and casts across. */
export function renderMarkdown(results: Results): string {
  const { cells } = results
  const blames = assignBlame(cells)
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
      blames,
    ),
    renderCells(
      'Known failures',
      cells.filter(({ outcome }) => outcome === 'xfail'),
      blames,
    ),
    renderUnplayed(cells),
  ]
  return sections.filter(section => section !== '').join('\n')
}

/** The longest list that a comment of a pull request should have. */
const MOST_LISTED = 30

/**
 * The run on one screen, for a comment on a pull request or a job's summary: the verdict, what works with what in
 * numbers, and what needs looking at.
 */
export function renderSummary(results: Results): string {
  const red = results.cells.filter(({ outcome }) => isRed(outcome))
  const more = red.length > MOST_LISTED ? `\n… and ${red.length - MOST_LISTED} more.\n` : ''
  const sections = [
    `### libp2p interoperability\n\n${renderVerdict(results)}`,
    renderPairs(results.cells),
    renderCells('Needs looking at', red.slice(0, MOST_LISTED).map(withoutLink), assignBlame(results.cells)) + more,
  ]
  return sections.filter(section => section !== '').join('\n')
}

/** Where the summary is shown there are no files to link to. */
function withoutLink({ evidence: _, ...cell }: CellResult): CellResult {
  return cell
}

/** How much works of what was played, by scenario and cast. */
function renderPairs(cells: readonly CellResult[]): string {
  const played = cells.filter(({ outcome }) => outcome === 'pass' || outcome === 'xpass' || isFailed(outcome))
  const columns = [...new Set(played.map(formatCast))]
  if (columns.length === 0) return ''
  const rows = [...Map.groupBy(played, ({ scenario }) => scenario)].map(([scenario, members]) => {
    const byCast = Map.groupBy(members, formatCast)
    return renderRow([scenario, ...columns.map(column => renderScore(byCast.get(column) ?? []))])
  })
  return `| works/played | ${columns.join(' | ')} |\n|---|${columns.map(() => ':-:|').join('')}\n${rows.join('')}`
}

function renderScore(cells: readonly CellResult[]): string {
  if (cells.length === 0) return ''
  const failed = cells.filter(({ outcome }) => isFailed(outcome))
  const works = `${cells.length - failed.length}/${cells.length}`
  return failed.some(({ outcome }) => isRed(outcome)) ? `**${works}**` : works
}

function renderVerdict(results: Results): string {
  const { cells, faults, machine, startedAt, durationMs } = results
  const { pass, xfail, fail, xpass, flaky, skipped, unsupported, 'infra-error': infra } = countOutcomes(cells)
  const verdict = isGreen(results) ? 'Green' : '**Red**'
  const counts = `${cells.length} cells, ${pass} passed, ${xfail} failed as expected, ${fail + xpass + flaky + infra} unexpected, ${skipped + unsupported} not played`
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

function renderCells(title: string, cells: readonly CellResult[], blames: ReadonlyMap<string, Blame>): string {
  if (cells.length === 0) return ''
  const items = cells.map(({ path, outcome, failure, reason, evidence }) => {
    const cell = evidence === undefined ? `\`${path}\`` : `[\`${path}\`](${evidence})`
    const blame = blames.get(path)
    const points = blame && `points at ${blame.suspects.join(', ')}: ${blame.because}`
    const texts = [failure && formatFailure(failure), reason, points].filter(text => text !== undefined)
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
