import { LONGEST_TIMER } from '../abort.ts'

/** What a request gets when it names no timeout of its own, or a senseless one, in seconds; as go. */
const DEFAULT_TIMEOUT = 60

/** A request's time: its signal aborts when it is up, until the request is served. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
}

/**
 * Aborts after a request's `timeout`, or when the signal does. Disposed of, it leaves nothing behind: an
 * `AbortSignal.timeout` would take its kilobytes until its minute is over, for each request that was served in a moment.
 */
export function withTimeout(seconds: number | null | undefined, signal: AbortSignal): Deadline {
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(signal.reason)
  const timer = setTimeout(
    () => controller.abort(new DOMException('the time of the request is up', 'TimeoutError')),
    timeoutOf(seconds),
  ).unref()
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    },
  }
}

/** The milliseconds of a request's `timeout` (seconds; absent, zero and negative mean 60). */
export function timeoutOf(seconds: number | null | undefined): number {
  const wanted = seconds === null || seconds === undefined || seconds <= 0 ? DEFAULT_TIMEOUT : seconds
  return Math.min(wanted * 1_000, LONGEST_TIMER)
}
