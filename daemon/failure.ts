import { errnoText } from './errno.ts'
import { FlagError, type FlagTable, usage } from './flags.ts'

/** Why a program cannot start: its message is what goes to stderr, go-libp2p-daemon's own words where it has them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  /** Words a failed system call as go does: `open nope.json: no such file or directory`. */
  static fromSystem(error: NodeJS.ErrnoException, path: string): ConfigError {
    return new ConfigError(`${error.syscall ?? 'open'} ${path}: ${errnoText(error)}`, { cause: error })
  }
}

/** How a program that failed to start ends. */
export interface Failure {
  readonly stderr: string
  readonly exitCode: number
}

/**
 * How a start that ended in an error is reported: as go's `flag` package does for a bad command line (exit code 2; 0 when
 * help was asked for), as its `log.Fatal` does for everything else (a local timestamp before the message, exit code 1).
 */
export function describeFailure(error: unknown, program: string, flags: FlagTable, now = new Date()): Failure {
  if (error instanceof FlagError) {
    if (error.code === 'ERR_FLAG_HELP') return { stderr: usage(program, flags), exitCode: 0 }
    return { stderr: `${error.message}\n${usage(program, flags)}`, exitCode: 2 }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { stderr: `${timestamp(now)} ${message}\n`, exitCode: 1 }
}

/** The time before a message of go's `log` package: `2006/01/02 15:04:05`, local. */
export function timestamp(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
