import { resolve } from 'node:path'
import { HarnessError } from './errors.ts'
import type { Plan, Played } from './plan.ts'
import type { ProgressLine } from './progress.ts'
import { CellReporter } from './reporter.ts'

const root = resolve(import.meta.dirname, '..')

/** The file that plays the cells, in the sources or in the bundle. */
const CELLS = import.meta.filename.endsWith('.ts') ? 'harness/cells.play.ts' : 'dist/cells.mjs'

/** Cells that mostly wait, at a time, beside the others. */
const WAITING = 8

/**
 * Plays the cells of a plan in vitest, in a process of its own.
 *
 * @returns what each cell came to by its path, and errors that belong to none. After an abort, what there was by then.
 */
export async function playCells(
  plan: Plan,
  { progress, signal }: { readonly progress: ProgressLine; readonly signal: AbortSignal },
): Promise<{ readonly played: ReadonlyMap<string, Played>; readonly faults: readonly string[] }> {
  const reporter = new CellReporter(inOrder(plan.cells), new Set(plan.foretold), progress)
  const handlers = SIGNALS.map(name => process.listeners(name))
  const { createVitest } = await importVitest()
  const vitest = await createVitest({
    root,
    config: false,
    watch: false,
    include: [CELLS],
    // this package may be an installed one itself
    exclude: [],
    provide: { plan },
    // daemons, and whatever else the cells start, leave nothing in the system's folder
    env: { TMPDIR: plan.scratchFolder },
    reporters: [reporter],
    maxConcurrency: plan.jobs + WAITING,
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
    // a worker that was interrupted before it could heed it is no fault
    const faults = reporter.faults.filter(fault => !(signal.aborted && fault.includes('[vitest-pool]')))
    return { played: reporter.outcomes, faults }
  } finally {
    signal.removeEventListener('abort', cancel)
    await vitest.close()
  }
}

/** Whoever only runs the daemon does without it. */
async function importVitest(): Promise<typeof import('vitest/node')> {
  try {
    return await import('vitest/node')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    const text =
      'scenarios are played by vitest, which is not installed: npm install vitest, or npx -p p2pd -p vitest …'
    throw new HarnessError('ERR_USAGE', text, { cause })
  }
}

/** The cells as they are listed, whatever the order in which they are played. */
function inOrder(cells: Plan['cells']): Plan['cells'] {
  return cells.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
