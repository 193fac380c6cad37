import type { OutputLine } from '../../harness/output.ts'

/** What became of one test of a program in another language. */
export interface Result {
  readonly outcome: string
  /** What the program wrote since the end of the test before. */
  readonly output: string
}

/** How go's testing package reports a test; the programs in other languages do the same. */
const OUTCOME = /^--- (?<outcome>PASS|FAIL|SKIP): (?<name>.+) \(\d/

/** Reads a program's report, by the names of tests. */
export function readResults(lines: readonly OutputLine[]): Map<string, Result> {
  const results = new Map<string, Result>()
  let output: string[] = []
  for (const { text } of lines) {
    const { outcome, name } = OUTCOME.exec(text)?.groups ?? {}
    if (outcome !== undefined && name !== undefined) {
      results.set(name, { outcome, output: output.join('\n') })
      output = []
    } else {
      output.push(text)
    }
  }
  return results
}
