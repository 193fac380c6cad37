import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderBadge } from '../reports/badge.ts'
import { assignBlame } from '../reports/blame.ts'
import type { History } from '../reports/history.ts'
import { cellHistories } from '../reports/history.ts'
import { renderHtml } from '../reports/html/page.ts'
import type { EvidenceTexts } from '../reports/implementation/fault-markdown.ts'
import { writeAccounts } from '../reports/implementation/written.ts'
import { renderJunit } from '../reports/junit.ts'
import { renderMarkdown, renderSummary } from '../reports/markdown.ts'
import { type CellResult, isFailed, isRed, type Results } from '../reports/results.ts'
import { assertResults } from './assemble.ts'
import { EVIDENCE_FOLDER } from './evidence.ts'

export const RESULTS = 'results.json'

const FILES = [RESULTS, 'matrix.md', 'summary.md', 'junit.xml', 'index.html', 'badges', 'implementations'] as const

/** Removes what an earlier run has left in the folder, and nothing else. */
export async function clear(folder: string): Promise<void> {
  const ours = [...FILES, EVIDENCE_FOLDER]
  await Promise.all(ours.map(name => rm(join(folder, name), { recursive: true, force: true })))
  await mkdir(folder, { recursive: true })
}

/** Writes the results and everything that is rendered from them into the folder in which their evidence is. */
export async function publish(results: Results, folder: string, history?: History): Promise<void> {
  assertResults(results)
  await Promise.all(['badges', 'implementations'].map(name => mkdir(join(folder, name), { recursive: true })))
  const evidence = await readEvidence(results.cells, folder)
  const histories = history && cellHistories(history)
  const written = writeAccounts(results, assignBlame(results.cells), evidence)
  const contents: readonly (readonly [string, string])[] = [
    [RESULTS, `${JSON.stringify(results, null, 2)}\n`],
    ['matrix.md', renderMarkdown(results)],
    ['summary.md', renderSummary(results)],
    ['junit.xml', renderJunit(results)],
    ['index.html', renderHtml(results, { evidence, written, ...(histories && { histories }) })],
    ...written.map(
      ({ account, markdown }) => [`implementations/${account.implementation.name}.md`, markdown.whole] as const,
    ),
    ...results.implementations.map(
      ({ name }) => [`badges/${name}.json`, `${JSON.stringify(renderBadge(results, name))}\n`] as const,
    ),
  ]
  await Promise.all(contents.map(([name, text]) => writeFile(join(folder, name), text)))
}

/** The page carries this much, in characters, of each text of evidence; the files have all of it. */
const MOST_SHOWN = 20_000

const SHOWN = ['timeline.log', 'replay.txt']

/** The evidence that the page carries: that of the cells that somebody will want to look into. */
async function readEvidence(cells: readonly CellResult[], folder: string): Promise<EvidenceTexts> {
  const interesting = cells.filter(({ outcome, evidence }) => evidence && (isRed(outcome) || isFailed(outcome)))
  const read = interesting.map(async ({ path, evidence }) => {
    const texts = SHOWN.map(async name => {
      const text = await readFile(join(folder, evidence as string, name), 'utf8').catch(() => undefined)
      return text === undefined ? [] : [[name, shorten(text)] as const]
    })
    return [path, Object.fromEntries((await Promise.all(texts)).flat())] as const
  })
  return new Map(await Promise.all(read))
}

/** Keeps the beginning, and more of the end, where the failure is. */
function shorten(text: string): string {
  if (text.length <= MOST_SHOWN) return text
  const head = MOST_SHOWN / 4
  const left = text.length - MOST_SHOWN
  return `${text.slice(0, head)}\n… ${left} characters more, in the file …\n${text.slice(-(MOST_SHOWN - head))}`
}
