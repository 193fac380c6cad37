import type { Stream } from '@libp2p/interface'
import { decode, encode, FrameDecoder, MAX_FRAME_LENGTH } from '../../proto/codec.ts'
import { KadMessage } from '../../proto/kad.ts'
import { readStream, type StreamReader, type StreamWriter, writeStream } from '../stream-io.ts'

/**
 * The messages on a stream of the DHT's protocol, whichever side opened it: question and answer, many times over, with one
 * promise for each and no signal.
 */
export class KadStream {
  readonly #stream: Stream
  readonly #decoder = new FrameDecoder(MAX_FRAME_LENGTH)
  readonly #reader: StreamReader
  readonly #writer: StreamWriter
  #waiting: PromiseWithResolvers<KadMessage | undefined> | undefined
  #draining: PromiseWithResolvers<void> | undefined
  #ended = false
  #failure: Error | undefined
  /** Told when the other side has ended or broken the stream. */
  onOver: (() => void) | undefined

  constructor(stream: Stream) {
    this.#stream = stream
    this.#writer = writeStream(stream, () => this.#drained())
    this.#reader = readStream(stream, {
      data: chunk => {
        for (const part of chunk instanceof Uint8Array ? [chunk] : chunk) this.#decoder.push(part)
        // who asks faster than it is answered has to wait
        if (this.#decoder.bufferedLength > MAX_FRAME_LENGTH) this.#reader.pause()
        this.#settle()
      },
      end: () => {
        this.#ended = true
        this.#settle()
        this.onOver?.()
      },
      error: error => this.#fail(error),
    })
    this.#reader.resume()
  }

  /** Whether a question can be asked: nothing has arrived that was not asked for, and the stream is whole. */
  get ready(): boolean {
    return !this.#ended && this.#failure === undefined && this.#decoder.bufferedLength === 0
  }

  /**
   * The next message; undefined when the other side has ended.
   *
   * @throws ProtocolError for what is no message; what broke the stream
   */
  read(): Promise<KadMessage | undefined> {
    this.#waiting = Promise.withResolvers()
    const { promise } = this.#waiting
    this.#settle()
    return promise
  }

  /** Sends, or queues, a message; undefined when the next one may follow at once. */
  write(message: KadMessage): Promise<void> | undefined {
    if (this.#writer.write(encode(KadMessage, message))) return undefined
    this.#draining ??= Promise.withResolvers()
    return this.#draining.promise
  }

  /** Closes our side once all is sent. */
  end(): Promise<void> {
    return this.#writer.end()
  }

  /** Breaks the stream, and whatever waits for it. */
  abort(error: Error): void {
    this.#stream.abort(error)
    this.#fail(error)
  }

  #settle(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    try {
      const body = this.#decoder.next()
      if (body !== undefined) this.#give(decode(KadMessage, body))
      else if (this.#failure !== undefined) throw this.#failure
      else if (this.#ended) this.#give(undefined)
      else this.#reader.resume()
    } catch (error) {
      this.#waiting = undefined
      waiting.reject(error)
    }
  }

  #give(message: KadMessage | undefined): void {
    this.#waiting?.resolve(message)
    this.#waiting = undefined
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#settle()
    this.#drained()
    this.onOver?.()
  }

  /** Also when nothing will ever be sent any more: whoever reads next is told. */
  #drained(): void {
    this.#draining?.resolve()
    this.#draining = undefined
  }
}
