import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { HarnessError } from '../harness/errors.ts'
import { didYouMean } from '../names/nearest.ts'
import type { Experiment } from './experiment.ts'

export const USAGE = `Usage: npm run bench -- [options]

Measures this daemon beside go's official one, in rounds that take turns, and prints medians and ratios. Takes about a
quarter of an hour, and wants a machine that does nothing else.

  --only NAMES        only these experiments or figures, separated by commas; a name may be the beginning of several
  --rounds NUMBER     5 unless given; what takes minutes is done less often
  --subject COMMAND   another daemon instead of this one: its command line, to which the daemon's flags are added
  --baseline COMMAND  another daemon instead of go's
  --json FILE         also write the results there: bench/results.schema.json
  --quick             do very little of everything, to see that it works; the figures mean nothing
  --list              print the names of what can be measured
  --help
`

/** What the command line asks for. */
export interface Options {
  readonly only: readonly string[]
  readonly rounds: number
  readonly subject: string | undefined
  readonly baseline: string | undefined
  /** Absolute. */
  readonly json: string | undefined
  readonly quick: boolean
  readonly list: boolean
  readonly help: boolean
}

/**
 * Understands the command line.
 *
 * @throws HarnessError ERR_USAGE
 */
export function parseOptions(args: readonly string[]): Options {
  const { only, rounds, json, ...rest } = parse(args)
  if (!/^[1-9]\d{0,3}$/.test(rounds)) {
    throw new HarnessError('ERR_USAGE', `--rounds takes a number from 1 up, not "${rounds}"`)
  }
  return {
    only: only.flatMap(names => names.split(',')).filter(name => name !== ''),
    rounds: Number(rounds),
    json: json === undefined ? undefined : resolve(json),
    subject: rest.subject,
    baseline: rest.baseline,
    quick: rest.quick,
    list: rest.list,
    help: rest.help,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        only: { type: 'string', multiple: true, default: [] as string[] },
        rounds: { type: 'string', default: '5' },
        subject: { type: 'string' },
        baseline: { type: 'string' },
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new HarnessError('ERR_USAGE', (error as Error).message)
  }
}

/**
 * The experiments with those of their figures that are asked for; without names, all that are not only on request.
 *
 * @throws HarnessError ERR_USAGE when a name is of nothing
 */
export function selectExperiments(experiments: readonly Experiment[], names: readonly string[]): Experiment[] {
  if (names.length === 0) return experiments.filter(({ onRequest }) => !onRequest)
  const known = experiments.flatMap(({ name, figures }) => [name, ...figures.map(figure => figure.name)])
  for (const name of names) {
    if (known.some(other => other.startsWith(name))) continue
    throw new HarnessError('ERR_USAGE', `there is no figure "${name}"${didYouMean(name, known)}; --list prints all`)
  }
  const asked = (name: string): boolean => names.some(prefix => name.startsWith(prefix))
  return experiments.flatMap(experiment => {
    const figures = asked(experiment.name) ? experiment.figures : experiment.figures.filter(({ name }) => asked(name))
    return figures.length === 0 ? [] : [{ ...experiment, figures }]
  })
}
