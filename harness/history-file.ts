import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { appendRun, EMPTY_HISTORY, type History } from '../reports/history.ts'
import type { Results } from '../reports/results.ts'
import { HarnessError } from './errors.ts'

/**
 * Adds a run to a history file, which is made where there is none, and returns the history.
 *
 * @throws HarnessError ERR_RESULTS_INVALID when the file is not a history
 */
export async function recordRun(file: string, results: Results): Promise<History> {
  const history = appendRun(await loadHistory(file), results)
  await mkdir(dirname(file), { recursive: true })
  // an interrupted write must not cost the past
  await writeFile(`${file}.new`, `${JSON.stringify(history)}\n`)
  await rename(`${file}.new`, file)
  return history
}

async function loadHistory(file: string): Promise<History> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return EMPTY_HISTORY
  try {
    const history = JSON.parse(text) as History
    if (history.schemaVersion === 1 && Array.isArray(history.runs) && Array.isArray(history.paths)) return history
  } catch {
    // not even JSON: the same complaint
  }
  throw new HarnessError('ERR_RESULTS_INVALID', `${file} is not a history of runs`)
}
