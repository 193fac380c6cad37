import type { Stream } from '@libp2p/interface'
import { readStream, writeStream } from '../stream-io.ts'

/** What one circuit may use. */
export interface CircuitLimits {
  /** Bytes in each direction; 0: no limit. */
  readonly data: number
  /** Milliseconds; 0: no limit. */
  readonly time: number
}

/** Node's timers count milliseconds in 31 bits. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * Joins two streams: what arrives on one is sent on the other, the end of a direction is passed on as an end, and a
 * reset, or a limit that is reached, resets both. A reader that stops stops the writer at the far end.
 *
 * Resolves when the circuit is over: undefined when both directions have ended, else with why it was reset.
 */
export function joinStreams(
  a: Stream,
  b: Stream,
  limits: CircuitLimits,
  signal: AbortSignal,
): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  let open = 2

  const fail = (reason: Error): void => {
    a.abort(reason)
    b.abort(reason)
    finish(reason)
  }
  const ended = (): void => {
    open -= 1
    if (open === 0) finish(undefined)
  }
  const abort = (): void => fail(signal.reason)
  const timer =
    limits.time === 0
      ? undefined
      : setTimeout(fail, Math.min(limits.time, LONGEST_TIMER), new Error('the circuit’s time is up'))
  const finish = (reason: Error | undefined): void => {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    resolve(reason)
  }

  signal.addEventListener('abort', abort)
  forward(a, b, limits.data, ended, fail)
  forward(b, a, limits.data, ended, fail)
  if (signal.aborted) abort()
  return promise
}

function forward(from: Stream, to: Stream, limit: number, ended: () => void, fail: (reason: Error) => void): void {
  let carried = 0
  const writer = writeStream(to, () => reader.resume())
  const reader = readStream(from, {
    data(chunk) {
      carried += chunk.byteLength
      if (limit > 0 && carried > limit) fail(new Error(`the circuit’s ${limit} bytes are used up`))
      else if (!writer.write(chunk)) reader.pause()
    },
    end() {
      void writer.end().then(ended)
    },
    error: fail,
  })
}
