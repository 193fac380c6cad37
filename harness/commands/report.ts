import { cp, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { diffResults, isRegression } from '../../reports/diff.ts'
import { renderDiff } from '../../reports/diff-text.ts'
import { MergeError, mergeResults } from '../../reports/merge.ts'
import { isGreen, type Results } from '../../reports/results.ts'
import { renderTerminal } from '../../reports/terminal.ts'
import { HarnessError } from '../errors.ts'
import { EVIDENCE_FOLDER } from '../evidence.ts'
import { recordRun } from '../history-file.ts'
import { defaultReport } from '../options.ts'
import { clear, publish } from '../publish.ts'
import { loadResults } from '../results-file.ts'
import type { Environment } from './environment.ts'

/** `report diff BEFORE AFTER`, `report merge FOLDER...`, `report history FILE [FOLDER...]`. */
export async function reportCommand([verb, ...rest]: readonly string[], environment: Environment): Promise<number> {
  switch (verb) {
    case 'diff':
      return diff(rest, environment)
    case 'merge':
      return merge(rest, environment)
    case 'history':
      return history(rest, environment)
    default:
      throw new HarnessError('ERR_USAGE', `report ${verb ?? ''}: expected diff, merge or history`)
  }
}

/** Shows what changed between two runs; exit code 1 when the later one is worse. */
async function diff(words: readonly string[], { write }: Environment): Promise<number> {
  if (words.length !== 2)
    throw new HarnessError('ERR_USAGE', 'report diff: expected two reports, the earlier one first')
  const [before, after] = (await Promise.all(words.map(loadResults))) as [Results, Results]
  const changes = diffResults(before, after)
  write(renderDiff(changes, after))
  return isRegression(changes) ? 1 : 0
}

/** Puts shards together in `reports/latest`, or the folder of `--report`, with their evidence. */
async function merge(words: readonly string[], { root, write }: Environment): Promise<number> {
  const { folder, paths } = takeReport(words, root)
  if (paths.length === 0) throw new HarnessError('ERR_USAGE', 'report merge: expected the reports of the shards')
  const merged = await mergeAll(await Promise.all(paths.map(loadResults)))
  const inside = paths.find(path => resolve(path) === folder)
  if (inside !== undefined)
    throw new HarnessError('ERR_USAGE', `report merge: ${inside} is where the merged report goes`)
  await clear(folder)
  for (const path of paths) {
    const evidence = join(path, EVIDENCE_FOLDER)
    const there = await stat(evidence).catch(() => undefined)
    if (there?.isDirectory()) await cp(evidence, join(folder, EVIDENCE_FOLDER), { recursive: true })
  }
  await publish(merged, folder)
  write(renderTerminal(merged, relative(process.cwd(), folder) || '.'))
  return isGreen(merged) ? 0 : 1
}

async function mergeAll(parts: readonly Results[]): Promise<Results> {
  try {
    return mergeResults(parts)
  } catch (cause) {
    if (cause instanceof MergeError) throw new HarnessError('ERR_RESULTS_INVALID', cause.message, { cause })
    throw cause
  }
}

/** Adds reports to a history file, and renders the last one again with it. */
async function history([file, ...paths]: readonly string[], { root, write }: Environment): Promise<number> {
  if (file === undefined) throw new HarnessError('ERR_USAGE', 'report history: expected the history’s file')
  const folders = paths.length > 0 ? paths.map(path => resolve(path)) : [defaultReport(root)]
  for (const folder of folders) {
    const results = await loadResults(folder)
    const recorded = await recordRun(resolve(file), results)
    await publish(results, folder, recorded)
    write(`${recorded.runs.length} runs in ${file}, the last of ${results.startedAt}\n`)
  }
  return 0
}

function takeReport(words: readonly string[], root: string): { folder: string; paths: readonly string[] } {
  const at = words.indexOf('--report')
  if (at === -1) return { folder: defaultReport(root), paths: words }
  const folder = words[at + 1]
  if (folder === undefined) throw new HarnessError('ERR_USAGE', '--report is empty')
  return { folder: resolve(folder), paths: words.toSpliced(at, 2) }
}
