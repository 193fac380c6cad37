import { inspect, isDeepStrictEqual } from 'node:util'

/** A check's verdict against a daemon: what was looked at, what should have been, what was. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure'
  readonly what: string
  readonly expected: string
  readonly got: string
  /** The role whose daemon did it, where there is no doubt. */
  readonly role: string | undefined

  constructor(what: string, expected: string, got: string, options?: ErrorOptions & { readonly role?: string }) {
    super(`${what}: expected ${expected}, got ${got}`, options)
    this.what = what
    this.expected = expected
    this.got = got
    this.role = options?.role
  }
}

/** Insists that two values are deeply equal; bytes are compared whatever holds them. @throws CheckFailure */
export function equal(what: string, got: unknown, expected: unknown): void {
  const same =
    got instanceof Uint8Array && expected instanceof Uint8Array
      ? Buffer.compare(got, expected) === 0
      : isDeepStrictEqual(got, expected)
  if (!same) throw new CheckFailure(what, show(expected), show(got))
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
  const error = await promise.then(
    () => undefined,
    (reason: Error) => reason,
  )
  if (error === undefined) throw new CheckFailure(what, `an error (${expected})`, 'success')
  try {
    matches(what, error.message, expected)
  } catch (failure) {
    throw Object.assign(failure as CheckFailure, { cause: error })
  }
  return error
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

/** How many bytes, and characters, of a value a report shows. */
const BYTES_SHOWN = 64
const CHARACTERS_SHOWN = 500

function show(value: unknown): string {
  const text = value instanceof Uint8Array ? showBytes(value) : typeof value === 'string' ? value : showOther(value)
  if (text === '') return 'nothing'
  return text.length > CHARACTERS_SHOWN ? `${text.slice(0, CHARACTERS_SHOWN)}…` : text
}

function showBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, BYTES_SHOWN)).toString('hex')
  return bytes.length > BYTES_SHOWN ? `${bytes.length} bytes ${hex}…` : `bytes ${hex}`
}

function showOther(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 4 })
}
