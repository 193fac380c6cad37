import { inspect } from 'node:util'

/** A check's verdict against a daemon: what was looked at, what should have been, what was. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure'
  readonly what: string
  readonly expected: string
  readonly got: string

  constructor(what: string, expected: string, got: string, options?: ErrorOptions) {
    super(`${what}: expected ${expected}, got ${got}`, options)
    this.what = what
    this.expected = expected
    this.got = got
  }
}

/** Insists that two values print the same. @throws CheckFailure */
export function equal(what: string, got: unknown, expected: unknown): void {
  if (show(got) !== show(expected)) throw new CheckFailure(what, show(expected), show(got))
}

/** Insists on a text that contains another, or matches an expression. @throws CheckFailure */
export function matches(what: string, got: string, expected: string | RegExp): void {
  const found = typeof expected === 'string' ? got.includes(expected) : expected.test(got)
  if (!found) throw new CheckFailure(what, typeof expected === 'string' ? `…${expected}…` : String(expected), show(got))
}

/** Insists on a condition that is put in words by the caller. @throws CheckFailure */
export function holds(what: string, condition: boolean, expected: string, got: unknown): void {
  if (!condition) throw new CheckFailure(what, expected, show(got))
}

/** Insists that something is refused, and returns the error. @throws CheckFailure */
export async function refused(what: string, promise: Promise<unknown>, expected: string | RegExp): Promise<Error> {
  const outcome = await promise.then(
    value => ({ value }),
    (error: Error) => ({ error }),
  )
  if ('value' in outcome) throw new CheckFailure(what, `an error (${expected})`, 'success')
  matches(what, outcome.error.message, expected)
  return outcome.error
}

/** Insists that something succeeds, and returns what it gives. @throws CheckFailure */
export async function succeeds<T>(what: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof CheckFailure) throw error
    throw new CheckFailure(what, 'success', (error as Error).message, { cause: error })
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 4 })
}
