import { assignBlame } from '../blame.ts'
import type { CellHistory } from '../history.ts'
import type { Account } from '../implementation/account.ts'
import type { EvidenceTexts } from '../implementation/fault-markdown.ts'
import { type WrittenAccount, writeAccounts } from '../implementation/written.ts'
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
} from '../results.ts'
import { linkTo, renderImplementation, renderOverview } from './implementation.ts'
import { html, json, type Markup, raw } from './markup.ts'
import { renderPairs, renderScenarios, SYMBOLS } from './matrix.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** What the page shows beside the results. */
export interface PageExtras {
  /** The texts of a cell's evidence by file name, by the cell's path; the page carries them, for browsers read no files. */
  readonly evidence?: EvidenceTexts
  readonly histories?: ReadonlyMap<string, CellHistory>
  /** The implementations' accounts, where they have been written already. */
  readonly written?: readonly WrittenAccount[]
}

/** The results as one page that needs neither server nor network. */
export function renderHtml(results: Results, extras: PageExtras = {}): string {
  const { cells } = results
  const { evidence, histories } = extras
  const blames = assignBlame(cells)
  const written = extras.written ?? writeAccounts(results, blames, evidence)
  const details = cells.map(cell => ({
    ...cell,
    blame: blames.get(cell.path),
    files: evidence?.get(cell.path),
    past: histories?.get(cell.path),
  }))
  const accounts = written.map(({ account }) => account)
  const markdown = Object.fromEntries(written.map(({ account, markdown }) => [account.implementation.name, markdown]))
  const failed = cells.filter(({ outcome }) => isRed(outcome) || isFailed(outcome))
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>libp2p interoperability: ${verdict(results)}</title><style>${raw(STYLE)}</style></head>
<body>
<header><div><h1>libp2p interoperability</h1><p class="muted">${describeRun(results)}</p></div>
<p><span class="verdict ${isGreen(results) ? 'pass' : 'fail'}">${verdict(results)}</span></p>
<button id="theme" type="button">theme: auto</button></header>
<main>
${renderNavigation(accounts)}
${renderFaults(results.faults)}
<div class="filters" role="search"><input id="search" type="search" placeholder="filter, e.g. half-close listener:go" aria-label="filter cells"> 
<label>implementation <select id="implementation"><option value="">all</option>${results.implementations.map(({ name }) => html`<option>${name}</option>`)}</select></label>
<div class="outcomes" role="group" aria-label="outcomes">${renderOutcomes(cells)}</div>
<span id="shown" class="muted" role="status"></span></div>
<div role="tablist" aria-label="views">
<button role="tab" id="tab-scenarios" aria-controls="scenarios" aria-selected="true">By scenario</button>
<button role="tab" id="tab-pairs" aria-controls="pairs" aria-selected="false" tabindex="-1">By pair</button>
<button role="tab" id="tab-attention" aria-controls="attention" aria-selected="false" tabindex="-1">Failures (${failed.length})</button>
<button role="tab" id="tab-implementations" aria-controls="implementations" aria-selected="false" tabindex="-1">Implementations</button></div>
<div id="scenarios" class="matrix" role="tabpanel" aria-labelledby="tab-scenarios">${renderScenarios(cells)}</div>
<div id="pairs" role="tabpanel" aria-labelledby="tab-pairs" hidden>${renderPairs(cells)}</div>
<div id="attention" role="tabpanel" aria-labelledby="tab-attention" hidden><ul class="list">${failed.map(renderFailed)}</ul></div>
<div id="implementations" role="tabpanel" aria-labelledby="tab-implementations" hidden><div id="overview">${renderOverview(accounts)}</div>${accounts.map(renderImplementation)}</div>
</main>
<dialog aria-labelledby="details-title"><div class="top"><span class="muted">Esc closes, n goes to the next failure</span><button id="close" type="button">Close</button></div><div id="details"></div></dialog>
<p id="told" class="told" aria-live="polite"></p>
<script id="data" type="application/json">${json({ cells: details, markdown })}</script>
<script>${raw(SCRIPT)}</script>
</body></html>
`
  return page.html
}

function verdict(results: Results): string {
  return isGreen(results) ? 'green' : 'red'
}

function describeRun({ startedAt, durationMs, machine, seed, cells }: Results): string {
  const when = startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')
  const where = `Node ${machine.node} on ${machine.os} ${machine.arch}, ${machine.cpus} processors`
  return `${cells.length} cells in ${(durationMs / 1_000).toFixed(0)} s, ${when}, ${where}, seed ${seed}`
}

function renderFaults(faults: readonly string[]): Markup {
  if (faults.length === 0) return html``
  return html`<section><h2>Faults of the run</h2><ul>${faults.map(fault => html`<li>${fault}</li>`)}</ul></section>`
}

function renderOutcomes(cells: readonly CellResult[]): Markup[] {
  const counts = Object.entries(countOutcomes(cells)) as [Outcome, number][]
  return counts
    .filter(([, count]) => count > 0)
    .map(
      ([outcome, count]) =>
        html`<button type="button" class="${outcome}" data-outcome="${outcome}" aria-pressed="true">${SYMBOLS[outcome]} ${outcome} ${count}</button> `,
    )
}

function renderFailed(cell: CellResult): Markup {
  const { outcome, path, failure, reason } = cell
  const why = [failure && formatFailure(failure), reason].filter(text => text !== undefined).join(' — ')
  return html`<li><button data-path="${path}"><span class="tag ${outcome}">${outcome}</span> ${cell.scenario}/${cell.check}, ${formatCast(cell)}, ${cell.stack}</button><p class="muted">${why}</p></li>`
}

/** A way to each implementation's page from wherever the reader is. */
function renderNavigation(accounts: readonly Account[]): Markup {
  const links = accounts.map(({ implementation: { name, missing }, total }) => {
    const played = missing === undefined ? `${total.works}/${total.played}` : 'not played'
    return html`<span>${linkTo(name)} <span class="muted">${played}</span></span> `
  })
  return html`<nav class="names" aria-label="implementations">${links}</nav>`
}
