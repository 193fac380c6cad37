import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'

/** A connection that may hold back what was sent, to send more at once. */
interface Flushable extends MessageStream {
  flush?(): void
}

/** Has the connection pass on what it may be holding back: to be called before it is closed. */
export function flush(connection: Flushable): void {
  connection.flush?.()
}

/**
 * Makes muxers flush their connection when they close: libp2p closes the connection below right afterwards, without
 * telling what lies between.
 */
export function flushOnClose<Components>(
  create: (components: Components) => StreamMuxerFactory,
): (components: Components) => StreamMuxerFactory {
  return components => {
    const factory = create(components)
    const createStreamMuxer = factory.createStreamMuxer.bind(factory)
    factory.createStreamMuxer = connection => {
      const muxer = createStreamMuxer(connection)
      const close = muxer.close.bind(muxer)
      muxer.close = async options => {
        await close(options)
        flush(connection)
      }
      return muxer
    }
    return factory
  }
}
