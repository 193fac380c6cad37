import { connect, type Socket } from 'node:net'
import { type Address, formatAddress, socketOptions } from './address.ts'
import { Connection, type ConnectionOwner, type RequestOptions } from './connection.ts'
import type { ClientObserver } from './observer.ts'

/** Every connection that a client holds, dialled and accepted alike: none outlives the client. */
export class Connections implements ConnectionOwner {
  readonly lifetime: AbortSignal
  readonly observer: ClientObserver
  readonly #open = new Set<Socket>()
  #count = 0

  constructor(lifetime: AbortSignal, observer: ClientObserver) {
    this.lifetime = lifetime
    this.observer = observer
    lifetime.addEventListener('abort', () => this.#destroyAll(), { once: true })
  }

  /**
   * Opens a connection.
   *
   * @throws ClientError ERR_CONNECT
   */
  async connect(address: Address, options: RequestOptions = {}): Promise<Connection> {
    this.lifetime.throwIfAborted()
    options.signal?.throwIfAborted()
    const connection = this.adopt(connect({ ...socketOptions(address), allowHalfOpen: true, noDelay: true }))
    await connection.connected(formatAddress(address), options)
    return connection
  }

  /** Takes charge of a socket, which must allow half-open connections. */
  adopt(socket: Socket): Connection {
    const connection = new Connection(++this.#count, socket, this)
    this.#open.add(socket)
    void connection.closed.then(() => this.#open.delete(socket))
    return connection
  }

  #destroyAll(): void {
    for (const socket of this.#open) socket.destroy()
  }
}
