/** What a request gets when it names no timeout of its own, or a senseless one, in seconds; as go. */
const DEFAULT_TIMEOUT = 60

/** Node's timers count milliseconds in 31 bits; nobody waits longer. */
const LONGEST_TIMEOUT = 2 ** 31 - 1

/** Aborts after a request's `timeout`, or when the signal does. */
export function withTimeout(seconds: number | null | undefined, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutOf(seconds))])
}

/** The milliseconds of a request's `timeout` (seconds; absent, zero and negative mean 60). */
export function timeoutOf(seconds: number | null | undefined): number {
  const wanted = seconds === null || seconds === undefined || seconds <= 0 ? DEFAULT_TIMEOUT : seconds
  return Math.min(wanted * 1_000, LONGEST_TIMEOUT)
}
