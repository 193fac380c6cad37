import type { MessageStream, Stream, StreamMuxer, StreamMuxerFactory } from '@libp2p/interface'
import { AbstractStreamMuxer } from '@libp2p/utils'
import type { LimitsConfig } from '../config.ts'
import { ConnectionAccount, type OnCut } from './connection-account.ts'
import { LimitError } from './limit-error.ts'

const accounts = new WeakMap<Stream, ConnectionAccount>()

/** What the stream's connection holds; undefined where the transport brings a muxer with limits of its own. */
export function accountOf(stream: Stream): ConnectionAccount | undefined {
  return accounts.get(stream)
}

/** Makes the muxers of this factory keep the limits of streams and memory on their connections. */
export function limitMuxer(factory: StreamMuxerFactory, limits: LimitsConfig, onCut: OnCut): StreamMuxerFactory {
  const createStreamMuxer = factory.createStreamMuxer.bind(factory)
  factory.createStreamMuxer = connection => limit(createStreamMuxer(connection), connection, limits, onCut)
  return factory
}

function limit(muxer: StreamMuxer, connection: MessageStream, limits: LimitsConfig, onCut: OnCut): StreamMuxer {
  if (!(muxer instanceof AbstractStreamMuxer)) throw new TypeError(`${muxer.protocol} is no muxer of @libp2p/utils`)
  const account = new ConnectionAccount(connection, muxer.streams, limits, onCut)
  const onRemoteStream = muxer.onRemoteStream.bind(muxer)
  const createStream = muxer.createStream.bind(muxer)

  muxer.onRemoteStream = stream => {
    try {
      account.check()
      accounts.set(stream, account)
      onRemoteStream(stream)
    } catch (error) {
      if (!(error instanceof LimitError)) throw error
      onCut(error, muxer.streams, stream)
      stream.abort(error)
    }
  }
  muxer.createStream = async options => {
    account.check()
    const stream = await createStream(options)
    accounts.set(stream, account)
    return stream
  }
  return muxer
}
