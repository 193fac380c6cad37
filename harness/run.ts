import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeShard } from '../reports/merge.ts'
import type { Results, Shard } from '../reports/results.ts'
import { assembleResults } from './assemble.ts'
import { type Cell, whyUnplayed } from './cell.ts'
import { HarnessError } from './errors.ts'
import { createIdentities } from './identities.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { foretells, type LedgerEntry, ledgerFaults } from './ledger.ts'
import type { ProgressLine } from './progress.ts'
import { clear } from './publish.ts'
import { shuffle } from './shuffle.ts'
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
  readonly seed: number
  readonly shard: Shard | undefined
  readonly times: number
  readonly retries: number
  readonly jobs: number
  readonly pcap: boolean
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}

/**
 * Plays the cells, or those of the shard, and leaves their evidence in the folder.
 *
 * An abort ends the run early: the results are then those of a part of it, and say so.
 *
 * @throws HarnessError ERR_NO_CELLS when there is nothing to play
 */
export async function run(options: RunOptions): Promise<Results> {
  const { implementations, ledger, allPaths, folder, seed, shard, signal } = options
  const cells = shard === undefined ? options.cells : takeShard(options.cells, shard)
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

  await clear(folder)
  const startedAt = new Date()
  const { played, faults } = await play(playable, options)
  const interrupted = signal.aborted ? describeInterruption(signal, playable, played) : undefined
  return assembleResults({
    startedAt,
    endedAt: new Date(),
    implementations,
    cells,
    unplayed: new Map([...unplayed, ...(interrupted?.unplayed ?? [])]),
    played,
    ledger,
    faults: [...faults, ...(interrupted?.faults ?? []), ...ledgerFaults(ledger, allPaths, startedAt)],
    seed,
    shard,
  })
}

/** What was not played any more, which is nobody's failure. */
function describeInterruption(signal: AbortSignal, cells: readonly Cell[], played: ReadonlyMap<string, unknown>) {
  const { message } = signal.reason as Error
  const left = cells.filter(({ path }) => !played.has(path))
  const reason = { outcome: 'skipped', reason: message } as const
  return {
    unplayed: left.map(({ path }) => [path, reason] as const),
    faults: [`the run was ${message}: ${left.length} of ${cells.length} cells were not played`],
  }
}

/** Plays the cells in a scratch folder, of which nothing is left. */
async function play(cells: readonly Cell[], options: RunOptions) {
  const { implementations, folder, ledger, seed, times, retries, jobs, pcap, progress, signal } = options
  const scratchFolder = await mkdtemp(join(tmpdir(), 'p2pd-run-'))
  try {
    const keyed = cells.filter(({ stack }) => stack.key !== DEFAULT_STACK.key)
    const roles = Math.max(0, ...keyed.map(({ cast }) => Object.keys(cast).length))
    const plan = {
      cells: shuffle(cells, seed),
      implementations: implementations.filter(({ status }) => status === 'ready') as Implementation[],
      folder,
      scratchFolder,
      identities: await createIdentities(join(scratchFolder, 'identities'), roles),
      times,
      retries,
      foretold: cells.map(({ path }) => path).filter(foretells(ledger, implementations)),
      pcap,
    }
    return await playCells(plan, { jobs, progress, signal })
  } finally {
    await rm(scratchFolder, { recursive: true, force: true })
  }
}
