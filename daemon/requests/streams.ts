import { type Connection, type Stream, TimeoutError } from '@libp2p/interface'
import { type Request, Response } from '../../proto/codec.ts'
import { RequestError, type RequestErrorCode, required, requiredUtf8, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext, Session } from '../control/session.ts'
import { timeoutOf, withTimeout } from '../control/timeout.ts'
import { decodeEndpoint } from '../endpoints/address.ts'
import type { Host } from '../host.ts'
import { LimitError } from '../limits/limit-error.ts'
import { decodePeer, type RequestedPeer } from '../peer.ts'
import { splice } from '../splice.ts'
import { streamInfo } from '../stream-info.ts'
import { reach } from './connect.ts'

/** STREAM_OPEN: a stream on the first protocol that the peer supports; the control connection becomes its socket. */
export async function streamOpen(request: Request, { host, session }: RequestContext): Promise<Reply> {
  const wanted = decodeWanted(request)
  const { stream, connection } =
    (await openKnown(host, wanted, session)) ?? (await openNegotiated(host, wanted, session))
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

/** What STREAM_OPEN asks for. */
interface Wanted {
  readonly peer: RequestedPeer
  readonly protocols: string[]
  /** Seconds. */
  readonly timeout: number | null | undefined
}

function decodeWanted({ streamOpen }: Request): Wanted {
  const wanted = required(streamOpen)
  return { peer: decodePeer(wanted.peer), protocols: protocolsOf(wanted), timeout: wanted.timeout }
}

interface Opened {
  readonly connection: Connection
  readonly stream: Stream
}

/** Opens a stream to a peer that is connected, on a protocol that it is known to speak: most are opened like this. */
async function openKnown(
  host: Host,
  { peer: { id }, protocols, timeout }: Wanted,
  session: Session,
): Promise<Opened | undefined> {
  const connection = id && host.dialer.existing(id)
  const protocol = connection && host.knownProtocols.first(connection, protocols)
  if (connection === undefined || protocol === undefined) return undefined
  try {
    // most never look at the signal, which costs more than they do
    const wait = {
      get signal(): AbortSignal {
        return session.signal
      },
      timeout: timeoutOf(timeout),
    }
    const stream = await host.knownProtocols.open(connection, protocol, wait)
    return stream && { connection, stream }
  } catch (error) {
    throw explain(error, [protocol])
  }
}

async function openNegotiated(host: Host, { peer, protocols, timeout }: Wanted, session: Session): Promise<Opened> {
  using deadline = withTimeout(timeout, session.signal)
  const { signal } = deadline
  const connection = await reach(host, peer, [], signal)
  return { connection, stream: await negotiate(connection, protocols, signal) }
}

async function negotiate(connection: Connection, protocols: string[], signal: AbortSignal): Promise<Stream> {
  if (protocols.length === 0) throw failure('no protocols specified')
  try {
    return await connection.newStream(protocols, {
      signal,
      runOnLimitedConnection: true,
      maxOutboundStreams: Number.POSITIVE_INFINITY,
    })
  } catch (error) {
    throw signal.aborted ? explain(new TimeoutError(), protocols) : explain(error, protocols)
  }
}

function explain(error: unknown, protocols: readonly string[]): RequestError {
  if (error instanceof LimitError) return failure(error.message, 'ERR_LIMIT')
  if (error instanceof TimeoutError) return failure(TEXT.deadlineExceeded, 'ERR_TIMEOUT')
  const unsupported = (error as Error).name === 'UnsupportedProtocolError'
  return failure(unsupported ? `protocols not supported: [${protocols.join(' ')}]` : 'stream reset')
}

function failure(why: string, code: RequestErrorCode = 'ERR_PROTOCOL_NEGOTIATION'): RequestError {
  return new RequestError(code, `failed to negotiate protocol: ${why}`)
}
