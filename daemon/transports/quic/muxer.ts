import type { CreateStreamOptions, MessageStream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import { AbstractStreamMuxer } from '@libp2p/utils'
import { abortable } from '../../abort.ts'
import type { NativeConnection, NativeStream } from './native.ts'
import { SendWindow } from './send-window.ts'
import { QuicStream } from './stream.ts'

/** What connections name as their muxer: QUIC itself. */
const PROTOCOL = 'quic'

/** Makes the streams of one connection, whose muxer is QUIC itself. */
export function quicMuxerFactory(native: NativeConnection): StreamMuxerFactory {
  return { protocol: PROTOCOL, createStreamMuxer: connection => new QuicMuxer(native, connection) as StreamMuxer }
}

class QuicMuxer extends AbstractStreamMuxer<QuicStream> {
  readonly #native: NativeConnection
  readonly #window: SendWindow

  constructor(native: NativeConnection, connection: MessageStream) {
    super(connection, { protocol: PROTOCOL, name: 'quic', maxEarlyStreams: Number.POSITIVE_INFINITY })
    this.#native = native
    this.#window = new SendWindow(() => {
      this.log('closing the connection: the window of the remote is full of what was sent on streams that are no more')
      native.abort()
    })
    void this.#accept()
  }

  override async onCreateStream({ signal }: CreateStreamOptions): Promise<QuicStream> {
    const opening = this.#native.outboundStream()
    try {
      return this.#wrap(await (signal === undefined ? opening : abortable(opening, signal)), 'outbound')
    } catch (error) {
      // the remote allows no further streams for now: nobody waits for this one any more
      opening.then(reset, () => {})
      throw error
    }
  }

  override onData(): void {
    throw new Error('a QUIC connection carries no bytes beside its streams')
  }

  async #accept(): Promise<void> {
    try {
      for (;;) this.onRemoteStream(this.#wrap(await this.#native.inboundStream(), 'inbound'))
    } catch (error) {
      // only the end of the connection, which tells everybody itself, is an error here
      this.log('no more inbound streams - %e', error)
    }
  }

  #wrap(native: NativeStream, direction: 'inbound' | 'outbound'): QuicStream {
    const afterLoss = (callback: () => void): void => {
      if (this.maConn.status === 'open') this.maConn.addEventListener('close', callback, { once: true })
      else callback()
    }
    return new QuicStream({ native, direction, log: this.log, window: this.#window, afterLoss })
  }
}

function reset(stream: NativeStream): void {
  void stream.resetWrite()
  void stream.stopRead()
}
