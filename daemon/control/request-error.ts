/**
 * Every code that an ERROR response can carry, and what it says. Go's daemon has texts alone; programs that talk to this
 * one need not compare them.
 */
export const REQUEST_ERROR_CODES = {
  ERR_REQUEST_MALFORMED: 'the request lacks a part, or one of its parts makes no sense',
  ERR_REQUEST_UNKNOWN: 'there is no such type of request; after an unknown top-level type the daemon hangs up',
  ERR_FRAME_INVALID: 'the bytes are no frame, too long a frame, or no request; the daemon hangs up',
  ERR_PEER_ID_INVALID: 'the bytes are no peer id',
  ERR_ADDRESS_INVALID: 'the bytes are no multiaddr',
  ERR_NOT_ENABLED: 'the daemon was started without what the request needs',
  ERR_NOT_SUPPORTED: 'this daemon cannot do that',
  ERR_DIAL: 'no connection to the peer could be made; the message says why, address by address',
  ERR_PROTOCOL_NEGOTIATION: 'the peer speaks none of the protocols, or went away while they were negotiated',
  ERR_RECORD_INVALID: 'the value may not be stored under its key, or a better one is there already',
  ERR_NOT_FOUND: 'nobody who was asked knows',
  ERR_TIMEOUT: 'the request took longer than it, or the daemon, allows',
  ERR_LIMIT: 'one of the daemon’s limits is reached; the message names it',
  ERR_INTERNAL: 'a fault of the daemon, which its log describes',
} as const

export type RequestErrorCode = keyof typeof REQUEST_ERROR_CODES

/** A request that failed: its message and its code are what the client reads in the ERROR response. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode

  constructor(code: RequestErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Texts that the daemon itself makes, and that clients of go p2pd look at. */
export const TEXT = {
  missingParameters: 'Malformed request; missing parameters',
  unexpectedRequest: 'Unexpected request',
  deadlineExceeded: 'context deadline exceeded',
} as const

/**
 * The part of a request that its type calls for.
 *
 * @throws RequestError `Malformed request; missing parameters`
 */
export function required<T>(part: T | null | undefined): T {
  if (part === null || part === undefined) throw new RequestError('ERR_REQUEST_MALFORMED', TEXT.missingParameters)
  return part
}

/** What the decoder puts in the place of bytes that are not UTF-8, which go would pass on. */
const REPLACEMENT = '\uFFFD'

/**
 * A text of a request: one that is not UTF-8 would be another one to this daemon than to its peers.
 *
 * @throws RequestError saying what is wrong with `what`
 */
export function requiredUtf8(what: string, text: string): string {
  if (text.includes(REPLACEMENT)) throw new RequestError('ERR_REQUEST_MALFORMED', `${what} is not valid UTF-8`)
  return text
}
