import type { Contestant } from './contestant.ts'

/** A figure that is compared. */
export interface Figure {
  /** As `--only` and the results name it. */
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly better: 'less' | 'more'
}

export interface MeasureOptions {
  /** To see that it works, not to learn how fast anything is. */
  readonly quick: boolean
  readonly signal: AbortSignal
}

/** What an experiment has found, by figure; a figure that could not be measured is left out. */
export type Readings = Readonly<Record<string, number>>

/** Something that is done with a contestant's daemons, and what is measured while it is. */
export interface Experiment {
  readonly name: string
  readonly figures: readonly Figure[]
  /** Of the rounds asked for, at most so many: what takes minutes is not repeated. */
  readonly maxRounds?: number
  /** Left out of a run unless it is asked for by name. */
  readonly onRequest?: boolean
  /** Also done with the bare relay, to see how far the load generator itself goes. */
  readonly ceiling?: boolean
  measure(contestant: Contestant, options: MeasureOptions): Promise<Readings>
}
