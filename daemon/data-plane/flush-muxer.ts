import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'

/** A connection that may hold back what was sent, to send more at once. */
interface Flushable extends MessageStream {
  flush?(): void
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
    factory.createStreamMuxer = (connection: Flushable) => {
      const muxer = createStreamMuxer(connection)
      const close = muxer.close.bind(muxer)
      muxer.close = async options => {
        await close(options)
        connection.flush?.()
      }
      return muxer
    }
    return factory
  }
}
