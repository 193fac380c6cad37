import { closeSync, openSync } from 'node:fs'
import type { Log } from '../log.ts'

/** How often, in ms, it is tried whether there is a file descriptor left. */
const INTERVAL = 1_000

/** What the system says when the process, or the machine, has no file descriptor left. */
const EXHAUSTED: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE'])

/** Whether something failed for want of file descriptors: later it may work. */
export function lacksDescriptors(error: unknown): boolean {
  return EXHAUSTED.has((error as NodeJS.ErrnoException).code)
}

/**
 * Tells the log when file descriptors run out, and when there are some again: connections that come meanwhile are closed
 * by the runtime without a word. Watches until the function that is returned is called.
 */
export function watchDescriptors(log: Log, probe: () => void = openSomething): () => void {
  let exhausted = false
  const look = (): void => {
    try {
      probe()
      if (exhausted) log.warn('there are file descriptors again')
      exhausted = false
    } catch (error) {
      if (!lacksDescriptors(error) || exhausted) return
      exhausted = true
      log.warn('no file descriptor is left: connections are refused until some are closed; see `ulimit -n`')
    }
  }
  const timer = setInterval(look, INTERVAL).unref()
  return () => clearInterval(timer)
}

function openSomething(): void {
  closeSync(openSync('/dev/null', 'r'))
}
