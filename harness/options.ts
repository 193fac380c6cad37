import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { didYouMean } from '../names/nearest.ts'
import { HarnessError } from './errors.ts'

export const USAGE = `Usage: npm run scenarios -- [options]

Plays every scenario with every pair of implementations, and writes reports/latest/.

  --impl NAMES         only these implementations of the repository, separated by commas
  --impl NAME=COMMAND  also any other p2pd: its command line, to which the daemon's flags are added
  --filter PATTERN     only cells whose path contains this; * within a part, ** across parts; repeatable
  --report FOLDER      where to write the results instead of reports/latest; those of an earlier run are replaced
  --ledger FILE        the known failures, instead of scenarios/ledger.yaml
  --list               print the paths of the cells and play none
  --help

Exit code: 0 green, 1 red, 2 nothing could be played, 128 and more interrupted by a signal.
`

/** What the command line asks for; paths are absolute. */
export interface Options {
  readonly impl: readonly string[]
  readonly filter: readonly string[]
  readonly report: string
  readonly ledger: string
  readonly list: boolean
  readonly help: boolean
}

const SPEC = {
  impl: { type: 'string', multiple: true, default: [] as string[] },
  filter: { type: 'string', multiple: true, default: [] as string[] },
  report: { type: 'string' },
  ledger: { type: 'string' },
  list: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/**
 * Understands the command line.
 *
 * @param root the repository, where the defaults are
 * @throws HarnessError ERR_USAGE
 */
export function parseOptions(args: readonly string[], root: string): Options {
  const { impl, filter, report, ledger, list, help } = parse(args)
  const empty = Object.entries({ impl, filter, report, ledger }).find(([, value]) => [value].flat().includes(''))
  if (empty !== undefined) throw new HarnessError('ERR_USAGE', `--${empty[0]} is empty`)
  return {
    impl,
    filter,
    report: report === undefined ? resolve(root, 'reports/latest') : resolve(report),
    ledger: ledger === undefined ? resolve(root, 'scenarios/ledger.yaml') : resolve(ledger),
    list,
    help,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: SPEC }).values
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException
    const [, unknown] = /^Unknown option '-*([^']+)'/.exec(message) ?? []
    const text =
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown !== undefined
        ? `there is no option --${unknown}${didYouMean(unknown, Object.keys(SPEC))}`
        : message
    throw new HarnessError('ERR_USAGE', text, { cause })
  }
}
