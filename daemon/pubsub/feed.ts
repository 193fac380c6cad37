import type { Socket } from 'node:net'

/** What may wait for a subscriber that does not read: the messages beyond are dropped for it, and for nobody else. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024
const MAX_WAITING_MESSAGES = 16_384

/** Bytes that are left to the socket, so that it always has something to send. */
const IN_SOCKET = 256 * 1024

/** A message as a subscriber gets it, made once for all of them. */
export interface FedMessage {
  readonly frame: Uint8Array
  /** The same, saying how many were dropped before it. */
  readonly frameAfter: (dropped: number) => Uint8Array
}

/**
 * The messages on their way to one subscriber. Nobody waits for it: what it does not read in time is dropped, newest
 * first, so that it gets a beginning without gaps, and the first message behind the gap says how many are missing.
 */
export class Feed {
  readonly #waiting: Uint8Array[] = []
  #bytes = 0
  #dropped = 0
  #socket: Socket | undefined
  readonly #onDropped: (total: number) => void

  /** @param onDropped told how many are missing once the subscriber reads again, or goes */
  constructor(onDropped: (count: number) => void) {
    this.#onDropped = onDropped
  }

  /** Delivers, now or when the subscriber has read what came before; false: dropped. */
  push({ frame, frameAfter }: FedMessage): boolean {
    if (this.#waiting.length >= MAX_WAITING_MESSAGES || this.#bytes + frame.byteLength > MAX_WAITING_BYTES) {
      this.#dropped += 1
      return false
    }
    const next = this.#dropped === 0 ? frame : frameAfter(this.#dropped)
    this.#reportDropped()
    this.#waiting.push(next)
    this.#bytes += next.byteLength
    this.#flush()
    return true
  }

  /** From now on the messages go to this socket, those that wait first. */
  attach(socket: Socket): void {
    this.#socket = socket
    socket.on('drain', () => this.#flush())
    this.#flush()
  }

  close(): void {
    this.#reportDropped()
    this.#socket = undefined
    this.#waiting.length = 0
    this.#bytes = 0
  }

  #reportDropped(): void {
    if (this.#dropped > 0) this.#onDropped(this.#dropped)
    this.#dropped = 0
  }

  #flush(): void {
    const socket = this.#socket
    if (socket === undefined || !socket.writable || socket.writableLength >= IN_SOCKET) return
    let count = 0
    socket.cork()
    for (const frame of this.#waiting) {
      if (socket.writableLength >= IN_SOCKET) break
      socket.write(frame)
      this.#bytes -= frame.byteLength
      count += 1
    }
    socket.uncork()
    this.#waiting.splice(0, count)
  }
}
