import { ConnManagerRequest, type Request, Response } from '../../proto/codec.ts'
import { RequestError, required, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { decodePeer } from '../peer.ts'

const OK: Reply = { response: { type: Response.Type.OK } }

/** CONNMANAGER: says what peers are worth, or closes the connections that are worth least before it answers. */
export async function connManager(request: Request, { host }: RequestContext): Promise<Reply> {
  const { type, peer, tag, weight } = required(request.connManager)
  switch (type) {
    case ConnManagerRequest.Type.TAG_PEER:
      host.connManager.tag(decodePeer(peer ?? NO_BYTES).text, named(tag), weight ?? 0)
      return OK
    case ConnManagerRequest.Type.UNTAG_PEER:
      host.connManager.untag(decodePeer(peer ?? NO_BYTES).text, named(tag))
      return OK
    case ConnManagerRequest.Type.TRIM:
      await host.connManager.trim()
      return OK
    default:
      throw new RequestError('ERR_REQUEST_UNKNOWN', TEXT.unexpectedRequest)
  }
}

const NO_BYTES = new Uint8Array(0)

function named(tag: string | null | undefined): string {
  if (!tag) throw new RequestError('ERR_REQUEST_MALFORMED', 'Malformed request; missing tag parameter')
  return tag
}
