import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { createVitest } from 'vitest/node'
import type { Plan, Played } from './plan.ts'
import type { ProgressLine } from './progress.ts'
import { CellReporter } from './reporter.ts'

/** Cells that run at the same time; a cell is a few processes that mostly wait for each other. */
const PARALLEL_CELLS = 2 * availableParallelism()

const root = resolve(import.meta.dirname, '..')

/**
 * Plays the cells of a plan in vitest, in a process of its own.
 *
 * @returns what each cell came to by its path, and errors that belong to none. After an abort, what there was by then.
 */
export async function playCells(
  plan: Plan,
  { progress, signal }: { readonly progress: ProgressLine; readonly signal: AbortSignal },
): Promise<{ readonly played: ReadonlyMap<string, Played>; readonly faults: readonly string[] }> {
  const reporter = new CellReporter(plan.cells.length, progress)
  const handlers = SIGNALS.map(name => process.listeners(name))
  const vitest = await createVitest({
    root,
    config: false,
    watch: false,
    include: ['harness/cells.play.ts'],
    provide: { plan },
    // daemons, and whatever else the cells start, leave nothing in the system's folder
    env: { TMPDIR: plan.scratchFolder },
    reporters: [reporter],
    maxConcurrency: PARALLEL_CELLS,
  })
  // vitest's own handlers exit at once, and leave daemons and folders behind; ours abort the signal
  for (const [index, name] of SIGNALS.entries()) {
    for (const handler of process.listeners(name)) {
      if (!handlers[index]?.includes(handler)) process.off(name, handler)
    }
  }
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input')
  signal.addEventListener('abort', cancel, { once: true })
  try {
    if (!signal.aborted) await vitest.start()
    return { played: reporter.outcomes, faults: reporter.faults }
  } finally {
    signal.removeEventListener('abort', cancel)
    await vitest.close()
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
