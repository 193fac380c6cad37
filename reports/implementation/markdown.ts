import { escapeText, renderCode, renderRow } from '../markdown-text.ts'
import type { CellResult, Results } from '../results.ts'
import type { Account, Score } from './account.ts'
import { nameFault } from './describe.ts'
import type { Fault } from './faults.ts'

/** Issue trackers take no longer text: GitHub's limit is 65,536 characters. */
const MOST_CHARACTERS = 60_000

/** As much of a cell's timeline, in characters from its end, as somebody reads in an issue. */
const MOST_OF_TIMELINE = 3_000

/** Cells of a fault that are listed, and different texts that it fails with. */
const MOST_LISTED = 10

/** The texts of cells' evidence, by the cell's path and the file's name. */
export type EvidenceTexts = ReadonlyMap<string, Readonly<Record<string, string>>>

/** An account in Markdown, in the parts that can be filed by themselves. */
export interface AccountMarkdown {
  readonly whole: string
  /** One a fault of the account, and behind them one a failure that is not settled. */
  readonly faults: readonly string[]
}

/**
 * An implementation's account for an issue of its maintainers: each fault with what is seen, who does it right, how it
 * is replayed, and what was said on the wire. The page, as a whole, leaves out timelines once it grows too long to be pasted.
 */
export function renderAccount(
  account: Account,
  results: Results,
  evidence: EvidenceTexts = new Map(),
): AccountMarkdown {
  const { implementation, faults, unsettled, total } = account
  const head = [
    `# ${escapeText(nameImplementation(account))}: libp2p interoperability\n`,
    `${total.works} of ${total.played} checks work, in ${results.cells.length} cells of ${results.startedAt} on ${results.machine.os} ${results.machine.arch}. In the matrix it is \`${implementation.name}\`. ${renderVersions(results)}\n`,
    ...(implementation.missing === undefined ? [] : [`Not played: ${escapeText(implementation.missing)}\n`]),
    renderAreas(account),
  ]
  const tail = [renderOthers(account), renderCapabilities(account)]
  const all = [...faults, ...unsettled]
  const sections = all.map(fault => ({ fault, text: renderFault(fault), timeline: renderTimeline(fault, evidence) }))
  let left = MOST_CHARACTERS - [...head, ...tail, ...sections.map(({ text }) => text)].join('\n').length
  const written = sections.map(({ text, timeline }) => {
    left -= timeline.length
    return left > 0 && timeline !== '' ? `${text}\n${timeline}` : text
  })
  const body = [
    `## Faults (${faults.length})\n`,
    faults.length === 0 ? 'None that points at it.\n' : '',
    ...written.slice(0, faults.length),
    unsettled.length === 0 ? '' : `## Not settled (${unsettled.length})\n\nThese may be its faults or its partners'.\n`,
    ...written.slice(faults.length),
  ]
  const context = `Seen with ${renderVersions(results)}\n`
  return {
    whole: [...head, ...body, ...tail].filter(part => part !== '').join('\n'),
    faults: sections.map(({ text, timeline }) => [text, context, timeline].filter(part => part !== '').join('\n')),
  }
}

function nameImplementation({ implementation: { title, version } }: Account): string {
  return `${title} ${version}`
}

function renderVersions({ implementations }: Results): string {
  const played = implementations.filter(({ missing }) => missing === undefined)
  return `${played.map(({ name, title, version }) => `${name}: ${escapeText(title)} ${escapeText(version)}`).join('; ')}.`
}

function renderAreas({ areas, partners, total }: Account): string {
  const columns = ['area', 'alone', ...partners.map(name => `with ${name}`), 'all']
  const rows = areas.map(({ name, alone, withPartners, all }) =>
    renderRow([name, ...[alone, ...withPartners, all].map(renderScore)]),
  )
  const head = `${renderRow(columns)}|---|${columns
    .slice(1)
    .map(() => ':-:|')
    .join('')}\n`
  const blanks = ['', ...partners].map(() => '')
  return `## Works / played\n\n${head}${rows.join('')}${renderRow(['**all**', ...blanks, `**${renderScore(total)}**`])}`
}

function renderScore({ works, played, surprising }: Score): string {
  if (played === 0) return ''
  return `${works}/${played}${surprising ? ' !' : ''}`
}

function renderFault(fault: Fault): string {
  const { reason, titles, failures, because, worksFor, cells } = fault
  const facts = [
    ...failures.slice(0, MOST_LISTED).map(text => `seen: ${escapeText(text)}`),
    ...(failures.length > MOST_LISTED ? [`and ${failures.length - MOST_LISTED} other texts`] : []),
    ...because.map(text => `why it points here: ${escapeText(text)}`),
    `works for: ${worksFor.length === 0 ? 'nobody in this run' : worksFor.join(', ')}`,
    ...cells.slice(0, MOST_LISTED).map(cell => `in ${renderPath(cell)}`),
    ...(cells.length > MOST_LISTED ? [`and in ${cells.length - MOST_LISTED} other cells`] : []),
  ]
  const text = reason === undefined ? 'Not explained yet.' : escapeText(reason)
  const replay = `npm run scenarios -- --replay '${(cells[0] as CellResult).path}'`
  return [
    `### ${escapeText(nameFault(fault))}\n`,
    `${text}\n`,
    `${titles.map(title => `> ${escapeText(title)}\n`).join('>\n')}`,
    `${facts.map(fact => `- ${fact}\n`).join('')}`,
    renderCode(replay),
  ].join('\n')
}

function renderPath({ path, outcome }: CellResult): string {
  return `\`${path}\`${outcome === 'xfail' ? '' : ` (${outcome})`}`
}

function renderTimeline({ cells }: Fault, evidence: EvidenceTexts): string {
  const shown = cells.find(({ path }) => evidence.get(path)?.['timeline.log'] !== undefined)
  const text = shown && evidence.get(shown.path)?.['timeline.log']
  if (shown === undefined || text === undefined) return ''
  const part = text.length > MOST_OF_TIMELINE ? `…${text.slice(-MOST_OF_TIMELINE)}` : text
  return `<details><summary>What was said in ${shown.path}</summary>\n\n${renderCode(part)}\n</details>\n`
}

function renderOthers({ faultsOfOthers, unplayed }: Account): string {
  const others =
    faultsOfOthers === 0
      ? []
      : [`${faultsOfOthers} other cells that it played a part in fail, and point at its partners.`]
  const reasons = [...unplayed].map(([reason, count]) => `${count} not played: ${escapeText(reason)}.`)
  const items = [...others, ...reasons]
  return items.length === 0 ? '' : `## Besides\n\n${items.map(item => `- ${item}\n`).join('')}`
}

function renderCapabilities({ implementation: { capabilities } }: Account): string {
  if (capabilities === undefined) return ''
  const rows = [...Map.groupBy(capabilities, ({ axis }) => axis)].map(([axis, members]) => {
    const offered = members.filter(({ missing }) => missing === undefined).map(({ feature }) => feature)
    return renderRow([axis, offered.join(', ')])
  })
  const missing = capabilities.filter(capability => capability.missing !== undefined)
  const items = missing.map(({ feature, missing = '' }) => `- ${feature}: ${escapeText(missing)}\n`)
  const gaps = items.length === 0 ? '' : `\nNot offered, as it declares:\n\n${items.join('')}`
  return `## Capabilities\n\n${renderRow(['', 'offered'])}|---|---|\n${rows.join('')}${gaps}`
}
