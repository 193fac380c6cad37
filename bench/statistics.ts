/**
 * The value below which the given part of the values lies, between two values where it falls between them.
 *
 * @param part from 0, the least value, to 1, the greatest
 */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) throw new RangeError('nothing was measured')
  const sorted = values.toSorted((one, other) => one - other)
  const position = part * (sorted.length - 1)
  const below = sorted[Math.floor(position)] as number
  const above = sorted[Math.ceil(position)] as number
  return below + (above - below) * (position - Math.floor(position))
}

/** The middle value: one round that a noisy machine has spoilt does not move it. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** How many times the baseline the subject is, and between what the rounds lay. */
export interface Ratio {
  readonly median: number
  readonly min: number
  readonly max: number
}

/**
 * Compares round by round, because what both of a round have in common, the machine's mood, then cancels out. Rounds that
 * lack either value are left out.
 *
 * @returns undefined where no round can be compared
 */
export function ratio(subject: readonly (number | null)[], baseline: readonly (number | null)[]): Ratio | undefined {
  const ratios = subject.flatMap((value, round) => {
    const base = baseline[round]
    return value === null || !base ? [] : [value / base]
  })
  if (ratios.length === 0) return undefined
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}
