import { ConnManagerRequest, DHTRequest, PeerstoreRequest, PSRequest, Request } from '../../proto/codec.ts'
import type { Log } from '../log.ts'
import type { RequestErrorCode } from './request-error.ts'

/** How a request ended: answered, failed, or given up because its client was gone. */
export type RequestOutcome = 'OK' | RequestErrorCode | 'abandoned'

/** Who looks on while requests are served. */
export interface RequestObserver {
  /** Called when a request has been read; what it returns is called once, when it has been answered. */
  begin(name: string, connection: number): (outcome: RequestOutcome) => void
}

/** What a request is of: the name of its type, and for families of requests that of the type within, as in `DHT_FIND_PEER`. */
export function requestName(request: Request): string {
  const name = nameIn(Request.Type, request.type)
  switch (request.type) {
    case Request.Type.DHT:
      return `${name}_${nameIn(DHTRequest.Type, request.dht?.type)}`
    case Request.Type.CONNMANAGER:
      return `${name}_${nameIn(ConnManagerRequest.Type, request.connManager?.type)}`
    case Request.Type.PUBSUB:
      return `${name}_${nameIn(PSRequest.Type, request.pubsub?.type)}`
    case Request.Type.PEERSTORE:
      return `${name}_${nameIn(PeerstoreRequest.Type, request.peerStore?.type)}`
    default:
      return name
  }
}

/** One name for all numbers that mean nothing: clients choose them. */
function nameIn(names: object, value: number | null | undefined): string {
  return (names as Record<number, string>)[value ?? -1] ?? 'UNKNOWN'
}

/** Logs every request at the debug level, once it is answered. */
export function logRequests(log: Log): RequestObserver {
  return {
    begin(name, connection) {
      const start = performance.now()
      return outcome => {
        const milliseconds = Math.round(performance.now() - start)
        log.debug('request', { connection, name, outcome, milliseconds })
      }
    },
  }
}
