import { constants } from 'node:os'

/** Why everything stops: the user, or the system, has asked for it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  /** What a shell reports for a process that the signal has ended. */
  readonly exitCode: number

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`)
    this.exitCode = 128 + constants.signals[signal]
  }
}

/**
 * Catches the signals by which a command is ended, from now on: the first one aborts, with an {@link Interrupted}, so
 * that nothing is left behind; the second one exits at once.
 */
export function catchInterrupts(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const interrupted = new Interrupted(name)
      if (controller.signal.aborted) process.exit(interrupted.exitCode)
      controller.abort(interrupted)
    })
  }
  return controller.signal
}
