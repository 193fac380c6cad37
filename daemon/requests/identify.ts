import type { Request } from '../../proto/codec.ts'
import { Response } from '../../proto/codec.ts'
import type { Reply, RequestContext } from '../control/session.ts'

/** IDENTIFY: this daemon's peer id and the addresses that it announces, without their `/p2p` part. */
export async function identify(_request: Request, { host: { node, ownAddresses } }: RequestContext): Promise<Reply> {
  return {
    response: { type: Response.Type.OK, identify: { id: node.peerId.toMultihash().bytes, addrs: ownAddresses.bytes } },
  }
}
