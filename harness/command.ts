import { didYouMean } from '../names/nearest.ts'
import { doctor } from './commands/doctor.ts'
import type { Environment } from './commands/environment.ts'
import { ledgerCommand } from './commands/ledger.ts'
import { playScenarios } from './commands/play.ts'
import { reportCommand } from './commands/report.ts'
import { HarnessError } from './errors.ts'
import { Interrupted } from './interrupt.ts'
import { parseOptions, USAGE } from './options.ts'

type Command = (words: readonly string[], environment: Environment) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = { doctor, ledger: ledgerCommand, report: reportCommand }

/**
 * Does what the command line asks for: a command by its name, or else to play scenarios.
 *
 * @returns the exit code: 0 or, when the results need looking at, 1
 * @throws HarnessError; the signal's reason
 */
export async function runCommand(words: readonly string[], environment: Environment): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name.startsWith('-'))
    return playScenarios(parseOptions(words, environment.root), environment)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    throw new HarnessError('ERR_USAGE', `there is no command "${name}"${didYouMean(name, Object.keys(COMMANDS))}`)
  }
  return command(rest, environment)
}

/**
 * Says what stopped the command, and the exit code that belongs to it; undefined for a bug of ours. Of an interruption, the
 * user has been told when it came.
 */
export function explain(error: unknown): { readonly text: string; readonly exitCode: number } | undefined {
  if (error instanceof Interrupted) return { text: '', exitCode: error.exitCode }
  if (!(error instanceof HarnessError)) return undefined
  const usage = error.code === 'ERR_USAGE' ? `\n${USAGE}` : ''
  return { text: `${error.message}\n${usage}`, exitCode: 2 }
}
