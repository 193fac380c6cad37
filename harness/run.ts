import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Ajv } from 'ajv'
import { startVitest } from 'vitest/node'
import { renderMarkdown } from '../reports/markdown.ts'
import schema from '../reports/results.schema.json' with { type: 'json' }
import type { CellResult, ReportedImplementation, Results } from '../reports/results.ts'
import { scenarios } from '../scenarios/index.ts'
import { type Cell, filterCells, layOut } from './cell.ts'
import { HarnessError } from './errors.ts'
import { evidenceFolderName } from './evidence.ts'
import { createIdentities } from './identities.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { judge, type LedgerEntry, ledgerFaults } from './ledger.ts'
import type { Plan, Played } from './plan.ts'
import { CellReporter } from './reporter.ts'
import { formatStack } from './stack.ts'

/** Cells that run at the same time; a cell is a few processes that mostly wait for each other. */
const PARALLEL_CELLS = 2 * availableParallelism()

export interface RunOptions {
  /** The repository. */
  readonly root: string
  readonly implementations: readonly (Implementation | MissingImplementation)[]
  /** Cell patterns; a cell is played if one of them matches. Empty: all cells. */
  readonly filters: readonly string[]
  readonly ledger: readonly LedgerEntry[]
  /** Where the results go; what is there is replaced. */
  readonly folder: string
  /** Told of progress, a line or a part of one at a time. */
  readonly write: (text: string) => void
  /** Whether the output is a terminal on which a line can be written again. */
  readonly live: boolean
}

/**
 * Plays the cells and writes `results.json`, `matrix.md` and the evidence into the folder.
 *
 * @throws HarnessError ERR_NO_CELLS when there is nothing to play
 */
export async function run(options: RunOptions): Promise<Results> {
  const { root, implementations, filters, ledger, folder } = options
  const all = layOut(scenarios, implementations)
  for (const filter of filters) {
    if (filterCells(all, [filter]).length === 0) throw new HarnessError('ERR_NO_CELLS', `no cell matches "${filter}"`)
  }
  const cells = filters.length === 0 ? all : filterCells(all, filters)
  const played = cells.filter(({ unplayed }) => unplayed === undefined)
  if (played.length === 0) throw new HarnessError('ERR_NO_CELLS', describeNothingToPlay(cells))

  const startedAt = new Date()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const { outcomes, errors } = await playAll(played, options)

  const results: Results = {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    machine: {
      os: process.platform,
      arch: process.arch,
      node: process.version,
      cpus: availableParallelism(),
    },
    implementations: implementations.map(toReported),
    cells: judge(
      cells.map(cell => toResult(cell, outcomes.get(cell.path))),
      ledger,
    ),
    faults: [
      ...errors,
      // entries can only be called unmatched by a run that lays out everything that they could mean
      ...ledgerFaults(ledger, filters.length === 0 ? all.map(({ path }) => path) : undefined, startedAt),
    ],
  }
  const validate = new Ajv().compile(schema)
  if (!validate(results)) throw new Error(`results do not follow their schema: ${JSON.stringify(validate.errors)}`)
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  await writeFile(join(folder, 'matrix.md'), renderMarkdown(results))
  return results

  async function playAll(
    toPlay: readonly Cell[],
    { write, live }: RunOptions,
  ): Promise<{ outcomes: ReadonlyMap<string, Played>; errors: readonly string[] }> {
    const scratch = await mkdtemp(join(tmpdir(), 'p2pd-run-'))
    try {
      const roles = Math.max(...scenarios.map(scenario => scenario.roles.length))
      const plan: Plan = {
        cells: toPlay,
        implementations: implementations.filter(({ status }) => status === 'ready') as Implementation[],
        evidenceFolder: join(folder, 'evidence'),
        identities: await createIdentities(join(scratch, 'identities'), roles),
      }
      const reporter = new CellReporter(toPlay.length, write, live)
      const vitest = await startVitest('test', [], {
        root,
        config: false,
        watch: false,
        include: ['harness/cells.play.ts'],
        provide: { plan },
        reporters: [reporter],
        maxConcurrency: PARALLEL_CELLS,
        passWithNoTests: false,
      })
      await vitest.close()
      // a red run is told by the results, not by vitest
      process.exitCode = 0
      return { outcomes: reporter.outcomes, errors: reporter.errors }
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  }

  function toResult(cell: Cell, outcome: Played | undefined): CellResult {
    const { path, scenario, check, cast, stack, unplayed } = cell
    const title = scenarios.find(({ name }) => name === scenario)?.checks[check]?.title ?? ''
    const identity = { path, scenario, check, title, cast, stack: formatStack(stack) }
    if (unplayed !== undefined) return { ...identity, ...unplayed, durationMs: 0 }
    const evidence = relative(folder, join(folder, 'evidence', evidenceFolderName(path)))
    if (outcome === undefined) {
      const failure = { what: 'the cell', expected: 'a verdict', got: 'none: it was cut off' }
      return { ...identity, outcome: 'infra-error', durationMs: 0, failure, evidence }
    }
    return { ...identity, ...outcome, evidence }
  }
}

function toReported(implementation: Implementation | MissingImplementation): ReportedImplementation {
  const { name, title, version } = implementation
  return { name, title, version, ...(implementation.status === 'missing' && { missing: implementation.reason }) }
}

function describeNothingToPlay(cells: readonly Cell[]): string {
  const reasons = new Set(cells.map(({ unplayed }) => unplayed?.reason))
  return `none of ${cells.length} cells can be played: ${[...reasons].join('; ')}`
}
