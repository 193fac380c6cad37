import type { Reporter, TestCase } from 'vitest/node'
import type { Played } from './plan.ts'

/** Collects what the cells came to while vitest plays them, and shows how far it is. */
export class CellReporter implements Reporter {
  readonly outcomes = new Map<string, Played>()
  readonly errors: string[] = []
  readonly #total: number
  readonly #write: (text: string) => void
  readonly #live: boolean
  #failed = 0

  constructor(total: number, write: (text: string) => void, live: boolean) {
    this.#total = total
    this.#write = write
    this.#live = live
  }

  onTestCaseResult(test: TestCase): void {
    const { played } = test.meta()
    if (played === undefined) {
      const [error] = test.result().errors ?? []
      this.errors.push(`${test.name}: ${error?.message ?? 'ended without a verdict'}`)
      return
    }
    this.outcomes.set(test.name, played)
    if (played.outcome !== 'pass') this.#failed += 1
    this.#show(test.name)
  }

  onTestRunEnd(_modules: unknown, unhandled: readonly { readonly message: string }[]): void {
    this.errors.push(...unhandled.map(({ message }) => `outside of any cell: ${message}`))
    if (this.#live) this.#write('\r\x1b[K')
  }

  /** On a terminal one line that changes; elsewhere a line at every tenth of the way. */
  #show(path: string): void {
    const done = this.outcomes.size
    const state = `${done}/${this.#total} cells${this.#failed > 0 ? `, ${this.#failed} not passed` : ''}`
    if (this.#live) this.#write(`\r\x1b[K${state}  ${path}`)
    else if (done % Math.ceil(this.#total / 10) === 0 || done === this.#total) this.#write(`${state}\n`)
  }
}
