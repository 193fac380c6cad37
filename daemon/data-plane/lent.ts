import type { MessageStream, Stream } from '@libp2p/interface'

/**
 * Bytes that are *lent* are their owner's to use again as soon as the call has returned that passed them on: who wants to
 * keep them copies them. That is how one buffer serves all reads of all sockets. libp2p's own rule is that bytes belong to
 * whom they are passed to, so that both sides have to have said that they know of this.
 */

/** A connection that lends what it receives once it is told that its listener keeps nothing. */
interface Lender extends MessageStream {
  lends?: boolean
}

/** A connection that keeps nothing of what it is given to send. */
interface Borrower extends MessageStream {
  readonly keepsNothing?: boolean
}

/** A stream that can send what it is only lent. */
interface BorrowingStream extends Stream {
  sendLent?(data: Uint8Array): boolean
}

/** Says for whoever listens to the connection that they keep nothing. */
export function borrowFrom(connection: Lender): void {
  if ('lends' in connection) connection.lends = true
}

export function keepsNothing({ keepsNothing = false }: Borrower): boolean {
  return keepsNothing
}

/** Sends bytes that are the caller's own again afterwards. */
export function sendLent(stream: BorrowingStream, data: Uint8Array): boolean {
  return stream.sendLent === undefined ? stream.send(Buffer.from(data)) : stream.sendLent(data)
}
