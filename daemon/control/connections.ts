import type { Socket } from 'node:net'
import { LimitError } from '../limits/limit-error.ts'
import { RepeatedWarning } from '../limits/repeated-warning.ts'
import { type ConnectionOptions, refuseConnection, serveConnection } from './connection.ts'

/** Clients that were hung up on, of whom the log tells within ten seconds. */
const HANG_UPS = 100

const IDLE = 'idle'

type SharedOptions = Omit<ConnectionOptions, 'id' | 'hangUps' | 'onDoing'>

/** Every control connection of the daemon, up to a limit. */
export class ControlConnections {
  readonly #options: SharedOptions
  readonly #limit: number
  readonly #refused: RepeatedWarning
  readonly #hangUps: RepeatedWarning
  /** What each of them is doing: the request that it waits for, or that took it over. */
  readonly #open = new Map<Socket, string | undefined>()
  #count = 0

  /** @param limit 0: none */
  constructor(limit: number, options: SharedOptions) {
    this.#options = options
    this.#limit = limit
    this.#refused = new RepeatedWarning(options.log)
    this.#hangUps = new RepeatedWarning(options.log, HANG_UPS)
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
    this.#open.set(socket, undefined)
    socket.once('close', () => this.#open.delete(socket))
    const onDoing = (name: string | undefined): void => {
      if (this.#open.has(socket)) this.#open.set(socket, name)
    }
    serveConnection(socket, { ...this.#options, id: this.#count, hangUps: this.#hangUps, onDoing }).catch(error =>
      this.#options.log.error('control connection failed', { stack: error.stack }),
    )
  }

  /** How many do what; those that wait for a request are `idle`. */
  get doing(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const name of this.#open.values()) counts.set(name ?? IDLE, (counts.get(name ?? IDLE) ?? 0) + 1)
    return counts
  }
}
