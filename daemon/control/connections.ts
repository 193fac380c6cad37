import type { Socket } from 'node:net'
import { LimitError } from '../limits/limit-error.ts'
import { RepeatedWarning } from '../limits/repeated-warning.ts'
import { type ConnectionOptions, refuseConnection, serveConnection } from './connection.ts'

/** Every control connection of the daemon, up to a limit. */
export class ControlConnections {
  readonly #options: Omit<ConnectionOptions, 'id'>
  readonly #limit: number
  readonly #refused: RepeatedWarning
  readonly #open = new Set<Socket>()
  #count = 0

  /** @param limit 0: none */
  constructor(limit: number, options: Omit<ConnectionOptions, 'id'>) {
    this.#options = options
    this.#limit = limit
    this.#refused = new RepeatedWarning(options.log)
  }

  /** Serves the connection, or says why not and hangs up. */
  accept(socket: Socket): void {
    this.#count += 1
    if (this.#limit > 0 && this.#open.size >= this.#limit) {
      const error = new LimitError(this.#limit, 'control connections', 'maxControlConnections')
      this.#refused.warn(`hung up on a client: ${error.message}`, { connection: this.#count })
      refuseConnection(socket, error)
      return
    }
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    serveConnection(socket, { ...this.#options, id: this.#count }).catch(error =>
      this.#options.log.error('control connection failed', { stack: error.stack }),
    )
  }
}
