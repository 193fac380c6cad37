import type { AbortOptions, Logger, Stream } from '@libp2p/interface'
import { AbstractMultiaddrConnection } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Uint8ArrayList } from 'uint8arraylist'
import { readStream, type StreamReader, type StreamWriter, writeStream } from '../stream-io.ts'

/** How long, in ms, the far end has to close a circuit that was closed here, before it is reset. */
const CLOSE_TIMEOUT = 5_000

export interface CircuitConnectionInit {
  /** The stream to the relay, which has joined it to the peer at the far end. */
  readonly stream: Stream
  readonly remoteAddr: Multiaddr
  readonly log: Logger
}

/** A circuit as a connection that can be secured and multiplexed like any other. */
export class CircuitConnection extends AbstractMultiaddrConnection {
  readonly #stream: Stream
  readonly #reader: StreamReader
  readonly #writer: StreamWriter

  constructor({ stream, remoteAddr, log }: CircuitConnectionInit) {
    super({ remoteAddr, direction: stream.direction, log })
    this.#stream = stream
    this.#writer = writeStream(stream, () => this.safeDispatchEvent('drain'))
    this.#reader = readStream(stream, {
      data: chunk => this.onData(chunk),
      // nothing is said over half a circuit: the muxer above needs both directions
      end: () => {
        this.onTransportClosed()
        void this.#writer.end()
      },
      error: error => this.onTransportClosed(error),
    })
  }

  override sendData(data: Uint8ArrayList): { sentBytes: number; canSendMore: boolean } {
    return { sentBytes: data.byteLength, canSendMore: this.#writer.write(data) }
  }

  override async sendClose(options?: AbortOptions): Promise<void> {
    const timer = setTimeout(() => this.#stream.abort(new Error('the far end does not close')), CLOSE_TIMEOUT)
    this.#stream.addEventListener('close', () => clearTimeout(timer))
    await this.#stream.close(options)
  }

  override sendReset(error: Error): void {
    this.#stream.abort(error)
  }

  override sendPause(): void {
    this.#reader.pause()
  }

  override sendResume(): void {
    this.#reader.resume()
  }
}
