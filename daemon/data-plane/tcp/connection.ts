import type { Socket } from 'node:net'
import { type AbortOptions, type Logger, type MessageStreamDirection, StreamStateError } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type SendResult } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Uint8ArrayList } from 'uint8arraylist'
import { abortable } from '../../abort.ts'
import { dispatchAtOnce } from '../dispatch.ts'

type Bytes = Uint8Array | Uint8ArrayList

/** Below this, in bytes, parts are joined before they are written: one write of one buffer costs least. */
const SMALL = 4_096

export interface TcpConnectionInit {
  readonly socket: Socket
  readonly remoteAddr: Multiaddr
  readonly direction: MessageStreamDirection
  readonly log: Logger
}

/** A TCP socket as libp2p's connection. What is sent together is written together, in one system call. */
export class TcpConnection extends AbstractMultiaddrConnection {
  readonly #socket: Socket

  constructor({ socket, ...init }: TcpConnectionInit) {
    super(init)
    this.#socket = socket
    socket.on('data', (chunk: Buffer<ArrayBuffer>) => {
      if (!dispatchAtOnce(this, chunk)) this.onData(chunk)
    })
    socket.on('drain', () => {
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
    if (!this.#write(data)) this.writableNeedsDrain = true
    return !this.writableNeedsDrain
  }

  override sendData(data: Uint8ArrayList): SendResult {
    return { sentBytes: data.byteLength, canSendMore: this.#write(data) }
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

  #write(data: Bytes): boolean {
    const socket = this.#socket
    if (data instanceof Uint8Array) return socket.write(data)
    if (data.byteLength < SMALL) return socket.write(data.subarray())
    let more = true
    socket.cork()
    for (const part of data) more = socket.write(part)
    socket.uncork()
    return more
  }
}
