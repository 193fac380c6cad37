import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { didYouMean } from '../names/nearest.ts'
import type { Shard } from '../reports/results.ts'
import { HarnessError } from './errors.ts'
import type { Runtime } from './implementation.ts'
import type { ControlKind } from './plan.ts'
import { drawSeed } from './shuffle.ts'

export const USAGE = `Usage: npm run scenarios -- [options]
       npm run scenarios -- doctor
       npm run scenarios -- ledger update [--report FOLDER] [--ledger FILE]
       npm run scenarios -- report diff BEFORE AFTER | merge FOLDER... | history FILE [FOLDER...]

Plays every scenario with every pair of implementations, and writes reports/latest/.

What is played:
  --impl NAMES         only these implementations of the repository, separated by commas; NAME@VERSION is an older one
                       and NAME@all every version (doctor lists them)
  --impl NAME=COMMAND  also any other p2pd: its command line, to which the daemon's flags are added
  --impl NAME=image:I  also the p2pd of any container image that the engine has
  --filter PATTERN     only cells whose path contains this; * within a part, ** across parts; repeatable
  --replay CELL        exactly this cell, once, and show all that happened
  --shard INDEX/COUNT  only this part of them, for several machines; report merge puts them together
  --list               print the paths of the cells and play none

How:
  --seed NUMBER        the order, instead of a random one, which every run prints
  --retries NUMBER     how often a cell that fails is played again to find out if it is flaky; 1 unless given
  --verify NUMBER      play each cell so many times, and report those whose verdict changes
  --jobs NUMBER        cells at a time, those that mostly wait not counted; twice the number of processors unless given
  --runtime RUNTIME    native, or container: each daemon in a container, on a network of their own
  --control KIND       unix, or tcp: the kind of the daemons' control sockets
  --pcap               capture each cell's packets, where tcpdump is installed and permitted
  --report FOLDER      where to write the results instead of reports/latest (interop-report with npx); those of an
                       earlier run are replaced
  --ledger FILE        further known failures, beside scenarios/ledger.yaml; repeatable
  --history FILE       add the run to this history, and show it in the page
  --help

Exit code: 0 green, 1 red, 2 nothing could be played, 128 and more interrupted by a signal.
`

/** What the command line asks for; paths are absolute. */
export interface Options {
  readonly impl: readonly string[]
  readonly filter: readonly string[]
  readonly replay: string | undefined
  readonly shard: Shard | undefined
  readonly list: boolean
  readonly seed: number
  readonly retries: number
  readonly verify: number
  readonly jobs: number
  readonly runtime: Runtime
  readonly control: ControlKind
  readonly pcap: boolean
  readonly report: string
  /** The repository's own first. */
  readonly ledgers: readonly string[]
  readonly history: string | undefined
  readonly help: boolean
}

const SPEC = {
  impl: { type: 'string', multiple: true, default: [] as string[] },
  filter: { type: 'string', multiple: true, default: [] as string[] },
  replay: { type: 'string' },
  shard: { type: 'string' },
  list: { type: 'boolean', default: false },
  seed: { type: 'string' },
  retries: { type: 'string', default: '1' },
  verify: { type: 'string', default: '1' },
  jobs: { type: 'string', default: String(2 * availableParallelism()) },
  runtime: { type: 'string', default: 'native' },
  control: { type: 'string', default: 'unix' },
  pcap: { type: 'boolean', default: false },
  report: { type: 'string' },
  ledger: { type: 'string', multiple: true, default: [] as string[] },
  history: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/**
 * Understands the command line.
 *
 * @param root the repository, where the defaults are
 * @throws HarnessError ERR_USAGE
 */
export function parseOptions(args: readonly string[], root: string): Options {
  const values = parse(args)
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''))
  if (empty !== undefined) throw new HarnessError('ERR_USAGE', `--${empty[0]} is empty`)
  const { impl, filter, replay, list, pcap, help } = values
  if (replay !== undefined && filter.length > 0) {
    throw new HarnessError('ERR_USAGE', '--replay names a whole cell; it does not go with --filter')
  }
  return {
    impl,
    filter,
    replay,
    shard: parseShard(values.shard),
    list,
    seed: values.seed === undefined ? drawSeed() : parseNumber('seed', values.seed, 0),
    retries: replay === undefined ? parseNumber('retries', values.retries, 0) : 0,
    verify: parseNumber('verify', values.verify, 1),
    jobs: parseNumber('jobs', values.jobs, 1),
    runtime: parseChoice('runtime', values.runtime, ['native', 'container']),
    control: parseChoice('control', values.control, ['unix', 'tcp']),
    pcap,
    report: resolve(values.report ?? defaultReport(root)),
    ledgers: [...new Set([join(root, 'scenarios/ledger.yaml'), ...values.ledger.map(path => resolve(path))])],
    history: values.history === undefined ? undefined : resolve(values.history),
    help,
  }
}

/** In the repository, or, where this is an installed package, in the folder that the command is given in. */
export function defaultReport(root: string): string {
  return root.includes('/node_modules/') ? resolve('interop-report') : join(root, 'reports/latest')
}

function parseNumber(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new HarnessError('ERR_USAGE', `--${name} ${text}: expected a whole number from ${least} on`)
  }
  return value
}

function parseChoice<const Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const chosen = choices.find(choice => choice === text)
  if (chosen !== undefined) return chosen
  throw new HarnessError('ERR_USAGE', `--${name} ${text}: expected ${choices.join(' or ')}${didYouMean(text, choices)}`)
}

function parseShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? []
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new HarnessError('ERR_USAGE', `--shard ${text}: expected INDEX/COUNT, from 1/COUNT to COUNT/COUNT`)
  }
  return { index, count }
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
