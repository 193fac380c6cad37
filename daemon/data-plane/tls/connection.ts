import { once } from 'node:events'
import type { TLSSocket } from 'node:tls'
import { type AbortOptions, type MessageStream, StreamStateError } from '@libp2p/interface'
import { AbstractMessageStream, type SendResult } from '@libp2p/utils'
import type { Uint8ArrayList } from 'uint8arraylist'
import { dispatchAtOnce } from '../dispatch.ts'
import { sealed } from '../disposal.ts'
import { initAbove } from '../secured.ts'
import { SocketWriter } from '../socket-writer.ts'

type Bytes = Uint8Array | Uint8ArrayList

/** A connection that TLS encrypts. */
export class TlsConnection extends AbstractMessageStream {
  readonly #connection: MessageStream
  readonly #socket: TLSSocket
  readonly #writer: SocketWriter

  constructor(connection: MessageStream, socket: TLSSocket) {
    super(initAbove(connection))
    this.#connection = connection
    this.#socket = socket
    this.#writer = new SocketWriter(socket, sealed)
    socket.on('data', (chunk: Buffer<ArrayBuffer>) => {
      if (!dispatchAtOnce(this, chunk)) this.onData(chunk)
    })
    socket.on('drain', () => {
      this.writableNeedsDrain = false
      this.safeDispatchEvent('drain')
    })
    socket.on('end', () => this.onRemoteCloseWrite())
    socket.on('error', error => this.abort(error))
    connection.addEventListener('close', ({ error, local }) => {
      // what has arrived before the end is still on its way through the socket
      if (error === undefined) void this.#drained().finally(() => this.onTransportClosed())
      else if (local) this.abort(error)
      else this.onRemoteReset()
      if (error !== undefined) socket.destroy()
    })
  }

  override get writeBufferLength(): number {
    return this.#socket.writableLength + this.#connection.writeBufferLength
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

  override async close({ signal }: AbortOptions = {}): Promise<void> {
    if (this.status !== 'open') return
    this.status = 'closing'
    this.writeStatus = 'closing'
    if (!this.#socket.writableFinished && !this.#socket.destroyed) {
      this.#socket.end()
      await once(this.#socket, 'finish', signal === undefined ? {} : { signal })
    }
    await this.#connection.close(signal === undefined ? {} : { signal })
  }

  override sendReset(error: Error): void {
    this.#socket.destroy()
    this.#connection.abort(error)
  }

  override sendPause(): void {
    this.#socket.pause()
  }

  override sendResume(): void {
    // who was given what had waited may have paused again
    if (this.readStatus === 'readable') this.#socket.resume()
  }

  async #drained(): Promise<void> {
    if (this.#socket.readableEnded || this.#socket.destroyed) return
    await once(this.#socket, 'end').catch(() => undefined)
  }
}
