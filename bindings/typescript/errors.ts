/** Every code a {@link ClientError} can have; the README's table explains each, and a test keeps the two in step. */
export const clientErrorCodes = [
  'ERR_ADDRESS_INVALID',
  'ERR_CLIENT_CLOSED',
  'ERR_CONNECT',
  'ERR_CONNECTION_CLOSED',
  'ERR_DAEMON',
  'ERR_LISTEN',
  'ERR_MESSAGE_INVALID',
  'ERR_PROTOCOL',
] as const

export type ClientErrorCode = (typeof clientErrorCodes)[number]

/**
 * Whatever this client rejects with, except for an abort, which rejects with the signal's own reason.
 *
 * Callers tell cases apart by `code`; `cause` is the system's or the codec's error where there is one.
 */
export class ClientError extends Error {
  override readonly name: string = 'ClientError'
  readonly code: ClientErrorCode

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The daemon answered ERROR. The message is the daemon's text, unchanged, because clients compare it. */
export class DaemonError extends ClientError {
  override readonly name = 'DaemonError'
  /** What kind of error it is, by the table in docs/protocol.md; only this project's daemons say. */
  readonly daemonCode: string | undefined

  constructor(message: string, daemonCode?: string) {
    super('ERR_DAEMON', message)
    this.daemonCode = daemonCode
  }
}
