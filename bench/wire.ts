import { connect, type Socket } from 'node:net'
import { decode, encode, Request, Response } from '../proto/codec.ts'

/** What every socket reads into, one read at a time: allocating for each costs as much as the read. */
const READ_BUFFER = Buffer.allocUnsafe(256 * 1024)

/**
 * One connection to a Unix socket, at the least cost that Node allows, so that the daemon is what is measured. The reader
 * says how much it waits for; there is one at a time.
 */
export class Wire {
  readonly socket: Socket
  /** Settles when the connection is gone. */
  readonly closed: Promise<void>
  /** Given all that arrives instead of the waiting reader. */
  onBytes: ((bytes: Buffer) => void) | undefined
  #kept: Buffer = Buffer.alloc(0)
  #wanted: (() => void) | undefined
  #ended = false

  constructor(path: string) {
    this.socket = connect({
      path,
      allowHalfOpen: true,
      onread: { buffer: READ_BUFFER, callback: this.#onRead },
    })
    this.closed = new Promise(resolve => this.socket.once('close', () => resolve()))
    this.socket.on('error', () => {})
    const end = (): void => {
      this.#ended = true
      this.#wanted?.()
    }
    this.socket.once('end', end)
    this.socket.once('close', end)
  }

  /** Opens a connection, again while the backlog is full. */
  static async connect(path: string): Promise<Wire> {
    for (;;) {
      const wire = new Wire(path)
      const failure = await new Promise<NodeJS.ErrnoException | undefined>(resolve => {
        wire.socket.once('connect', () => resolve(undefined))
        wire.socket.once('error', resolve)
      })
      if (failure === undefined) return wire
      if (failure.code !== 'EAGAIN') throw failure
      await new Promise(resolve => setTimeout(resolve, 1))
    }
  }

  readonly #onRead = (length: number): boolean => {
    const bytes = READ_BUFFER.subarray(0, length)
    if (this.onBytes !== undefined) {
      this.onBytes(bytes)
      return true
    }
    this.#kept = this.#kept.byteLength === 0 ? Buffer.from(bytes) : Buffer.concat([this.#kept, bytes])
    this.#wanted?.()
    return true
  }

  /** The next so many bytes. */
  async take(length: number): Promise<Buffer> {
    while (this.#kept.byteLength < length) await this.#more()
    return this.#cut(length)
  }

  /** The body of the next frame. */
  async takeFrame(): Promise<Buffer> {
    for (;;) {
      const frame = findFrame(this.#kept)
      if (frame !== undefined) return this.#cut(frame.end).subarray(frame.start)
      await this.#more()
    }
  }

  /** Takes what has arrived and nobody asked for. */
  takeKept(): Buffer {
    return this.#cut(this.#kept.byteLength)
  }

  /**
   * Sends an encoded request.
   *
   * @throws Error with the daemon's words when it answers with an error
   */
  async request(frame: Uint8Array): Promise<Response> {
    this.socket.write(frame)
    const response = decode(Response, await this.takeFrame())
    if (response.type === Response.Type.OK) return response
    throw new Error(response.error?.msg ?? 'the daemon gave no reason')
  }

  close(): Promise<void> {
    this.socket.destroy()
    return this.closed
  }

  #cut(length: number): Buffer {
    const bytes = this.#kept.subarray(0, length)
    this.#kept = this.#kept.subarray(length)
    return bytes
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#wanted = undefined
        if (this.#ended) reject(new Error('the connection ended before what was waited for'))
        else resolve()
      }
      if (this.#ended) settle()
      else this.#wanted = settle
    })
  }
}

/** Where the first frame's body lies; undefined until all of it has arrived. */
export function findFrame(bytes: Uint8Array, from = 0): { readonly start: number; readonly end: number } | undefined {
  let length = 0
  for (let index = from, shift = 0; index < bytes.byteLength; index++, shift += 7) {
    const byte = bytes[index] as number
    length += (byte & 0x7f) * 2 ** shift
    if (byte >= 0x80) continue
    const start = index + 1
    return bytes.byteLength < start + length ? undefined : { start, end: start + length }
  }
  return undefined
}

export const IDENTIFY: Uint8Array = encode(Request, { type: Request.Type.IDENTIFY })

/** A request for a stream to a peer, to be sent many times. */
export function streamOpen(peer: Uint8Array, protocol: string): Uint8Array {
  return encode(Request, { type: Request.Type.STREAM_OPEN, streamOpen: { peer, proto: [protocol] } })
}
