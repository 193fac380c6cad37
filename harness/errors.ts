/** Every code a {@link HarnessError} can have. */
export const harnessErrorCodes = [
  /** A build command ended badly, or without leaving what it promised; the message ends with its last lines. */
  'ERR_BUILD_FAILED',
  /** A command line cannot be split into words, or names nothing that can be run. */
  'ERR_COMMAND_INVALID',
  /** The container engine does not do what it is asked to; the message ends with what it says. */
  'ERR_ENGINE',
  /** What was waited for did not happen in time. */
  'ERR_DEADLINE',
  /** A name that no implementation of the repository has, or that is taken. */
  'ERR_IMPLEMENTATION_UNKNOWN',
  /** A daemon ended before it was ready; the message ends with what it said. */
  'ERR_LAUNCH_EXITED',
  /** A daemon did not say that it is ready in time; the message ends with what it said. */
  'ERR_LAUNCH_TIMEOUT',
  /** The ledger of known failures cannot be read, or does not follow its schema. */
  'ERR_LEDGER_INVALID',
  /** A manifest does not follow the schema, or says something that cannot be. */
  'ERR_MANIFEST_INVALID',
  /** A network of namespaces cannot be built, or changed. */
  'ERR_NETWORK',
  /** There is nothing to play: a filter matches nothing, or no implementation can be had. */
  'ERR_NO_CELLS',
  /** A file that should hold results, or a history of them, does not; or results do not belong together. */
  'ERR_RESULTS_INVALID',
  /** The system could not start a process at all; `cause` is its error. */
  'ERR_SPAWN',
  /** The harness's command line says something that cannot be understood. */
  'ERR_USAGE',
] as const

export type HarnessErrorCode = (typeof harnessErrorCodes)[number]

/** Whatever the harness throws, except for an abort, which throws the signal's own reason. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError'
  readonly code: HarnessErrorCode

  constructor(code: HarnessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What was waited for did not happen in time. */
export class DeadlineError extends HarnessError {
  /** What was waited for, as it reads after "gave up waiting for". */
  readonly what: string
  /** Milliseconds. */
  readonly deadline: number

  constructor(what: string, deadline: number) {
    super('ERR_DEADLINE', `gave up waiting for ${what} after ${deadline} ms`)
    this.what = what
    this.deadline = deadline
  }
}
