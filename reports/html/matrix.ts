import { type CellResult, formatCast, isFailed, type Outcome } from '../results.ts'
import { linkTo } from './implementation.ts'
import { html, type Markup } from './markup.ts'

/** What a cell shows; its accessible name says it in words. */
export const SYMBOLS: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  xfail: '(✗)',
  xpass: '(✓)',
  flaky: '~',
  skipped: '–',
  unsupported: '·',
  'infra-error': '!',
}

/** A table a scenario: checks and stacks down, casts across. */
export function renderScenarios(cells: readonly CellResult[]): Markup[] {
  return [...Map.groupBy(cells, ({ scenario }) => scenario)].map(([name, members]) => {
    const columns = [...new Set(members.map(formatCast))]
    const rows = [...Map.groupBy(members, ({ check, stack }) => `${check} ${stack}`).values()]
    const head = columns.map(column => html`<th scope="col">${renderHead(column)}</th>`)
    // what all rows have in common is said once, above them
    const [stack, ...stacks] = new Set(members.map(member => member.stack))
    const [check, ...checks] = new Set(members.map(member => member.check))
    const common = stacks.length === 0 ? 'stack' : checks.length === 0 ? 'check' : undefined
    const shared = common === undefined ? html`` : html` <small>${(common === 'stack' ? stack : check) ?? ''}</small>`
    return html`<section aria-labelledby="scenario-${name}"><h2 id="scenario-${name}">${name}${shared}</h2>
<div class="scroll"><table class="grid"><thead><tr><th scope="col">${common === 'check' ? 'stack' : 'check'}</th>${head}</tr></thead>
<tbody>${rows.map(row => renderRow(row, columns, common))}</tbody></table></div></section>
`
  })
}

/** Names in a table's head lead to their pages by a click; by keyboard the list above is shorter. */
function renderHead(column: string): Markup {
  return html`${column
    .split(SEPARATORS)
    .map(part =>
      SEPARATORS.test(part) ? html`${part}` : html`<a tabindex="-1" href="#implementation:${part}">${part}</a>`,
    )}`
}

/** Between the names of a cast, as `formatCast` writes them. */
const SEPARATORS = /( → | \+ )/

function renderRow(cells: readonly CellResult[], columns: readonly string[], common?: 'stack' | 'check'): Markup {
  const byCast = new Map(cells.map(cell => [formatCast(cell), cell]))
  const { check, stack, title } = cells[0] as CellResult
  const labels = { stack: html`${check}`, check: html`${stack}` } as const
  const label = common === undefined ? html`${check}<small>${stack}</small>` : labels[common]
  const squares = columns.map(column => {
    const cell = byCast.get(column)
    return cell === undefined ? html`<td></td>` : html`<td>${renderCell(cell)}</td>`
  })
  return html`<tr><th scope="row" title="${title}">${label}</th>${squares}</tr>
`
}

function renderCell(cell: CellResult): Markup {
  const { path, outcome, check } = cell
  const label = `${check}, ${formatCast(cell)}: ${outcome}`
  return html`<button class="cell ${outcome}" data-path="${path}" aria-label="${label}">${SYMBOLS[outcome]}</button>`
}

/** The implementations against each other: how much works of what was played with the one calling and the other called. */
export function renderPairs(cells: readonly CellResult[]): Markup {
  const pairs = Map.groupBy(cells, ({ cast, network }) => {
    if (network !== undefined) return 'networks have no pairs'
    const [first, second = first] = Object.values(cast)
    return `${first}\n${second}`
  })
  const names = [...new Set(cells.flatMap(({ cast }) => Object.values(cast)))]
  const rows = names.map(first => {
    const squares = names.map(second => renderPair(first, second, pairs.get(`${first}\n${second}`) ?? []))
    return html`<tr><th scope="row">${linkTo(first)}</th>${squares}</tr>`
  })
  return html`<div class="scroll"><table class="pairs"><caption class="muted">works / played, by who plays the first role (down) and the second (across)</caption>
<thead><tr><td></td>${names.map(name => html`<th scope="col">${linkTo(name)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function renderPair(first: string, second: string, cells: readonly CellResult[]): Markup {
  const works = cells.filter(({ outcome }) => outcome === 'pass' || outcome === 'xpass').length
  const failed = cells.filter(({ outcome }) => isFailed(outcome)).length
  if (works + failed === 0) return html`<td class="muted">not played</td>`
  const [role, other = role] = Object.keys((cells[0] as CellResult).cast)
  const search = role === other ? `${role}:${first}` : `${role}:${first} ${other}:${second}`
  const state = failed === 0 ? 'pass' : cells.some(({ outcome }) => outcome === 'fail') ? 'fail' : 'xfail'
  return html`<td><button class="${state}" data-pair="${search}" aria-label="${works}/${works + failed}: what works of ${first} with ${second}; show it">${works}/${works + failed}</button></td>`
}
