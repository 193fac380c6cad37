import type { Reporter, TestCase } from 'vitest/node'
import { type GridCell, renderGrid } from './grid.ts'
import type { Played } from './plan.ts'
import type { ProgressLine } from './progress.ts'

/** How many lines tell of a run's progress where they cannot be written again. */
const MILESTONES = 10

/** Collects what the cells came to while vitest plays them, and shows how far it is. */
export class CellReporter implements Reporter {
  /** By the cell's path. */
  readonly outcomes = new Map<string, Played>()
  /** Errors that belong to no cell. */
  readonly faults: string[] = []
  readonly #cells: readonly GridCell[]
  readonly #foretold: ReadonlySet<string>
  readonly #progress: ProgressLine
  #failed = 0

  /** @param foretold the paths of cells of which the ledger says that they fail */
  constructor(cells: readonly GridCell[], foretold: ReadonlySet<string>, progress: ProgressLine) {
    this.#cells = cells
    this.#foretold = foretold
    this.#progress = progress
  }

  onTestCaseResult(test: TestCase): void {
    // not begun, or cut off, when the run was interrupted; all that have ended are told of once more then
    if (test.result().state === 'skipped' || this.outcomes.has(test.name)) return
    const played = test.meta().played ?? withoutVerdict(test)
    this.outcomes.set(test.name, played)
    if (!isFine(played) && !this.#foretold.has(test.name)) this.#failed += 1
    this.#show(test.name)
  }

  onTestRunEnd(_modules: unknown, errors: readonly { readonly message: string }[]): void {
    this.faults.push(...errors.map(({ message }) => `outside of any cell: ${message}`))
    this.#progress.clear()
  }

  #show(path: string): void {
    const done = this.outcomes.size
    const failed = this.#failed > 0 ? `, ${this.#failed} failed` : ''
    const total = this.#cells.length
    const milestone = done % Math.ceil(total / MILESTONES) === 0 || done === total
    this.#progress.show(`${done}/${total} cells${failed}  ${path}`, milestone, size =>
      renderGrid(this.#cells, this.outcomes, size),
    )
  }
}

function isFine({ outcome }: Played): boolean {
  return outcome === 'pass' || outcome === 'unsupported'
}

/** A test that gave no verdict says nothing of the daemons: it was given up on, or the harness is broken. */
function withoutVerdict(test: TestCase): Played {
  const got = test.result().errors?.[0]?.message ?? 'none'
  const durationMs = Math.round(test.diagnostic()?.duration ?? 0)
  return { outcome: 'infra-error', durationMs, failure: { what: 'the cell', expected: 'a verdict', got } }
}
