import type { Connection, Stream } from '@libp2p/interface'
import { type Request, Response } from '../../proto/codec.ts'
import { RequestError, required, requiredUtf8, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { withTimeout } from '../control/timeout.ts'
import { decodeEndpoint } from '../endpoints/address.ts'
import { LimitError } from '../limits/limit-error.ts'
import { decodePeer } from '../peer.ts'
import { splice } from '../splice.ts'
import { streamInfo } from '../stream-info.ts'
import { reach } from './connect.ts'

/** STREAM_OPEN: a stream on the first protocol that the peer supports; the control connection becomes its socket. */
export async function streamOpen(request: Request, { host, session }: RequestContext): Promise<Reply> {
  const wanted = required(request.streamOpen)
  const peer = decodePeer(wanted.peer)
  const protocols = protocolsOf(wanted)
  const signal = withTimeout(wanted.timeout, session.signal)
  const connection = await reach(host, peer, [], signal)
  const stream = await negotiate(connection, protocols, signal)
  return {
    response: { type: Response.Type.OK, streamInfo: streamInfo(stream, connection) },
    takeOver: (socket, rest) => splice(socket, stream, session.transport, rest),
    abandon: () => stream.abort(new Error('the application is gone')),
  }
}

/**
 * STREAM_HANDLER: streams on these protocols go to the application at this address, until another one is named, or while
 * the client stays where it asks for that.
 */
export async function streamHandler(request: Request, { host, session }: RequestContext): Promise<Reply> {
  const wanted = required(request.streamHandler)
  const { addr, whileConnected } = wanted
  await host.handlers.set(protocolsOf(wanted), decodeEndpoint(addr), whileConnected ? session.signal : undefined)
  return { response: { type: Response.Type.OK } }
}

/** REMOVE_STREAM_HANDLER: takes back what STREAM_HANDLER registered with the same address. */
export async function removeStreamHandler(request: Request, { host }: RequestContext): Promise<Reply> {
  const { addr, proto } = required(request.removeStreamHandler)
  await host.handlers.remove(proto ?? [], decodeEndpoint(addr))
  return { response: { type: Response.Type.OK } }
}

function protocolsOf({ proto }: { readonly proto?: string[] | null }): string[] {
  return (proto ?? []).map(name => requiredUtf8('the name of a protocol', name))
}

async function negotiate(connection: Connection, protocols: string[], signal: AbortSignal): Promise<Stream> {
  const failed = 'failed to negotiate protocol: '
  if (protocols.length === 0) throw new RequestError('ERR_PROTOCOL_NEGOTIATION', `${failed}no protocols specified`)
  try {
    return await connection.newStream(protocols, {
      signal,
      runOnLimitedConnection: true,
      maxOutboundStreams: Number.POSITIVE_INFINITY,
    })
  } catch (error) {
    if (signal.aborted) throw new RequestError('ERR_TIMEOUT', failed + TEXT.deadlineExceeded)
    if (error instanceof LimitError) throw new RequestError('ERR_LIMIT', failed + error.message)
    const unsupported = (error as Error).name === 'UnsupportedProtocolError'
    throw new RequestError(
      'ERR_PROTOCOL_NEGOTIATION',
      failed + (unsupported ? `protocols not supported: [${protocols.join(' ')}]` : 'stream reset'),
    )
  }
}
