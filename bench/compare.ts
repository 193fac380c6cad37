import type { Contestant } from './contestant.ts'
import type { Experiment, Readings } from './experiment.ts'
import { type FigureResult, toFigureResult, toMeasured } from './results.ts'

export interface CompareOptions {
  readonly rounds: number
  readonly quick: boolean
  readonly signal: AbortSignal
  /** Told what is going on. */
  readonly onProgress: (line: string) => void
}

/**
 * Does every experiment in every round with every contestant. Those of one round take turns, and who comes first changes
 * from round to round, so that what the machine does otherwise meets all of them alike. One that fails does not end the
 * others.
 */
export async function compare(
  experiments: readonly Experiment[],
  contestants: readonly Contestant[],
  { rounds, onProgress, ...options }: CompareOptions,
): Promise<FigureResult[]> {
  const outcomes = new Map<Experiment, Map<Contestant['role'], Outcome[]>>(
    experiments.map(experiment => [experiment, new Map()]),
  )
  for (let round = 0; round < rounds; round++) {
    for (const [experiment, byRole] of outcomes) {
      if (round >= (experiment.maxRounds ?? rounds)) continue
      const takingPart = contestants.filter(({ role }) => role !== 'ceiling' || experiment.ceiling)
      for (const contestant of round % 2 === 0 ? takingPart : takingPart.toReversed()) {
        onProgress(`round ${round + 1} of ${rounds}: ${experiment.name}, ${contestant.title}`)
        const outcome = await attempt(() => experiment.measure(contestant, options))
        options.signal.throwIfAborted()
        byRole.set(contestant.role, [...(byRole.get(contestant.role) ?? []), outcome])
      }
    }
  }
  return experiments.flatMap(experiment =>
    experiment.figures.map(figure => {
      const measured = [...(outcomes.get(experiment) ?? [])].map(([role, played]) => {
        const values = played.map(({ readings }) => readings[figure.name] ?? null)
        return [
          role,
          toMeasured(
            values,
            played.flatMap(({ failure }) => failure ?? []),
          ),
        ] as const
      })
      return toFigureResult(figure, Object.fromEntries(measured))
    }),
  )
}

interface Outcome {
  readonly readings: Readings
  readonly failure?: string
}

async function attempt(measure: () => Promise<Readings>): Promise<Outcome> {
  try {
    return { readings: await measure() }
  } catch (error) {
    return { readings: {}, failure: (error as Error).message }
  }
}
