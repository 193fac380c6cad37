import type { Socket } from 'node:net'
import { type Address, encodeAddress } from './address.ts'
import type { Connections } from './connections.ts'
import { type Listener, listen, listenNear } from './listener.ts'
import { type DaemonStream, toStream } from './stream.ts'

/**
 * Serves one inbound stream, which it owns: it ends the stream, or hands it on.
 *
 * `signal` is aborted when the registration or the client is closed. A handler that throws resets the stream.
 */
export type StreamHandler = (stream: DaemonStream, context: { readonly signal: AbortSignal }) => void | Promise<void>

/** What one `handle` call set up. */
export interface StreamRegistration {
  readonly protocols: readonly string[]
  readonly handler: StreamHandler
  readonly signal: AbortSignal
}

export interface InboundOptions {
  /** The daemon's address, which decides where to listen when `handlerAddress` does not. */
  readonly control: Address
  readonly handlerAddress: Address | undefined
  onHandlerError(error: unknown, stream: DaemonStream): void
}

/** The client's one listener for inbound streams, started by the first registration and shared by all. */
export class Inbound {
  readonly #connections: Connections
  readonly #options: InboundOptions
  readonly #registrations = new Map<string, readonly StreamRegistration[]>()
  #listener: Promise<Listener> | undefined

  constructor(connections: Connections, options: InboundOptions) {
    this.#connections = connections
    this.#options = options
  }

  /**
   * Starts to listen, unless it was done before.
   *
   * @returns the address to register with the daemon
   * @throws ClientError ERR_LISTEN
   */
  async listen(): Promise<Uint8Array> {
    this.#listener ??= this.#start().catch(error => {
      this.#listener = undefined
      throw error
    })
    return encodeAddress((await this.#listener).address)
  }

  /** Sends streams of these protocols to this registration from now on, as the daemon does: the latest one wins. */
  add(registration: StreamRegistration): void {
    for (const protocol of registration.protocols) {
      this.#registrations.set(protocol, [...(this.#registrations.get(protocol) ?? []), registration])
    }
  }

  /** Gives streams of these protocols back to the registration before, or resets them where there is none. */
  remove(registration: StreamRegistration): void {
    for (const protocol of registration.protocols) {
      const left = (this.#registrations.get(protocol) ?? []).filter(other => other !== registration)
      if (left.length === 0) this.#registrations.delete(protocol)
      else this.#registrations.set(protocol, left)
    }
  }

  /** Resolves when the aborted lifetime has taken the listener down. */
  async closed(): Promise<void> {
    const listener = await this.#listener?.catch(() => undefined)
    await listener?.closed
  }

  #start(): Promise<Listener> {
    const options = {
      lifetime: this.#connections.lifetime,
      onConnection: (socket: Socket) => void this.#accept(socket),
    }
    const { control, handlerAddress } = this.#options
    return handlerAddress === undefined ? listenNear(control, options) : listen(handlerAddress, options)
  }

  async #accept(socket: Socket): Promise<void> {
    const connection = this.#connections.adopt(socket)
    let stream: DaemonStream
    let registration: StreamRegistration | undefined
    try {
      const info = await connection.receive('StreamInfo')
      stream = toStream(connection, info, this.#connections.observer)
      registration = this.#registrations.get(info.proto)?.at(-1)
    } catch {
      // Not the daemon, or a daemon that changed its mind: nobody here is waiting for this stream.
      connection.reset()
      return
    }
    if (registration === undefined) stream.reset()
    else await this.#serve(registration, stream, connection.closed)
  }

  async #serve({ handler, signal }: StreamRegistration, stream: DaemonStream, closed: Promise<void>): Promise<void> {
    signal.addEventListener('abort', stream.reset, { once: true })
    void closed.then(() => signal.removeEventListener('abort', stream.reset))
    try {
      await handler(stream, { signal })
    } catch (error) {
      stream.reset()
      if (!signal.aborted) this.#options.onHandlerError(error, stream)
    }
  }
}
