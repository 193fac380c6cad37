import { appendFile, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { didYouMean } from '../../names/nearest.ts'
import { renderAnnotations } from '../../reports/github.ts'
import { renderSummary } from '../../reports/markdown.ts'
import { takeShard } from '../../reports/merge.ts'
import { isGreen, type Results } from '../../reports/results.ts'
import { renderTerminal } from '../../reports/terminal.ts'
import { scenarios } from '../../scenarios/index.ts'
import { assertCapture } from '../capture.ts'
import { type Cell, filterCells, layOut } from '../cell.ts'
import { HarnessError } from '../errors.ts'
import { evidencePath } from '../evidence.ts'
import { recordRun } from '../history-file.ts'
import type { Implementation, MissingImplementation } from '../implementation.ts'
import { loadLedger } from '../ledger.ts'
import { loadManifests } from '../manifest.ts'
import { type Options, USAGE } from '../options.ts'
import { probe } from '../probe.ts'
import { publish } from '../publish.ts'
import { run } from '../run.ts'
import { prepareAll, selectImplementations } from '../select.ts'
import type { Environment } from './environment.ts'

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
  const laidOut = layOut(scenarios, namesOf([...chosen, ...added]))
  const cells =
    options.replay === undefined ? filterCells(laidOut, options.filter) : [findCell(laidOut, options.replay)]
  if (options.list) {
    const listed = options.shard === undefined ? cells : takeShard(cells, options.shard)
    write(listed.map(({ path }) => `${path}\n`).join(''))
    return 0
  }
  if (options.pcap) await assertCapture()
  const ledger = (await Promise.all(options.ledgers.map(loadLedger))).flat()
  const cast = new Set(cells.flatMap(cell => Object.values(cell.cast)))
  const isCast = ({ name }: { readonly name: string }): boolean => cast.has(name)
  const built = await prepareAll(chosen.filter(isCast), { runtime: options.runtime, progress, signal })
  const results = await run({
    cells,
    implementations: [...built, ...(await acquaint(added.filter(isCast), signal))],
    runtime: options.runtime,
    control: options.control,
    ledger,
    allCells: layOut(scenarios, namesOf([...manifests, ...added])),
    folder: options.report,
    seed: options.seed,
    shard: options.shard,
    times: options.verify,
    retries: options.retries,
    jobs: options.jobs,
    pcap: options.pcap,
    progress,
    signal,
  })
  const history = options.history === undefined ? undefined : await recordRun(options.history, results)
  await publish(results, options.report, history)
  write(renderTerminal(results, displayed(options.report)))
  await tellGitHub(results, write)
  signal.throwIfAborted()
  if (options.replay !== undefined)
    write(await readFile(join(options.report, evidencePath(options.replay), 'timeline.log'), 'utf8'))
  return isGreen(results) ? 0 : 1
}

/** Asks strangers what they offer. */
function acquaint(
  added: readonly (Implementation | MissingImplementation)[],
  signal: AbortSignal,
): Promise<(Implementation | MissingImplementation)[]> {
  return Promise.all(added.map(async other => (other.status === 'ready' ? probe(other, signal) : other)))
}

function namesOf(implementations: readonly { readonly name: string }[]): string[] {
  return implementations.map(({ name }) => name)
}

/** @throws HarnessError ERR_NO_CELLS */
function findCell(cells: readonly Cell[], path: string): Cell {
  const found = cells.find(cell => cell.path === path)
  if (found !== undefined) return found
  const near = didYouMean(
    path,
    cells.map(cell => cell.path),
  )
  throw new HarnessError('ERR_NO_CELLS', `there is no cell "${path}"${near}; --list prints the paths of all cells`)
}

/** On GitHub, what needs looking at becomes annotations, and the summary that of the job. */
async function tellGitHub(results: Results, write: Environment['write']): Promise<void> {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = process.env
  if (GITHUB_ACTIONS !== 'true') return
  write(renderAnnotations(results))
  if (GITHUB_STEP_SUMMARY) await appendFile(GITHUB_STEP_SUMMARY, renderSummary(results))
}

/** A folder as it is best told: from the current one if it is inside of it. */
function displayed(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') ? folder : path || '.'
}
