import { escapeText, renderCode } from '../markdown-text.ts'
import type { CellResult } from '../results.ts'
import { nameFault } from './describe.ts'
import type { Fault } from './faults.ts'

/** How many of a fault's cells, texts and checks are listed: all that somebody reads, and fewer where there are many faults. */
export const LISTED = [10, 3, 1] as const

/** As much of a cell's timeline, in characters from its end, as somebody reads in an issue. */
const MOST_OF_TIMELINE = 3_000

/** The texts of cells' evidence, by the cell's path and the file's name. */
export type EvidenceTexts = ReadonlyMap<string, Readonly<Record<string, string>>>

/** A fault: what it is, what is seen, in which cells, who does it right, and how it is replayed. */
export function renderFault(fault: Fault, most: number = LISTED[0]): string {
  const { titles, failures, because, worksFor, cells } = fault
  const seen = failures.map(text => `seen: ${escapeText(text)}`)
  const grounds = because.map(text => `why it points here: ${escapeText(text)}`)
  const others = cells.slice(most)
  const facts = [
    ...upTo(most, seen, 'text'),
    ...upTo(most, grounds, 'conclusion'),
    `works for: ${worksFor.length === 0 ? 'nobody in this run' : worksFor.join(', ')}`,
    ...cells.slice(0, most).map(cell => `in ${renderPath(cell)}`),
    ...(others.length === 0 ? [] : [`and in ${others.length} more: ${countByCheck(others)}`]),
  ]
  const quotes = upTo(most, titles.map(escapeText), 'check').map(title => `> ${title}\n`)
  const replay = `npm run scenarios -- --replay '${(cells[0] as CellResult).path}'`
  return [renderHeading(fault), quotes.join('>\n'), facts.map(fact => `- ${fact}\n`).join(''), renderCode(replay)].join(
    '\n',
  )
}

/** A fault among so many that there is no room for more. */
export function renderFaultBriefly(fault: Fault): string {
  return `${renderHeading(fault)}\n- in ${countByCheck(fault.cells)}\n`
}

/** What was said on the wire in one of a fault's cells; empty where nothing is known of it. */
export function renderTimeline({ cells }: Fault, evidence: EvidenceTexts): string {
  const shown = cells.find(({ path }) => evidence.get(path)?.['timeline.log'] !== undefined)
  const text = shown && evidence.get(shown.path)?.['timeline.log']
  if (shown === undefined || text === undefined) return ''
  const part = text.length > MOST_OF_TIMELINE ? `…${text.slice(-MOST_OF_TIMELINE)}` : text
  return `<details><summary>What was said in ${shown.path}</summary>\n\n${renderCode(part)}\n</details>\n`
}

function renderHeading(fault: Fault): string {
  const text = fault.reason === undefined ? 'Not explained yet.' : escapeText(fault.reason)
  return `### ${escapeText(nameFault(fault))}\n\n${text}\n`
}

function renderPath({ path, outcome }: CellResult): string {
  return `\`${path}\`${outcome === 'xfail' ? '' : ` (${outcome})`}`
}

/** So many of the items, and how many there are besides. */
function upTo(most: number, items: readonly string[], kind: string): readonly string[] {
  const rest = items.length - most
  return rest > 0 ? [...items.slice(0, most), `and ${rest} more ${kind}${rest === 1 ? '' : 's'}`] : items
}

/** `9 of connect/connects, 4 of relay/connects`. */
function countByCheck(cells: readonly CellResult[]): string {
  return [...Map.groupBy(cells, ({ scenario, check }) => `${scenario}/${check}`)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([check, { length }]) => `${length} of \`${check}\``)
    .join(', ')
}
