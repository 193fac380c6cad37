import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../reports/results.ts'
import { assertResults } from './assemble.ts'
import { HarnessError } from './errors.ts'
import { RESULTS } from './publish.ts'

/**
 * Reads the results of a report: its folder, or the file itself.
 *
 * @throws HarnessError ERR_RESULTS_INVALID
 */
export async function loadResults(path: string): Promise<Results> {
  const file = path.endsWith('.json') ? path : join(path, RESULTS)
  try {
    const results: unknown = JSON.parse(await readFile(file, 'utf8'))
    assertResults(results)
    return results
  } catch (cause) {
    throw new HarnessError('ERR_RESULTS_INVALID', `${file}: ${(cause as Error).message}`, { cause })
  }
}
