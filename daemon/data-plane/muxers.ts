import type { Libp2pOptions } from 'libp2p'
import type { Config, Muxer } from '../config.ts'
import type { Log } from '../log.ts'
import { boundReadAhead } from './read-ahead.ts'
import { yamux } from './yamux/yamux.ts'

type MuxerFactory = NonNullable<Libp2pOptions['streamMuxers']>[number]

/** js-libp2p's yamux widens a stream's receive window up to this, in bytes, on fast links. */
const MAX_STREAM_WINDOW = 16 * 1024 * 1024

/** The stream multiplexer, without limits of its own: the daemon has its own. What is not asked for is not loaded. */
export function createMuxer({ muxer, stock }: Config, log: Log): Promise<MuxerFactory> {
  const create: Record<Muxer, () => Promise<MuxerFactory>> = {
    yamux: async () => (stock.includes('yamux') ? stockYamux() : yamux()),
    mplex: async () => boundReadAhead(await unlimitedMplex(), log),
  }
  return create[muxer]()
}

async function stockYamux(): Promise<MuxerFactory> {
  const { yamux } = await import('@libp2p/yamux')
  return yamux({
    maxInboundStreams: Number.POSITIVE_INFINITY,
    maxOutboundStreams: Number.POSITIVE_INFINITY,
    maxEarlyStreams: Number.POSITIVE_INFINITY,
    streamOptions: {
      maxStreamWindowSize: MAX_STREAM_WINDOW,
      // a stream that pauses may be sent one whole window more before the remote stops
      maxReadBufferLength: 2 * MAX_STREAM_WINDOW,
    },
  })
}

async function unlimitedMplex(): Promise<MuxerFactory> {
  const { mplex } = await import('@libp2p/mplex')
  return mplex({
    // the limit is five new streams a second, which aborts the whole connection
    disconnectThreshold: Number.POSITIVE_INFINITY,
  })
}
