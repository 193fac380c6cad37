import type { Socket } from 'node:net'
import type { Response } from '../../proto/codec.ts'
import type { Endpoint } from '../endpoints/address.ts'
import type { Host } from '../host.ts'
import type { Log } from '../log.ts'

/** Who is asking: one control connection. All sessions have the same rights today; handlers ask it all the same. */
export interface Session {
  /** Counts the control connections since the daemon started. */
  readonly id: number
  /** What the connection's socket is of. */
  readonly transport: Endpoint['kind']
  /** Aborted when the client has hung up and nobody waits for an answer any more, and when the daemon stops. */
  readonly signal: AbortSignal
}

/** What a request handler works with; it reaches for nothing else. */
export interface RequestContext {
  readonly host: Host
  readonly session: Session
  readonly log: Log
}

/** A handler's answer, after which the connection either returns to its requests or belongs to somebody else. */
export type Reply = {
  readonly response: Response
  /** Frames that follow the response, written as the client reads them; ended early when the client hangs up. */
  readonly frames?: AsyncGenerator<Uint8Array>
  /** Called once the response is written; `rest` is what the client has sent behind its request. */
  readonly takeOver?: (socket: Socket, rest: Uint8Array) => Promise<void>
  /** Called instead when the client hung up while its request was served: what was opened for it goes with it. */
  readonly abandon?: () => void
}
