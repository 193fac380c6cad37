import { type StreamMuxerFactory, serviceCapabilities } from '@libp2p/interface'
import { PROTOCOL } from './frame.ts'
import { YamuxMuxer } from './muxer.ts'

/** libp2p's yamux, `/yamux/1.0.0`, after go's model: what it allows, what it refuses, and when it says so. */
export function yamux(): () => StreamMuxerFactory {
  return () => new Yamux()
}

class Yamux implements StreamMuxerFactory {
  readonly protocol = PROTOCOL
  readonly [Symbol.toStringTag] = 'yamux'
  readonly [serviceCapabilities] = ['@libp2p/stream-multiplexing']

  createStreamMuxer = (connection: ConstructorParameters<typeof YamuxMuxer>[0]): YamuxMuxer =>
    new YamuxMuxer(connection)
}
