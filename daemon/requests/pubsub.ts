import type { Socket } from 'node:net'
import { decode, FrameDecoder, ProtocolError, PSRequest, Request, Response } from '../../proto/codec.ts'
import { abortable } from '../abort.ts'
import { RequestError, required, requiredUtf8, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import type { Log } from '../log.ts'
import type { Pubsub, Subscription } from '../pubsub/pubsub.ts'

/** PUBSUB, by its type. */
export async function pubsub(request: Request, { host, session, log }: RequestContext): Promise<Reply> {
  if (host.pubsub === undefined) throw new RequestError('ERR_NOT_ENABLED', 'PubSub not enabled')
  const { type, topic, data } = required(request.pubsub)
  switch (type) {
    case PSRequest.Type.GET_TOPICS:
      return { response: { type: Response.Type.OK, pubsub: { topics: host.pubsub.topics } } }
    case PSRequest.Type.LIST_PEERS: {
      const peers = host.pubsub.peers(requiredTopic(topic))
      return { response: { type: Response.Type.OK, pubsub: { peerIDs: peers.map(peer => peer.toMultihash().bytes) } } }
    }
    case PSRequest.Type.PUBLISH:
      await abortable(host.pubsub.publish(requiredTopic(topic), data ?? undefined), session.signal)
      return { response: { type: Response.Type.OK } }
    case PSRequest.Type.SUBSCRIBE:
      return subscribe(host.pubsub, requiredTopic(topic), log.component('pubsub'))
    default:
      throw new RequestError('ERR_REQUEST_UNKNOWN', TEXT.unexpectedRequest)
  }
}

function requiredTopic(topic: string | null | undefined): string {
  if (topic === null || topic === undefined) {
    throw new RequestError('ERR_REQUEST_MALFORMED', 'Malformed request; missing topic parameter')
  }
  return requiredUtf8('the topic', topic)
}

function subscribe(pubsub: Pubsub, topic: string, log: Log): Reply {
  const subscription = pubsub.subscribe(topic)
  return {
    response: { type: Response.Type.OK },
    takeOver: (socket, rest) => serveSubscription(socket, rest, subscription, log),
    abandon: () => subscription.cancel(),
  }
}

/**
 * Sends the subscription's messages until the client closes its side, which ends both, or sends something that is no
 * request. A request has no meaning here, and changes nothing.
 */
function serveSubscription(socket: Socket, rest: Uint8Array, subscription: Subscription, log: Log): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const decoder = new FrameDecoder()
  const end = (): void => {
    subscription.cancel()
    socket.off('data', read)
    resolve()
  }
  const read = (chunk: Uint8Array): void => {
    decoder.push(chunk)
    try {
      for (let body = decoder.next(); body !== undefined; body = decoder.next()) {
        const { type } = decode(Request, body)
        log.warn(`request of type ${type} ignored: the connection carries a subscription`)
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      log.warn(`subscription ended: ${error.message}`)
      end()
    }
  }
  socket.once('end', end)
  socket.once('close', end)
  socket.on('data', read)
  subscription.feed.attach(socket)
  read(rest)
  if (socket.readableEnded || socket.destroyed) end()
  else socket.resume()
  return promise
}
