import type { Daemon } from './daemon.ts'
import { diagnostics } from './diagnostics/diagnostics.ts'
import type { Log } from './log.ts'

/** go's exit codes for a daemon ended by a signal: 128 and the signal's number. */
const ENDINGS = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const

/** What ends a process unless it says otherwise, and means nothing to go's daemon. */
const IGNORED = ['SIGUSR2', 'SIGALRM', 'SIGVTALRM', 'SIGPROF', 'SIGIO', 'SIGPWR', 'SIGXCPU'] as const

/** How long, in ms, an orderly end may take; peers that do not answer get no more. */
const STOP_TIMEOUT = 5_000

/**
 * Ends the daemon in order at the usual signals, at once at the second one; SIGUSR1 prints diagnostics, as go's does.
 * A daemon that is still starting ends when it has: what it has made by then would be left behind.
 */
export function handleSignals(starting: Promise<Daemon>, log: Log): void {
  let stopping = false
  for (const [signal, exitCode] of Object.entries(ENDINGS)) {
    const exit = (): never => process.exit(exitCode)
    process.on(signal, () => {
      if (stopping) exit()
      stopping = true
      log.info('stopping', { signal })
      setTimeout(exit, STOP_TIMEOUT)
      starting.then(daemon => daemon.stop()).then(exit, exit)
    })
  }
  // not handled, SIGUSR1 would open Node's debugger
  process.on('SIGUSR1', () => {
    starting.then(diagnostics).then(
      text => process.stdout.write(text),
      error => log.error('diagnostics failed', { error, stack: error.stack }),
    )
  })
  for (const signal of IGNORED) process.on(signal, () => {})
}

/**
 * Keeps the daemon alive when some library throws where nobody can catch it: in an event listener while it handles what
 * a peer sent, or in a promise of its own. One peer's bytes must not end the connections of all others.
 */
export function surviveFaults(log: Log): void {
  // who started the daemon may be gone, and with them the reader of its output: no reason to end, let alone to complain
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {})
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (fault: unknown) => {
      log.error(`${event}: ${fault}`, fault instanceof Error ? { stack: fault.stack } : undefined)
    })
  }
}
