import type { Socket } from 'node:net'
import { decode, encode, FrameDecoder, ProtocolError } from '../../proto/codec.ts'
import { ClientError } from './errors.ts'
import { type MessageName, type Messages, messageTypes } from './messages.ts'
import { type ClientObserver, type FrameEvent, now } from './observer.ts'

/** What every call that waits accepts. */
export interface RequestOptions {
  /** Ends the wait, and the connection it waits on, which is how a daemon learns that nobody wants the answer. */
  readonly signal?: AbortSignal | undefined
}

/** What a {@link Connection} belongs to. */
export interface ConnectionOwner {
  /** Whoever aborts this destroys the socket too; pending calls then reject with its reason. */
  readonly lifetime: AbortSignal
  readonly observer: ClientObserver
}

/**
 * A socket that carries frames.
 *
 * Frames are pulled, never pushed: what follows a frame goes back to the socket's own buffer, so that whoever takes the
 * socket over gets every byte, and an idle reader holds the daemon up instead of filling memory. One `receive` at a time.
 */
export class Connection implements AsyncDisposable {
  readonly id: number
  readonly socket: Socket
  /** Resolves when the socket is closed: one listener for all who care, as a stream that is piped has many already. */
  readonly closed: Promise<void>
  readonly #owner: ConnectionOwner
  #framed = { sent: 0, received: 0 }

  constructor(id: number, socket: Socket, owner: ConnectionOwner) {
    this.id = id
    this.socket = socket
    this.closed = firstOf(socket, 'close')
    this.#owner = owner
    // An 'error' that nobody listens to ends the process; the next reader finds it in `socket.errored`.
    socket.on('error', () => {})
  }

  /** True while the connection is open and the other side has said nothing that it was not asked for. */
  get idle(): boolean {
    const { destroyed, readableEnded, readableLength } = this.socket
    return !destroyed && !readableEnded && readableLength === 0
  }

  /** Bytes that went each way outside of frames. */
  get payload(): { bytesSent: number; bytesReceived: number } {
    return {
      bytesSent: this.socket.bytesWritten - this.#framed.sent,
      bytesReceived: this.socket.bytesRead - this.#framed.received,
    }
  }

