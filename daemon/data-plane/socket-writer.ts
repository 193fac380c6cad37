import type { Socket } from 'node:net'
import type { Uint8ArrayList } from 'uint8arraylist'
import type { Disposal } from './disposal.ts'

/** Parts smaller than this on average, in bytes, and less than this altogether, are joined: one buffer costs least. */
const SMALL_PART = 1_024
const SMALL = 4_096

/** Writes to a socket what is sent together in one system call, and has its memory given back as soon as it has left. */
export class SocketWriter {
  readonly #socket: Socket
  readonly #disposal: Disposal
  /** In the order in which the socket is done with them. */
  readonly #unwritten: Iterable<Uint8Array>[] = []

  /** @param disposal of what is written: it is the socket's */
  constructor(socket: Socket, disposal: Disposal) {
    this.#socket = socket
    this.#disposal = disposal
  }

  /** False: to wait for 'drain'. */
  write(data: Uint8Array | Uint8ArrayList): boolean {
    const socket = this.#socket
    const parts = data instanceof Uint8Array ? [data] : [...data]
    const last = parts.pop()
    if (last === undefined) return true
    if (parts.length > 0 && (data.byteLength < SMALL || data.byteLength < (parts.length + 1) * SMALL_PART)) {
      parts.push(last)
      const more = socket.write(Buffer.concat(parts))
      this.#release(parts)
      return more
    }
    socket.cork()
    for (const part of parts) socket.write(part)
    const more = socket.write(last, this.#onWritten)
    parts.push(last)
    this.#unwritten.push(parts)
    socket.uncork()
    // the socket's verdict is from before the system took it all
    return more || socket.writableLength === 0
  }

  readonly #onWritten = (error?: Error | null): void => {
    const parts = this.#unwritten.shift()
    // of a socket that is destroyed nobody can tell what it is still at
    if (parts !== undefined && error == null && !this.#socket.destroyed) this.#release(parts)
  }

  #release(parts: Iterable<Uint8Array>): void {
    for (const part of parts) this.#disposal.release(part)
  }
}
