import type { Socket } from 'node:net'
import { type AbortOptions, type Logger, type MessageStreamDirection, StreamStateError } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type SendResult } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Uint8ArrayList } from 'uint8arraylist'
import { abortable } from '../../abort.ts'
import { dispatchAtOnce } from '../dispatch.ts'
import { sealed } from '../disposal.ts'
import { readInto } from '../read-into.ts'
import { SocketWriter } from '../socket-writer.ts'

type Bytes = Uint8Array | Uint8ArrayList

export interface TcpConnectionInit {
  readonly socket: Socket
  readonly remoteAddr: Multiaddr
  readonly direction: MessageStreamDirection
  readonly log: Logger
}

/** A TCP socket as libp2p's connection. What is sent together is written together, in one system call. */
export class TcpConnection extends AbstractMultiaddrConnection {
  readonly #socket: Socket
  readonly #writer: SocketWriter
  /** Whether whoever listens keeps nothing of what has arrived: see `lent.ts`. */
  lends = false

  constructor({ socket, ...init }: TcpConnectionInit) {
    super(init)
    this.#socket = socket
    this.#writer = new SocketWriter(socket, sealed)
    readInto(socket, bytes => {
      const data = this.lends && this.readBufferLength === 0 ? bytes : Buffer.from(bytes)
      if (!dispatchAtOnce(this, data)) this.onData(data === bytes ? Buffer.from(bytes) : data)
    })
    socket.on('drain', () => {
      if (!this.writableNeedsDrain) return
      this.writableNeedsDrain = false
      this.safeDispatchEvent('drain')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // the other end has closed it, and this one has not heard of that before it wrote once more
      if (error.code === 'EPIPE') this.onTransportClosed()
      else this.abort(error)
    })
    // the other end of a connection never goes on reading, in libp2p, once it has stopped writing
    socket.once('end', () => this.onTransportClosed())
    socket.once('close', () => this.onTransportClosed())
  }

  /** What the socket has yet to pass on to the system. */
  override get writeBufferLength(): number {
    return this.#socket.writableLength
  }

  override send(data: Bytes): boolean {
    if (this.writeStatus !== 'writable')
      throw new StreamStateError(`Cannot write to a stream that is ${this.writeStatus}`)
    if (!this.#writer.write(data)) this.writableNeedsDrain = true
    return !this.writableNeedsDrain
  }

  override sendData(data: Uint8ArrayList): SendResult {
    return { sentBytes: data.byteLength, canSendMore: this.#writer.write(data) }
  }

  override async close(options?: AbortOptions): Promise<void> {
    if (this.status !== 'open') return
    this.status = 'closing'
    this.writeStatus = 'closing'
    this.remoteWriteStatus = 'closing'
    this.remoteReadStatus = 'closing'
    await this.sendClose(options)
    this.onTransportClosed()
  }

  override async sendClose({ signal }: AbortOptions = {}): Promise<void> {
    if (this.#socket.destroyed) return
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    this.#socket.once('close', () => resolve())
    // once all is written
    this.#socket.destroySoon()
    await (signal === undefined ? closed : abortable(closed, signal))
  }

  override sendReset(): void {
    // a socket that is shutting down cannot be reset any more
    if (this.#socket.writableEnded) this.#socket.destroy()
    else this.#socket.resetAndDestroy()
  }

  override sendPause(): void {
    this.#socket.pause()
  }

  override sendResume(): void {
    // who was given what had waited may have paused again
    if (this.readStatus === 'readable') this.#socket.resume()
  }
}
