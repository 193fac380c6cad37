import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderMarkdown } from '../reports/markdown.ts'
import type { Results } from '../reports/results.ts'
import { assembleResults, assertResults } from './assemble.ts'
import { type Cell, whyUnplayed } from './cell.ts'
import { HarnessError } from './errors.ts'
import { EVIDENCE_FOLDER } from './evidence.ts'
import { createIdentities } from './identities.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { type LedgerEntry, ledgerFaults } from './ledger.ts'
import type { ProgressLine } from './progress.ts'
import { DEFAULT_STACK } from './stack.ts'
import { playCells } from './vitest.ts'

export interface RunOptions {
  /** The cells that the run is about, and the implementations that they cast. */
  readonly cells: readonly Cell[]
  readonly implementations: readonly (Implementation | MissingImplementation)[]
  readonly ledger: readonly LedgerEntry[]
  /** The paths of all cells that there are, which the entries of the ledger may mean. */
  readonly allPaths: readonly string[]
  /** Where the results go; those of an earlier run are replaced, and other files are left alone. */
  readonly folder: string
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}

const RESULTS = 'results.json'
const MATRIX = 'matrix.md'

/**
 * Plays the cells and writes `results.json`, `matrix.md` and the evidence into the folder.
 *
 * @throws HarnessError ERR_NO_CELLS when there is nothing to play; the signal's reason
 */
export async function run(options: RunOptions): Promise<Results> {
  const { cells, implementations, ledger, allPaths, folder, signal } = options
  const byName = new Map(implementations.map(implementation => [implementation.name, implementation]))
  const unplayed = new Map(
    cells.flatMap(cell => {
      const reason = whyUnplayed(cell, byName)
      return reason === undefined ? [] : [[cell.path, reason] as const]
    }),
  )
  const playable = cells.filter(({ path }) => !unplayed.has(path))
  if (playable.length === 0) {
    const reasons = new Set([...unplayed.values()].map(({ reason }) => reason))
    throw new HarnessError('ERR_NO_CELLS', `none of ${cells.length} cells can be played: ${[...reasons].join('; ')}`)
  }

  await Promise.all(
    [RESULTS, MATRIX, EVIDENCE_FOLDER].map(name => rm(join(folder, name), { recursive: true, force: true })),
  )
  await mkdir(folder, { recursive: true })
  const startedAt = new Date()
  const { played, faults } = await play(playable, options)
  signal.throwIfAborted()

  const results = assembleResults({
    startedAt,
    endedAt: new Date(),
    implementations,
    cells,
    unplayed,
    played,
    ledger,
    faults: [...faults, ...ledgerFaults(ledger, allPaths, startedAt)],
  })
  assertResults(results)
  await writeFile(join(folder, RESULTS), `${JSON.stringify(results, null, 2)}\n`)
  await writeFile(join(folder, MATRIX), renderMarkdown(results))
  return results
}

/** Plays the cells in a scratch folder, of which nothing is left. */
async function play(cells: readonly Cell[], { implementations, folder, progress, signal }: RunOptions) {
  const scratchFolder = await mkdtemp(join(tmpdir(), 'p2pd-run-'))
  try {
    const keyed = cells.filter(({ stack }) => stack.key !== DEFAULT_STACK.key)
    const roles = Math.max(0, ...keyed.map(({ cast }) => Object.keys(cast).length))
    const plan = {
      cells,
      implementations: implementations.filter(({ status }) => status === 'ready') as Implementation[],
      folder,
      scratchFolder,
      identities: await createIdentities(join(scratchFolder, 'identities'), roles),
    }
    return await playCells(plan, { progress, signal })
  } finally {
    await rm(scratchFolder, { recursive: true, force: true })
  }
}
