import { join, relative } from 'node:path'
import { isGreen } from '../reports/results.ts'
import { renderTerminal } from '../reports/terminal.ts'
import { scenarios } from '../scenarios/index.ts'
import { filterCells, layOut } from './cell.ts'
import { HarnessError } from './errors.ts'
import { Interrupted } from './interrupt.ts'
import { loadLedger } from './ledger.ts'
import { loadManifests } from './manifest.ts'
import { type Options, USAGE } from './options.ts'
import type { ProgressLine } from './progress.ts'
import { run } from './run.ts'
import { prepareAll, selectImplementations } from './select.ts'

/** What the command has of the process that it runs in. */
export interface Environment {
  /** The repository. */
  readonly root: string
  /** Takes what the command was asked for; progress is told apart from it. */
  readonly write: (text: string) => void
  readonly progress: ProgressLine
  readonly signal: AbortSignal
}

/**
 * Does what the options say. Whatever needs no build is checked before one begins.
 *
 * @returns the exit code: 0 or, when the results need looking at, 1
 * @throws HarnessError; the signal's reason
 */
export async function playScenarios(options: Options, { root, write, progress, signal }: Environment): Promise<number> {
  if (options.help) {
    write(USAGE)
    return 0
  }
  const manifests = await loadManifests(join(root, 'implementations'))
  const { manifests: chosen, added } = await selectImplementations(options.impl, manifests)
  const cells = filterCells(layOut(scenarios, namesOf([...chosen, ...added])), options.filter)
  if (options.list) {
    write(cells.map(({ path }) => `${path}\n`).join(''))
    return 0
  }
  const ledger = await loadLedger(options.ledger)
  const cast = new Set(cells.flatMap(cell => Object.values(cell.cast)))
  const isCast = ({ name }: { readonly name: string }): boolean => cast.has(name)
  const built = await prepareAll(chosen.filter(isCast), { progress, signal })
  const results = await run({
    cells,
    implementations: [...built, ...added.filter(isCast)],
    ledger,
    allPaths: layOut(scenarios, namesOf([...manifests, ...added])).map(({ path }) => path),
    folder: options.report,
    progress,
    signal,
  })
  write(renderTerminal(results, displayed(options.report)))
  return isGreen(results) ? 0 : 1
}

/** Says what stopped the command, and the exit code that belongs to it; undefined for a bug of ours. */
export function explain(error: unknown): { readonly text: string; readonly exitCode: number } | undefined {
  if (error instanceof Interrupted) return { text: `${error.message}\n`, exitCode: error.exitCode }
  if (!(error instanceof HarnessError)) return undefined
  const usage = error.code === 'ERR_USAGE' ? `\n${USAGE}` : ''
  return { text: `${error.message}\n${usage}`, exitCode: 2 }
}

function namesOf(implementations: readonly { readonly name: string }[]): string[] {
  return implementations.map(({ name }) => name)
}

/** A folder as it is best told: from the current one if it is inside of it. */
function displayed(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') ? folder : path || '.'
}
