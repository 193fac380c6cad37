import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { parseDocument, YAMLSeq } from 'yaml'
import { assignBlame, type Blame } from '../../reports/blame.ts'
import { type CellResult, formatFailure, type Results } from '../../reports/results.ts'
import { HarnessError } from '../errors.ts'
import { type LedgerEntry, loadLedger } from '../ledger.ts'
import { defaultReport } from '../options.ts'
import { matching } from '../pattern.ts'
import { loadResults } from '../results-file.ts'
import type { Environment } from './environment.ts'

/** Days after which an entry that nobody has explained turns red again. */
const GRACE_DAYS = 14

const NEW_LEDGER = '# Known failures: whose fault, and exactly what is seen.\n'

const DAY = 24 * 60 * 60 * 1_000

/**
 * `ledger update`: writes the failures of a run into the ledger, and takes out the entries that it has disproved.
 *
 * A new entry has no better reason than whom the failure points at, who is the faulty side where that is one alone; so it
 * expires soon: until then somebody should say why, and for how long. Everything else in the file, comments included, stays as it is.
 */
export async function ledgerCommand([verb, ...rest]: readonly string[], { root, write }: Environment): Promise<number> {
  if (verb !== 'update') throw new HarnessError('ERR_USAGE', `ledger ${verb ?? ''}: expected update`)
  const { values } = parseArgs({ args: [...rest], options: { report: { type: 'string' }, ledger: { type: 'string' } } })
  const path = values.ledger ?? join(root, 'scenarios/ledger.yaml')
  const results = await loadResults(values.report ?? defaultReport(root))
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return NEW_LEDGER
  })
  if (text !== NEW_LEDGER) await loadLedger(path)
  const document = parseDocument(text)
  const entries = document.contents instanceof YAMLSeq ? document.contents : new YAMLSeq()
  const removed = removeDisproved(entries, results)
  const added = newEntries(results)
  for (const entry of added) entries.add(document.createNode(entry))
  document.contents = entries as typeof document.contents
  await writeFile(path, document.toString({ lineWidth: 120 }))
  const shown = relative(process.cwd(), path)
  for (const cells of removed) write(`removed ${cells}: it passes\n`)
  for (const { cells, expires } of added) write(`added ${cells}: explain it before ${expires}\n`)
  write(`${shown}: ${added.length} added, ${removed.length} removed\n`)
  return 0
}

function removeDisproved(entries: YAMLSeq, { cells }: Results): string[] {
  const passed = cells.filter(({ outcome }) => outcome === 'xpass')
  const failed = cells.filter(({ outcome }) => outcome === 'xfail')
  const disproved = (pattern: string): boolean => {
    const expression = matching(pattern)
    const about = (cell: CellResult): boolean => expression.test(cell.path)
    return passed.some(about) && !failed.some(about)
  }
  const removed: string[] = []
  entries.items = entries.items.filter(item => {
    const cells = String((item as { get(key: string): unknown }).get('cells'))
    if (disproved(cells)) removed.push(cells)
    return !removed.includes(cells)
  })
  return removed
}

function newEntries(results: Results): (LedgerEntry & { readonly expires: string })[] {
  const blames = assignBlame(results.cells)
  const expires = new Date(Date.parse(results.startedAt) + GRACE_DAYS * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length)
  return results.cells
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ path, failure }) => {
      const { suspects, because } = blames.get(path) as Blame
      const [suspect] = suspects
      return {
        cells: path,
        reason: `not explained yet; points at ${suspects.join(', ')}: ${because}`,
        ...(suspects.length === 1 && suspect !== undefined && { faulty: suspect }),
        failure: failure === undefined ? '' : formatFailure(failure),
        expires,
      }
    })
}
