/** A request that failed: its message is what the client reads in the ERROR response. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
}

/** Texts that the daemon itself makes, and that clients of go p2pd look at. */
export const TEXT = {
  missingParameters: 'Malformed request; missing parameters',
  deadlineExceeded: 'context deadline exceeded',
} as const
