import { Event, type Request, Response } from '../../proto/codec.ts'
import { RequestError } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { serveEvents } from '../events/subscription.ts'

/** EVENTS: from now on the connection carries what happens, beginning with what is. */
export async function events(request: Request, { host, session }: RequestContext): Promise<Reply> {
  const types = request.events?.types ?? []
  const unknown = types.find(type => Event.Type[type] === undefined)
  if (unknown !== undefined) throw new RequestError('ERR_REQUEST_UNKNOWN', `there is no event of type ${unknown}`)
  return {
    response: { type: Response.Type.OK },
    takeOver: socket => serveEvents(socket, host.events, types, session.signal),
  }
}
