import type { MessageName } from './messages.ts'

/** One frame on one connection. */
export interface FrameEvent {
  /** The client's own count of its connections, from 1, dialled and accepted alike. */
  readonly connection: number
  readonly direction: 'sent' | 'received'
  /** The message's name, or `bytes` for what was sent raw, read raw or could not be decoded. */
  readonly type: MessageName | 'bytes'
  /** The message itself; `{ bytes }` where the type is `bytes`. See `describeMessage` for a readable form. */
  readonly message: object
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly at: number
}

/** A stream that was opened or accepted, or has closed for both directions. */
export interface StreamEvent {
  readonly connection: number
  readonly event: 'open' | 'close'
  readonly protocol: string
  /** Payload bytes so far, frames not counted. */
  readonly bytesSent: number
  readonly bytesReceived: number
  /** What ended the stream, where it did not end in order. */
  readonly error?: Error
  readonly at: number
}

/** Watches everything a client says and hears: evidence for a transcript, not a way to interfere. */
export interface ClientObserver {
  frame?(event: FrameEvent): void
  stream?(event: StreamEvent): void
}

/** The time for an event: wall clock, so that transcripts of several processes can be merged. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
