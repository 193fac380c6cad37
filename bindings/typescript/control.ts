import { DHTResponse, PSRequest, Request, Response } from '../../proto/codec.ts'
import type { Address } from './address.ts'
import type { Connection, RequestOptions } from './connection.ts'
import type { Connections } from './connections.ts'
import { ClientError, DaemonError } from './errors.ts'

/** An OK answer, and the connection that it came on, which now belongs to whoever asked. */
export interface TakenOver {
  readonly connection: Connection
  readonly response: Response
}

/**
 * Asks the daemon: what every family of requests is built on.
 *
 * Ordinary requests share one kept connection and take turns on it, because the protocol has no request ids. It is
 * replaced when it has closed in between; once a request has been sent, it is never sent again by itself.
 */
export class Control {
  readonly #address: Address
  readonly #connections: Connections
  #kept: Connection | undefined
  #turn: Promise<void> = Promise.resolve()

  readonly #keeps: boolean

  /** @param keeps whether a connection is good for a further request */
  constructor(address: Address, connections: Connections, keeps = true) {
    this.#address = address
    this.#connections = connections
    this.#keeps = keeps
  }

  /** Opens a connection of its own. */
  connect(options?: RequestOptions): Promise<Connection> {
    return this.#connections.connect(this.#address, options)
  }

  /**
   * Sends a request on the kept connection.
   *
   * @throws DaemonError when the daemon answers ERROR
   */
  async request(message: Request, options: RequestOptions = {}): Promise<Response> {
    const previous = this.#turn
    const { promise, resolve: endTurn } = Promise.withResolvers<void>()
    this.#turn = previous.then(() => promise)
    try {
      await settledOrAborted(previous, options.signal)
      const connection = await this.#keptConnection(options)
      const response = await ask(connection, message, options)
      if (takesOver(message, response)) connection.socket.destroy()
      return response
    } finally {
      endTurn()
    }
  }

  /**
   * Sends a request that, when answered OK, turns its connection into something else: a stream, a subscription.
   *
   * @throws DaemonError when the daemon answers ERROR
   */
  async takeOver(
    message: Request,
    options: RequestOptions & { trailing?: Uint8Array | undefined },
  ): Promise<TakenOver> {
    const connection = await this.connect(options)
    try {
      return { connection, response: await ask(connection, message, options) }
    } catch (error) {
      connection.socket.destroy()
      throw error
    }
  }

  async #keptConnection(options: RequestOptions): Promise<Connection> {
    if (this.#keeps && this.#kept?.idle) return this.#kept
    this.#kept?.socket.destroy()
    this.#kept = await this.connect(options)
    return this.#kept
  }
}

async function ask(
  connection: Connection,
  message: Request,
  { signal, trailing }: RequestOptions & { trailing?: Uint8Array | undefined },
): Promise<Response> {
  connection.send('Request', message, trailing)
  const response = await connection.receive('Response', { signal })
  switch (response.type) {
    case Response.Type.OK:
      return response
    case Response.Type.ERROR:
      throw new DaemonError(response.error?.msg ?? 'the daemon gave no reason', response.error?.code ?? undefined)
    default:
      connection.socket.destroy()
      throw new ClientError('ERR_PROTOCOL', `expected a Response of type OK or ERROR, got ${response.type}`)
  }
}

/** Whether the connection carries something else after this answer, so that no other request may follow. */
function takesOver(message: Request, response: Response): boolean {
  return (
    message.type === Request.Type.STREAM_OPEN ||
    message.type === Request.Type.EVENTS ||
    (message.type === Request.Type.PUBSUB && message.pubsub?.type === PSRequest.Type.SUBSCRIBE) ||
    response.dht?.type === DHTResponse.Type.BEGIN
  )
}

async function settledOrAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
