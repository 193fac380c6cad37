import { type AbortOptions, type MessageStream, type Stream, StreamStateError } from '@libp2p/interface'
import { AbstractMessageStream, type SendResult } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { dispatchAtOnce } from '../dispatch.ts'
import { borrowFrom } from '../lent.ts'
import { initAbove } from '../secured.ts'
import { FrameOpener } from './frame-opener.ts'
import { FrameSealer, MAX_PLAINTEXT } from './frame-sealer.ts'
import type { HandshakeResult } from './handshake.ts'
import { WaitingPlaintext } from './waiting.ts'

type Bytes = Uint8Array | Uint8ArrayList

/**
 * An encrypted connection.
 *
 * What fills a message is encrypted where it is. What does not is copied and collected until the event loop has seen to
 * everything that is ready now: what a burst of streams has to say becomes one message and one write.
 */
export class NoiseConnection extends AbstractMessageStream {
  readonly #connection: MessageStream
  readonly #sealer: FrameSealer
  readonly #opener: FrameOpener
  readonly #waiting = new WaitingPlaintext()
  /** Sent bytes are encrypted, or copied, before `send` returns. */
  readonly keepsNothing = true
  #flushing: NodeJS.Immediate | undefined

  constructor(connection: MessageStream, { sending, receiving }: HandshakeResult<unknown>) {
    super(initAbove(connection))
    this.#connection = connection
    this.#sealer = new FrameSealer(sending)
    this.#opener = new FrameOpener(receiving)
    borrowFrom(connection)
    connection.addEventListener('message', ({ data }) => this.#receive(data))
    connection.addEventListener('drain', () => this.#onDrain())
    connection.addEventListener('remoteCloseWrite', () => this.onRemoteCloseWrite())
    connection.addEventListener('close', ({ error, local }) => {
      this.#discard()
      if (error === undefined) this.onTransportClosed()
      else if (local) this.abort(error)
      else this.onRemoteReset()
    })
  }

  /** What waits to be encrypted, and what the connection below has yet to pass on. */
  override get writeBufferLength(): number {
    return this.#waiting.length + this.#connection.writeBufferLength
  }

  override send(data: Bytes): boolean {
    if (this.writeStatus !== 'writable')
      throw new StreamStateError(`Cannot write to a stream that is ${this.writeStatus}`)
    if (this.#waiting.length + data.byteLength >= MAX_PLAINTEXT) this.#write(this.#sealFull(data))
    else for (const part of partsOf(data)) this.#waiting.append(part)
    if (this.#waiting.length > 0) this.#flushing ??= setImmediate(() => this.flush())
    return !this.writableNeedsDrain
  }

  /** Encrypts and passes on all that was sent: to be called before the connection below is closed. */
  flush(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    // the connection below may be closing already, and would throw where nobody catches
    const { writeStatus = 'writable' } = this.#connection as Partial<Pick<Stream, 'writeStatus'>>
    if (this.status === 'open' && writeStatus === 'writable') this.#write(this.#sealWaiting())
  }

  override onData(data: Bytes): void {
    if (!dispatchAtOnce(this, data as Uint8Array<ArrayBuffer>)) super.onData(data)
  }

  override abort(error: Error): void {
    this.#discard()
    super.abort(error)
  }

  override async close(options?: AbortOptions): Promise<void> {
    this.flush()
    await this.#connection.close(options)
  }

  override sendData(data: Uint8ArrayList): SendResult {
    return { sentBytes: data.byteLength, canSendMore: this.send(data) }
  }

  override sendReset(error: Error): void {
    this.#connection.abort(error)
  }

  override sendPause(): void {
    if (this.#connection.status === 'open') this.#connection.pause()
  }

  override sendResume(): void {
    // who was given what had waited may have paused again
    if (this.readStatus === 'readable' && this.#connection.status === 'open') this.#connection.resume()
  }

  #receive(data: Bytes): void {
    const opened: Uint8Array[] = []
    try {
      for (const part of partsOf(data)) this.#opener.push(part, opened)
    } catch (error) {
      this.abort(error as Error)
      return
    }
    const [first] = opened
    if (first === undefined) return
    this.onData(opened.length === 1 ? first : new Uint8ArrayList(...opened))
  }

  #onDrain(): void {
    this.writableNeedsDrain = false
    this.flush()
    if (!this.writableNeedsDrain) this.safeDispatchEvent('drain')
  }

  #write(frames: Uint8Array[]): void {
    if (frames.length > 0 && !this.#connection.send(new Uint8ArrayList(...frames))) this.writableNeedsDrain = true
  }

  /** What waits, as a message; none if nothing does. */
  #sealWaiting(): Uint8Array[] {
    const { length } = this.#waiting
    return length === 0 ? [] : this.#sealer.seal([this.#waiting.take()], length)
  }

  /** Makes full messages of the bytes, behind a message of what has waited; the rest waits. */
  #sealFull(data: Bytes): Uint8Array[] {
    const frames = this.#sealWaiting()
    let parts: Uint8Array[] = []
    let room = MAX_PLAINTEXT
    for (let part of partsOf(data)) {
      while (part.byteLength >= room) {
        parts.push(part.byteLength === room ? part : part.subarray(0, room))
        for (const piece of this.#sealer.seal(parts, MAX_PLAINTEXT)) frames.push(piece)
        part = part.subarray(room)
        parts = []
        room = MAX_PLAINTEXT
      }
      if (part.byteLength === 0) continue
      parts.push(part)
      room -= part.byteLength
    }
    for (const part of parts) this.#waiting.append(part)
    return frames
  }

  #discard(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    this.#waiting.clear()
  }
}

function partsOf(data: Bytes): Iterable<Uint8Array> {
  return data instanceof Uint8Array ? [data] : data
}