  /**
   * Waits until the socket is connected to `address`.
   *
   * @throws ClientError ERR_CONNECT
   */
  async connected(address: string, { signal }: RequestOptions = {}): Promise<void> {
    await this.#guard(signal, async () => {
      await firstOf(this.socket, 'connect', 'close')
      if (this.socket.destroyed) {
        throw new ClientError('ERR_CONNECT', `cannot connect to ${address}`, this.#cause())
      }
    })
  }

  /**
   * Sends one message, and whatever is to leave in the same write behind it.
   *
   * @returns false when the socket wants its 'drain' awaited
   * @throws ClientError ERR_MESSAGE_INVALID, before anything is sent
   */
  send<Name extends MessageName>(name: Name, message: Messages[Name], trailing?: Uint8Array): boolean {
    const frame = encodeFrame(name, message)
    this.#framed.sent += frame.byteLength
    this.#observe('sent', name, message)
    return this.socket.write(trailing === undefined ? frame : Buffer.concat([frame, trailing]))
  }

  /** Sends bytes as they are, frames or not. @returns false when the socket wants its 'drain' awaited */
  sendBytes(bytes: Uint8Array): boolean {
    this.#observe('sent', 'bytes', { bytes })
    return this.socket.write(bytes)
  }

  /**
   * Receives one message.
   *
   * @throws ClientError ERR_CONNECTION_CLOSED at the end of the connection, ERR_PROTOCOL when the bytes are no such message
   */
  async receive<Name extends MessageName>(name: Name, options: RequestOptions = {}): Promise<Messages[Name]> {
    const body = await this.#takeFrame(options.signal)
    const message = this.#decodeMessage(name, body)
    this.#observe('received', name, message)
    return message
  }

  /**
   * Receives the body of one frame, undecoded.
   *
   * @throws ClientError ERR_CONNECTION_CLOSED, ERR_PROTOCOL
   */
  async receiveFrame(options: RequestOptions = {}): Promise<Uint8Array> {
    const bytes = await this.#takeFrame(options.signal)
    this.#observe('received', 'bytes', { bytes })
    return bytes
  }

  /** Ends our direction only; the other side can still send. */
  end(): void {
    this.socket.end()
  }

  /** Ends both directions at once and tells the other side as rudely as the socket can: on TCP with a reset. */
  reset(): void {
    // Only TCP sockets have a remote address, and only they can be reset; a Unix socket's close must do.
    if (this.socket.remoteAddress === undefined) this.socket.destroy()
    else this.socket.resetAndDestroy()
  }

  /** Closes the connection, and resolves once it is closed. */
  async close(): Promise<void> {
    this.socket.destroy()
    await this.closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #takeFrame(signal: AbortSignal | undefined): Promise<Uint8Array> {
    const decoder = new FrameDecoder()
    return this.#guard(signal, async () => {
      for (;;) {
        const chunk = this.socket.read() as Buffer | null
        if (chunk !== null) {
          const body = this.#decodeFrame(decoder, chunk)
          if (body !== undefined) return body
        } else if (this.socket.destroyed || this.socket.readableEnded) {
          const missed = decoder.bufferedLength === 0 ? 'a frame' : 'the rest of a frame'
          const message = `the connection was closed instead of sending ${missed}`
          throw new ClientError('ERR_CONNECTION_CLOSED', message, this.#cause())
        } else {
          await firstOf(this.socket, 'readable', 'end', 'close')
        }
      }
    })
  }

  #decodeFrame(decoder: FrameDecoder, chunk: Buffer): Uint8Array | undefined {
    try {
      decoder.push(chunk)
      const body = decoder.next()
      const rest = body === undefined ? undefined : decoder.takeRest()
      this.#framed.received += chunk.byteLength - (rest?.byteLength ?? 0)
      if (rest !== undefined && rest.byteLength > 0) this.socket.unshift(rest)
      return body
    } catch (cause) {
      this.#observe('received', 'bytes', { bytes: decoder.takeRest() })
      this.socket.destroy()
      throw new ClientError('ERR_PROTOCOL', 'expected a frame, got something else', { cause })
    }
  }

  #decodeMessage<Name extends MessageName>(name: Name, body: Uint8Array): Messages[Name] {
    try {
      return decode<Messages[Name]>(messageTypes[name], body)
    } catch (cause) {
      this.#observe('received', 'bytes', { bytes: body })
      this.socket.destroy()
      throw new ClientError('ERR_PROTOCOL', `expected a ${name}, got something else`, { cause })
    }
  }

  /** Runs a step that an abort ends, together with the connection, for the aborter's reason. */
  async #guard<T>(signal: AbortSignal | undefined, step: () => Promise<T>): Promise<T> {
    this.#owner.lifetime.throwIfAborted()
    signal?.throwIfAborted()
    const abort = () => this.socket.destroy()
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await step()
    } catch (error) {
      signal?.throwIfAborted()
      this.#owner.lifetime.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  #cause(): ErrorOptions {
    return this.socket.errored === null ? {} : { cause: this.socket.errored }
  }

  #observe(direction: FrameEvent['direction'], type: FrameEvent['type'], message: object): void {
    this.#owner.observer.frame?.({ connection: this.id, direction, type, message, at: now() })
  }
}

function encodeFrame<Name extends MessageName>(name: Name, message: Messages[Name]): Uint8Array {
  try {
    return encode<Messages[Name]>(messageTypes[name], message)
  } catch (cause) {
    const reason = cause instanceof ProtocolError ? cause.message : String(cause)
    throw new ClientError('ERR_MESSAGE_INVALID', reason, { cause })
  }
}

/** Resolves at the first of these events. */
async function firstOf(socket: Socket, ...events: string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = () => resolve()
  for (const event of events) socket.on(event, listener)
  await promise
  for (const event of events) socket.off(event, listener)
}
