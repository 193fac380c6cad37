import type { Identify } from '@libp2p/identify'
import type { Connection, Libp2pEvents, TypedEventTarget } from '@libp2p/interface'
import { abortable } from './abort.ts'

/** How long, in ms, a peer has to answer identify; go waits as long. */
const IDENTIFY_TIMEOUT = 60_000

/**
 * Identifies each new connection, and lets requests wait for it: the peer's protocols and addresses are known only
 * then, and go's CONNECT answers no earlier.
 */
export class Identification {
  readonly #settled = new WeakMap<Connection, Promise<void>>()

  constructor(events: TypedEventTarget<Libp2pEvents>, identify: Identify) {
    events.addEventListener('connection:open', ({ detail: connection }) => {
      const run = identify.identify(connection, { signal: AbortSignal.timeout(IDENTIFY_TIMEOUT) })
      // a peer that cannot be identified is connected all the same
      this.#settled.set(
        connection,
        run.then(
          () => {},
          () => {},
        ),
      )
    })
  }

  /** Resolves when identify is done, whatever came of it. */
  async settled(connection: Connection, signal: AbortSignal): Promise<void> {
    await abortable(this.#settled.get(connection) ?? Promise.resolve(), signal)
  }
}
