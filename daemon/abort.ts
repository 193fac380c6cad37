import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for the promise, or rejects with the signal's reason as soon as it aborts; the promise itself goes on. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Node's timers count milliseconds in 31 bits. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** Waits so many ms, or returns as soon as the signal aborts; keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(ms, LONGEST_TIMER), undefined, { signal, ref: false }).catch(() => {})
}
