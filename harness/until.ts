import { setTimeout as delay } from 'node:timers/promises'
import { DeadlineError } from './errors.ts'

export interface UntilOptions {
  /** How long to wait, in milliseconds. */
  readonly deadline: number
  /** What is waited for, as it reads after "gave up waiting for". */
  readonly what: string
  readonly signal?: AbortSignal | undefined
  /** Milliseconds between two looks; the default suits what happens on one machine. */
  readonly interval?: number
}

const DEFAULT_INTERVAL = 10

type Falsy = undefined | null | false | 0 | ''

/**
 * Looks until `predicate` gives something truthy, and resolves with it: the one way to wait for what sends no event.
 *
 * @throws HarnessError ERR_DEADLINE; what `predicate` throws; the signal's reason
 */
export async function until<T>(predicate: () => T | Promise<T>, options: UntilOptions): Promise<Exclude<T, Falsy>> {
  const { deadline, what, signal, interval = DEFAULT_INTERVAL } = options
  const end = performance.now() + deadline
  for (;;) {
    signal?.throwIfAborted()
    const value = await predicate()
    if (value) return value as Exclude<T, Falsy>
    if (performance.now() >= end) throw new DeadlineError(what, deadline)
    await delay(interval, undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
}
