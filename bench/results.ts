import { readFile } from 'node:fs/promises'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { Ajv } from 'ajv'
import type { Contestant } from './contestant.ts'
import type { Figure } from './experiment.ts'
import schema from './results.schema.json' with { type: 'json' }
import { median, type Ratio, ratio } from './statistics.ts'

/** What one run has found; `results.schema.json` describes it for others. */
export interface BenchResults {
  readonly schemaVersion: 1
  readonly startedAt: string
  readonly durationMs: number
  /** The rounds asked for; what takes minutes has fewer values. */
  readonly rounds: number
  /** Little was done of everything: the values mean nothing. */
  readonly quick: boolean
  readonly machine: Machine
  readonly contestants: readonly Contestant[]
  readonly figures: readonly FigureResult[]
}

export interface Machine {
  readonly os: string
  readonly arch: string
  readonly cpu: string
  readonly cpus: number
  readonly memoryMiB: number
  readonly node: string
  /** How much the machine did otherwise, when the run began: the load average of the last minute. */
  readonly load: number
}

export interface FigureResult extends Figure {
  readonly results: Readonly<Partial<Record<Contestant['role'], Measured>>>
  /** How many times the baseline the subject is; absent where a round of either is missing. */
  readonly ratio?: Ratio
}

export interface Measured {
  /** By round; null: it failed. */
  readonly values: readonly (number | null)[]
  /** Absent when no round succeeded. */
  readonly median?: number
  /** Why rounds failed, each reason once. */
  readonly failures: readonly string[]
}

/** One contestant's values of a figure. */
export function toMeasured(values: readonly (number | null)[], failures: readonly string[]): Measured {
  const good = values.filter(value => value !== null)
  return { values, ...(good.length > 0 && { median: median(good) }), failures: [...new Set(failures)] }
}

/** A figure with what was measured, and the comparison. */
export function toFigureResult(figure: Figure, results: FigureResult['results']): FigureResult {
  const compared = ratio(results.subject?.values ?? [], results.baseline?.values ?? [])
  return { ...figure, results, ...(compared && { ratio: compared }) }
}

const validate = new Ajv({ allErrors: true }).compile(schema)

/** Insists that results are as their schema says: a mistake here would be read by others as a fact. */
export function assertResults(results: unknown): asserts results is BenchResults {
  if (!validate(results)) throw new TypeError(`results do not follow their schema: ${JSON.stringify(validate.errors)}`)
}

export async function describeMachine(): Promise<Machine> {
  const load = await readFile('/proc/loadavg', 'utf8').catch(() => '0')
  return {
    os: `${platform()} ${release()}`,
    arch: arch(),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cpus: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    load: Number.parseFloat(load),
  }
}
