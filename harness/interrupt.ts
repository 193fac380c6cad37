import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

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
  for (const name of SIGNALS) {
    process.on(name, () => {
      const interrupted = new Interrupted(name)
      if (controller.signal.aborted) process.exit(interrupted.exitCode)
      controller.abort(interrupted)
    })
  }
  return controller.signal
}

/**
 * Heeds the same signals in a process that another one of ours has started, and will end: a terminal's Ctrl-C, or whoever
 * ends the whole group, sends them to both, and only what this one does is to stop.
 */
export function heedInterrupts(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController()
  const stop = (name: NodeJS.Signals): void => controller.abort(new Interrupted(name))
  for (const name of SIGNALS) process.on(name, stop)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) process.off(name, stop)
    },
  }
}
