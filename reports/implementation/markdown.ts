import { escapeText, renderCode, renderRow } from '../markdown-text.ts'
import type { Results } from '../results.ts'
import type { Account, Score } from './account.ts'
import { type EvidenceTexts, LISTED, renderFault, renderFaultBriefly, renderTimeline } from './fault-markdown.ts'
import type { Fault } from './faults.ts'

/** Issue trackers take no longer text: GitHub's limit is 65,536 characters. In bytes, as others count those. */
const MOST_BYTES = 60_000

/** As much of it as faults should take without their timelines. */
const MOST_OF_FAULTS = 50_000

/** An account in Markdown, in the parts that can be filed by themselves. */
export interface AccountMarkdown {
  readonly whole: string
  /** One a fault of the account, and behind them one a failure that is not settled. */
  readonly faults: readonly string[]
}

/**
 * An implementation's account for an issue of its maintainers: each fault with what is seen, who does it right, how it
 * is replayed, and what was said on the wire. The page, as a whole, lists less of each fault where there are many, and
 * leaves out timelines, once it grows too long to be pasted; a fault by itself has it all.
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
  const timelines = all.map(fault => renderTimeline(fault, evidence))
  const { texts, most } = renderFaults(all)
  const where = all.some(({ cells }) => cells.length > most) ? [renderWhere(account, results)] : []
  const compose = (sections: readonly string[]): string => {
    const body = [
      `## Faults (${faults.length})\n`,
      ...where,
      faults.length === 0 ? 'None that points at it.\n' : '',
      ...sections.slice(0, faults.length),
      unsettled.length === 0
        ? ''
        : `## Not settled (${unsettled.length})\n\nThese may be its faults or its partners'.\n`,
      ...sections.slice(faults.length),
    ]
    return join([...head, ...body, ...tail])
  }
  let left = MOST_BYTES - Buffer.byteLength(compose(texts))
  const withTimelines = texts.map((text, index) => {
    const whole = join([text, timelines[index] as string])
    const more = Buffer.byteLength(whole) - Buffer.byteLength(text)
    if (more > left) return text
    left -= more
    return whole
  })
  const context = `Seen with ${renderVersions(results)}\n`
  return {
    whole: compose(withTimelines),
    faults: all.map((fault, index) => join([renderFault(fault), context, timelines[index] as string])),
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

function join(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n')
}

/** All faults, each with as much as leaves room for the others; and how many cells are named of each. */
function renderFaults(faults: readonly Fault[]): { readonly texts: readonly string[]; readonly most: number } {
  for (const most of LISTED) {
    const texts = faults.map(fault => renderFault(fault, most))
    if (Buffer.byteLength(join(texts)) <= MOST_OF_FAULTS) return { texts, most }
  }
  return { texts: faults.map(renderFaultBriefly), most: 0 }
}

/** Where there is more to see of faults than is listed. */
function renderWhere({ implementation: { name } }: Account, { implementations }: Results): string {
  const names = implementations.filter(({ missing }) => missing === undefined).map(other => other.name)
  return `Of a fault that shows in many cells some are named, the plainest first. The others, with their evidence, are in the run's \`index.html#implementation:${name}\` and \`results.json\`; all cells of a check are played by\n\n${renderCode(`npm run scenarios -- --impl ${names.join(',')} --filter 'SCENARIO/CHECK/**${name}'`)}`
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
