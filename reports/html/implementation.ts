import type { Account, Area, Score } from '../implementation/account.ts'
import { describeCell, nameFault } from '../implementation/describe.ts'
import type { Fault } from '../implementation/faults.ts'
import type { Capability, CellResult } from '../results.ts'
import { html, type Markup } from './markup.ts'

/** A fault's cells that are shown at once; the others open with a click. */
const FIRST_SHOWN = 4

/** The page of one implementation: how it does, what is wrong with it, with evidence, and what it does not offer. */
export function renderImplementation(account: Account): Markup {
  const { implementation, faults, unsettled } = account
  const { name, title, version, homepage, missing } = implementation
  const link = homepage === undefined ? html`` : html`<a href="${homepage}">${homepage}</a>, `
  const absent = missing === undefined ? html`` : html`<p>Not played: ${missing}</p>`
  const open =
    unsettled.length === 0
      ? html``
      : html`<h3>Not settled</h3>
<p class="muted">These may be its faults or its partners': no cell tells who is right.</p>${renderFaults(account, unsettled, faults.length)}`
  return html`<article class="page" id="page-${name}" aria-labelledby="title-${name}" hidden>
<p><a href="#implementations">All implementations</a></p>
<h2 id="title-${name}" tabindex="-1">${title} ${version}</h2>
<p class="muted">${link}in the matrix: <code>${name}</code></p>${absent}
<p><button type="button" data-copy="${name}">Copy as Markdown</button> <a href="implementations/${name}.md">${name}.md</a></p>
<h3>Works / played</h3>${renderAreas(account)}
<h3>Faults that point at it (${faults.length})</h3>
${faults.length === 0 ? html`<p>None in this run.</p>` : renderFaults(account, faults, 0)}
${open}${renderBesides(account)}${renderCapabilities(implementation.capabilities)}
</article>
`
}

/** The list of them all, each of which leads to its page. */
export function renderOverview(accounts: readonly Account[]): Markup {
  const rows = accounts.map(({ implementation, total, faults, unsettled }) => {
    const { name, title, version, missing, capabilities = [] } = implementation
    const played = missing === undefined ? `${total.works} of ${total.played} work` : `not played: ${missing}`
    const gaps = capabilities.filter(capability => capability.missing !== undefined).length
    return html`<tr><th scope="row">${linkTo(name)}</th><td>${title}</td><td>${version}</td><td>${played}</td><td>${faults.length}${unsettled.length > 0 ? `, ${unsettled.length} not settled` : ''}</td><td>${gaps} features</td></tr>`
  })
  const columns = ['name', 'implementation', 'version', 'cells', 'faults', 'not offered']
  return html`<div class="scroll" tabindex="0" role="region" aria-label="implementations"><table><thead><tr>${columns.map(column => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** A name that leads to the implementation's page. */
export function linkTo(name: string): Markup {
  return html`<a href="#implementation:${name}">${name}</a>`
}

function renderAreas({ implementation: { name }, areas, partners, total }: Account): Markup {
  const columns = ['alone', ...partners.map(partner => `with ${partner}`), 'all']
  const rows = areas.map(({ name: area, alone, withPartners, all }: Area) => {
    const scores = [alone, ...withPartners, all].map(score => html`<td>${renderScore(score)}</td>`)
    return html`<tr><th scope="row">${area}</th>${scores}</tr>`
  })
  const blanks = ['', ...partners].map(() => html`<td></td>`)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="score of ${name} by area"><table><thead><tr><th scope="col">area</th>${columns.map(column => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows}<tr><th scope="row"><strong>all</strong></th>${blanks}<td>${renderScore(total)}</td></tr></tbody></table></div>`
}

function renderScore({ works, played, surprising }: Score): Markup {
  if (played === 0) return html``
  const state = surprising ? 'fail' : works < played ? 'xfail' : 'pass'
  return html`<span class="tag ${state}">${works}/${played}</span>`
}

/** @param first where these faults begin in the account's list of Markdown */
function renderFaults({ implementation: { name } }: Account, faults: readonly Fault[], first: number): Markup {
  return html`${faults.map((fault, index) => renderFault(name, fault, first + index))}`
}

function renderFault(name: string, fault: Fault, index: number): Markup {
  const { reason, titles, failures, because, worksFor, cells } = fault
  const heading = nameFault(fault)
  const id = `fault-${name}-${index}`
  const facts: readonly (readonly [string, Markup | string])[] = [
    ['expected', html`${titles.map(title => html`<div>${title}</div>`)}`],
    ['seen', html`${failures.map(text => html`<div class="mono">${text}</div>`)}`],
    ['points here', html`${because.map(text => html`<div>${text}</div>`)}`],
    ['works for', worksFor.length === 0 ? 'nobody in this run' : worksFor.join(', ')],
  ]
  const buttons = cells.map(renderCell)
  const rest = buttons.slice(FIRST_SHOWN)
  const more =
    rest.length === 0 ? html`` : html`<details><summary>${rest.length} more cells</summary><ul>${rest}</ul></details>`
  return html`<section class="fault" aria-labelledby="${id}"><h4 id="${id}">${heading}</h4><p>${reason ?? 'Not explained yet.'}</p>
<dl>${facts.map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>`)}</dl>
<ul class="list">${buttons.slice(0, FIRST_SHOWN)}</ul>${more}
<p><button type="button" data-copy="${name}" data-fault="${index}" aria-describedby="${id}">Copy this fault as Markdown</button></p></section>
`
}

function renderCell(cell: CellResult): Markup {
  return html`<li><button data-path="${cell.path}"><span class="tag ${cell.outcome}">${cell.outcome}</span> ${describeCell(cell)}</button></li>`
}

function renderBesides({ faultsOfOthers, unplayed }: Account): Markup {
  const others =
    faultsOfOthers === 0
      ? []
      : [`${faultsOfOthers} other cells that it played a part in fail, and point at its partners.`]
  const reasons = [...unplayed].map(([reason, count]) => `${count} not played: ${reason}`)
  const items = [...others, ...reasons].map(text => html`<li>${text}</li>`)
  return items.length === 0 ? html`` : html`<h3>Besides</h3><ul>${items}</ul>`
}

function renderCapabilities(capabilities: readonly Capability[] | undefined): Markup {
  if (capabilities === undefined) return html``
  const axes = [...Map.groupBy(capabilities, ({ axis }) => axis)].map(([axis, members]) => {
    const offered = members.filter(({ missing }) => missing === undefined).map(({ feature }) => feature)
    return html`<dt>${axis}</dt><dd>${offered.length === 0 ? 'none' : offered.join(', ')}</dd>`
  })
  const gaps = capabilities.flatMap(({ feature, missing }) =>
    missing === undefined ? [] : [html`<dt>${feature}</dt><dd>${missing}</dd>`],
  )
  const list = gaps.length === 0 ? html`<p>Nothing is declared missing.</p>` : html`<dl>${gaps}</dl>`
  return html`<h3>Offers</h3><dl>${axes}</dl><h3>Does not offer, as it declares</h3>${list}`
}
