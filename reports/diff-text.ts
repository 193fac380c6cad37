import { assignBlame } from './blame.ts'
import { type Change, type Diff, isRegression } from './diff.ts'
import { formatFailure, type Results } from './results.ts'

const SECTIONS = [
  ['newlyFailing', 'Newly failing'],
  ['flaky', 'Flaky now'],
  ['vanished', 'Vanished'],
  ['changed', 'Failing in another way'],
  ['playedOnce', 'Played in one of the runs only'],
  ['added', 'New'],
  ['fixed', 'Fixed'],
] as const

/**
 * What changed between two runs, as Markdown that reads well on a terminal too.
 *
 * @param after the later run, which the blame is worked out from
 */
export function renderDiff(diff: Diff, after: Results): string {
  const blames = assignBlame(after.cells)
  const versions = diff.versions.map(({ name, before = 'none', after = 'none' }) => `- ${name}: ${before} → ${after}\n`)
  const sections = SECTIONS.flatMap(([kind, title]) => {
    const changes = diff[kind]
    if (changes.length === 0) return []
    const items = changes.map(change => {
      const blame = blames.get(change.path)
      return `- ${describe(change)}${blame ? `\n  points at ${blame.suspects.join(', ')}: ${blame.because}` : ''}\n`
    })
    return [`## ${title} (${changes.length})\n\n${items.join('')}`]
  })
  const verdict = isRegression(diff)
    ? 'Worse than before'
    : sections.length === 0
      ? 'No difference'
      : 'No worse than before'
  const changed = versions.length === 0 ? [] : [`## Versions\n\n${versions.join('')}`]
  return [`# ${verdict}\n`, ...changed, ...sections].join('\n')
}

function describe({ path, before, after }: Change): string {
  const outcomes = [before?.outcome ?? 'absent', after?.outcome ?? 'absent'].join(' → ')
  const failure = after?.failure ?? (after === undefined ? before?.failure : undefined)
  return `${path}: ${outcomes}${failure === undefined ? '' : ` — ${formatFailure(failure)}`}`
}
