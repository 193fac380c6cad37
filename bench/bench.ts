import { writeFile } from 'node:fs/promises'
import { compare } from './compare.ts'
import { findContestants } from './contestants.ts'
import { experiments } from './experiments/index.ts'
import { type Options, selectExperiments, USAGE } from './options.ts'
import { renderReport } from './report.ts'
import { assertResults, type BenchResults, describeMachine } from './results.ts'

export interface Surroundings {
  /** The repository's. */
  readonly root: string
  readonly write: (text: string) => void
  readonly onProgress: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Does what the command line asks for.
 *
 * @returns the exit code: 1 when something of the subject could not be measured
 * @throws HarnessError; the signal's reason
 */
export async function bench(options: Options, { root, write, onProgress, signal }: Surroundings): Promise<number> {
  if (options.help) {
    write(USAGE)
    return 0
  }
  if (options.list) {
    for (const { figures } of experiments) for (const { name, title } of figures) write(`${name}: ${title}\n`)
    return 0
  }
  const selected = selectExperiments(experiments, options.only)
  const machine = await describeMachine()
  const contestants = await findContestants(root, { ...options, onProgress, signal })
  const startedAt = new Date()
  const { rounds, quick, json } = options
  const results: BenchResults = {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    rounds,
    quick,
    machine,
    contestants,
    figures: await compare(selected, contestants, { rounds, quick, signal, onProgress }),
    durationMs: Date.now() - startedAt.getTime(),
  }
  assertResults(results)
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results, undefined, 2)}\n`)
  write(renderReport(results))
  return results.figures.some(figure => figure.results.subject?.failures.length) ? 1 : 0
}
