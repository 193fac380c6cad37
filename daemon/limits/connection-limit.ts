import type { MultiaddrConnection } from '@libp2p/interface'
import { LimitError } from './limit-error.ts'

/** Counts connections with peers, those whose handshake is not over included, and refuses those over the limit. */
export class ConnectionLimit {
  readonly #limit: number
  readonly #open = new Set<MultiaddrConnection>()

  /** @param limit 0: none */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @throws LimitError when there is no room for another connection */
  check(): void {
    if (this.#limit > 0 && this.#open.size >= this.#limit) {
      throw new LimitError(this.#limit, 'connections with peers', 'maxConnections')
    }
  }

  /**
   * Counts the connection until it closes.
   *
   * @throws LimitError
   */
  admit(connection: MultiaddrConnection): void {
    this.check()
    this.#open.add(connection)
    connection.addEventListener('close', () => this.#open.delete(connection))
  }
}
