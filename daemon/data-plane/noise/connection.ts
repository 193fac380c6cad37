import { type AbortOptions, type MessageStream, type Stream, StreamStateError } from '@libp2p/interface'
import { AbstractMessageStream, type SendResult } from '@libp2p/utils'
import { Uint8ArrayList } from 'uint8arraylist'
import { dispatchAtOnce } from '../dispatch.ts'
import { FrameOpener } from './frame-opener.ts'
import { FrameSealer, MAX_PLAINTEXT } from './frame-sealer.ts'
import type { HandshakeResult } from './handshake.ts'

type Bytes = Uint8Array | Uint8ArrayList

/**
 * An encrypted connection.
 *
 * What is sent is collected until a message is full, or until the event loop has seen to everything that is ready now:
 * what a burst of streams has to say becomes one message and one write.
 */
export class NoiseConnection extends AbstractMessageStream {
  readonly #connection: MessageStream
  readonly #sealer: FrameSealer
  readonly #opener: FrameOpener
  #pending: Uint8Array[] = []
  #pendingLength = 0
  #flushing: NodeJS.Immediate | undefined

  constructor(connection: MessageStream, { sending, receiving }: HandshakeResult<unknown>) {
    super({
      log: connection.log,
      inactivityTimeout: connection.inactivityTimeout,
      maxReadBufferLength: connection.maxReadBufferLength,
      direction: connection.direction,
    })
    this.#connection = connection
    this.#sealer = new FrameSealer(sending)
    this.#opener = new FrameOpener(receiving)
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
    return this.#pendingLength + this.#connection.writeBufferLength
  }

  override send(data: Bytes): boolean {
    if (this.writeStatus !== 'writable')
      throw new StreamStateError(`Cannot write to a stream that is ${this.writeStatus}`)
    if (data instanceof Uint8Array) this.#pending.push(data)
    else for (const part of data) this.#pending.push(part)
    this.#pendingLength += data.byteLength
    if (this.writableNeedsDrain) return false
    if (this.#pendingLength >= MAX_PLAINTEXT) this.#write(MAX_PLAINTEXT)
    if (this.#pendingLength > 0) this.#flushing ??= setImmediate(() => this.flush())
    return !this.writableNeedsDrain
  }

  /** Encrypts and passes on all that was sent: to be called before the connection below is closed. */
  flush(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    // the connection below may be closing already, and would throw where nobody catches
    const { writeStatus = 'writable' } = this.#connection as Partial<Pick<Stream, 'writeStatus'>>
    if (this.status === 'open' && writeStatus === 'writable') this.#write(1)
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
      if (data instanceof Uint8Array) this.#opener.push(data, opened)
      else for (const part of data) this.#opener.push(part, opened)
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

  /** Encrypts and passes on full messages as long as at least so much is waiting. */
  #write(least: number): void {
    const frames = new Uint8ArrayList()
    while (this.#pendingLength >= least && this.#pendingLength > 0) {
      const length = Math.min(this.#pendingLength, MAX_PLAINTEXT)
      frames.appendAll(this.#sealer.seal(this.#take(length), length))
    }
    if (frames.byteLength > 0 && !this.#connection.send(frames)) this.writableNeedsDrain = true
  }

  #take(length: number): Uint8Array[] {
    this.#pendingLength -= length
    if (this.#pendingLength === 0) {
      const all = this.#pending
      this.#pending = []
      return all
    }
    const taken: Uint8Array[] = []
    let left = length
    let count = 0
    for (const part of this.#pending) {
      if (part.byteLength > left) {
        if (left > 0) {
          taken.push(part.subarray(0, left))
          this.#pending[count] = part.subarray(left)
        }
        break
      }
      taken.push(part)
      left -= part.byteLength
      count += 1
    }
    this.#pending.splice(0, count)
    return taken
  }

  #discard(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    this.#pending = []
    this.#pendingLength = 0
  }
}
