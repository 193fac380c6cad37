import { ProtocolError, Request } from '../../proto/codec.ts'
import { connect, disconnect, listPeers } from '../requests/connect.ts'
import { connManager } from '../requests/connmanager.ts'
import { identify } from '../requests/identify.ts'
import { dhtNotEnabled, pubsubNotEnabled } from '../requests/not-enabled.ts'
import { streamHandler, streamOpen } from '../requests/streams.ts'
import { version } from '../requests/version.ts'
import type { Reply, RequestContext } from './session.ts'

type Handler = (request: Request, context: RequestContext) => Promise<Reply>

const HANDLERS: Readonly<Record<number, Handler>> = {
  [Request.Type.IDENTIFY]: identify,
  [Request.Type.CONNECT]: connect,
  [Request.Type.STREAM_OPEN]: streamOpen,
  [Request.Type.STREAM_HANDLER]: streamHandler,
  [Request.Type.DHT]: dhtNotEnabled,
  [Request.Type.LIST_PEERS]: listPeers,
  [Request.Type.CONNMANAGER]: connManager,
  [Request.Type.DISCONNECT]: disconnect,
  [Request.Type.PUBSUB]: pubsubNotEnabled,
  [Request.Type.VERSION]: version,
}

/**
 * Hands a request to its handler.
 *
 * @throws RequestError what the client is told; ProtocolError for an unknown type, which ends the connection as in go
 */
export async function route(request: Request, context: RequestContext): Promise<Reply> {
  const handler = HANDLERS[request.type]
  if (handler === undefined) {
    throw new ProtocolError('ERR_MESSAGE_UNDECODABLE', `unknown request type ${request.type}`)
  }
  return handler(request, context)
}
