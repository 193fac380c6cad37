import type { Played } from './plan.ts'

export interface RepeatOptions {
  /** How often in any case: more than once to find out how steady the verdict is. */
  readonly times: number
  /** How often again after a failure. A pass then makes the cell flaky, never green. */
  readonly retries: number
}

/**
 * Plays something until its verdict is known well enough, and sums the verdicts up: all the same, or flaky.
 *
 * @param play is told which time it is, counted from 1
 */
export async function playRepeatedly(
  play: (attempt: number) => Promise<Played>,
  { times, retries }: RepeatOptions,
): Promise<Played> {
  const attempts: Played[] = []
  for (let left = times; left > 0; left--) {
    const played = await play(attempts.length + 1)
    if (played.outcome === 'unsupported') return played
    attempts.push(played)
    const firstFailure = played.outcome === 'fail' && attempts.every(({ outcome }) => outcome !== 'pass')
    if (left === 1 && firstFailure && attempts.length < times + retries) left++
  }
  return sumUp(attempts)
}

function sumUp(attempts: readonly Played[]): Played {
  const [first] = attempts as [Played]
  if (attempts.length === 1) return first
  const unknown = attempts.find(({ outcome }) => outcome === 'infra-error')
  const failed = attempts.find(({ outcome }) => outcome === 'fail')
  const steady = attempts.every(({ outcome }) => outcome === first.outcome)
  const decisive = unknown ?? failed ?? first
  return {
    ...decisive,
    outcome: unknown !== undefined || steady ? decisive.outcome : 'flaky',
    durationMs: attempts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    attempts: attempts.map(({ outcome, durationMs }) => ({
      outcome: outcome as Exclude<typeof outcome, 'flaky' | 'unsupported'>,
      durationMs,
    })),
  }
}
