import { ProtocolError, Request } from '../../proto/codec.ts'
import { connect, disconnect, listPeers } from '../requests/connect.ts'
import { connManager } from '../requests/connmanager.ts'
import { dht } from '../requests/dht.ts'
import { events } from '../requests/events.ts'
import { identify } from '../requests/identify.ts'
import { peerstore } from '../requests/peerstore.ts'
import { pubsub } from '../requests/pubsub.ts'
import { removeStreamHandler, streamHandler, streamOpen } from '../requests/streams.ts'
import { version } from '../requests/version.ts'
import type { Reply, RequestContext } from './session.ts'

type Handler = (request: Request, context: RequestContext) => Promise<Reply>

const HANDLERS: Readonly<Record<number, Handler>> = {
  [Request.Type.IDENTIFY]: identify,
  [Request.Type.CONNECT]: connect,
  [Request.Type.STREAM_OPEN]: streamOpen,
  [Request.Type.STREAM_HANDLER]: streamHandler,
  [Request.Type.DHT]: dht,
  [Request.Type.LIST_PEERS]: listPeers,
  [Request.Type.CONNMANAGER]: connManager,
  [Request.Type.DISCONNECT]: disconnect,
  [Request.Type.PUBSUB]: pubsub,
  [Request.Type.PEERSTORE]: peerstore,
  [Request.Type.VERSION]: version,
  [Request.Type.EVENTS]: events,
  [Request.Type.REMOVE_STREAM_HANDLER]: removeStreamHandler,
}

/** A type of request that this daemon does not know; its client is hung up on, as in go. */
export class UnknownRequest extends ProtocolError {
  constructor(type: number) {
    super('ERR_MESSAGE_UNDECODABLE', `unknown request type ${type}`)
  }
}

/**
 * Hands a request to its handler.
 *
 * @throws RequestError what the client is told; UnknownRequest
 */
export async function route(request: Request, context: RequestContext): Promise<Reply> {
  const handler = HANDLERS[request.type]
  if (handler === undefined || isForeign(request)) {
    throw new UnknownRequest(request.type)
  }
  return handler(request, context)
}

/** Type 9 without field 9 asks for something else, in a dialect that this daemon does not speak. */
function isForeign({ type, peerStore }: Request): boolean {
  return type === Request.Type.PEERSTORE && peerStore == null
}
