import type { Socket } from 'node:net'
import type { Connection, Stream, StreamHandlerRecord } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { encode, StreamInfo } from '../proto/codec.ts'
import { RequestError } from './control/request-error.ts'
import { ECHO_PROTOCOL, echo } from './echo.ts'
import { type Endpoint, formatEndpoint, type OtherEndpoint } from './endpoints/address.ts'
import { connectEndpoint } from './endpoints/connect.ts'
import { LimitError } from './limits/limit-error.ts'
import type { Log } from './log.ts'
import { splice } from './splice.ts'
import { streamInfo } from './stream-info.ts'
import { DIRECT } from './streams/inbound.ts'

/** What a message of multistream-select, without its line feed, can hold in js-libp2p and in go-libp2p. */
const MAX_PROTOCOL_LENGTH = 1_023

/** Registrations of a protocol that wait for the one that serves to go; the oldest are forgotten. */
const MAX_WAITING = 15

const UNLIMITED = {
  maxInboundStreams: Number.POSITIVE_INFINITY,
  maxOutboundStreams: Number.POSITIVE_INFINITY,
  runOnLimitedConnection: true,
  // the last registration wins, also over what the daemon serves itself
  force: true,
  [DIRECT]: true,
} as const

/** What a registration is of: one application's address, for as long as its owner is there if it has one. */
interface Registration {
  readonly endpoint: Endpoint | OtherEndpoint
  /** Aborted when the client that registered it is gone; undefined: it stays. */
  readonly owner: AbortSignal | undefined
}

interface Handling {
  /** The last one serves; those before it come back when it goes. */
  registrations: readonly Registration[]
  /** What served the protocol before any application did: the daemon itself, or a library. */
  readonly before: StreamHandlerRecord | undefined
}

/** Which application serves which protocol: whoever registered last. */
export class Handlers {
  readonly #registrar: Registrar
  readonly #limit: number
  readonly #log: Log
  readonly #protocols = new Map<string, Handling>()
  readonly #owners = new WeakSet<AbortSignal>()
  /** One for each application that is being connected. */
  readonly #attempts = new Set<AbortController>()
  #stopped = false
  #open = 0

  /** @param limit of protocols that applications handle; 0: none */
  constructor(registrar: Registrar, limit: number, log: Log) {
    this.#registrar = registrar
    this.#limit = limit
    this.#log = log
  }

  /** How many applications are being connected, or have a stream. */
  get streams(): { readonly connecting: number; readonly open: number } {
    return { connecting: this.#attempts.size, open: this.#open }
  }

  /** How many protocols have an application. */
  get size(): number {
    return this.#protocols.size
  }

  /**
   * Sends streams on the protocols to the endpoint from now on: on all of them, or on none.
   *
   * @param owner takes its registrations along when it aborts; without one, they stay and take the place of all others
   * @throws LimitError for too many protocols, and for a name that no peer could negotiate
   */
  async set(
    protocols: readonly string[],
    endpoint: Endpoint | OtherEndpoint,
    owner: AbortSignal | undefined,
  ): Promise<void> {
    const added = [...new Set(protocols)].filter(protocol => !this.#protocols.has(protocol))
    if (this.#limit > 0 && this.#protocols.size + added.length > this.#limit) {
      throw new LimitError(this.#limit, 'protocols handled by applications', 'maxHandlers')
    }
    if (protocols.some(protocol => Buffer.byteLength(protocol) > MAX_PROTOCOL_LENGTH)) {
      throw new LimitError(MAX_PROTOCOL_LENGTH, 'bytes in the name of a protocol')
    }
    const registration = { endpoint, owner }
    for (const protocol of added) {
      this.#protocols.set(protocol, { registrations: [], before: this.#handlerOf(protocol) })
    }
    for (const protocol of protocols) {
      const handling = this.#protocols.get(protocol) as Handling
      const others = handling.registrations.filter(other => other.owner !== owner)
      handling.registrations = [...(owner === undefined ? [] : others.slice(-MAX_WAITING)), registration]
    }
    const serve = (stream: Stream, connection: Connection): Promise<void> => this.#serve(stream, connection)
    // all in this turn: whoever comes next finds either none of it or everything
    const handled = Promise.all(added.map(protocol => this.#registrar.handle(protocol, serve, UNLIMITED)))
    if (owner !== undefined) this.#follow(owner)
    await handled
  }

  /**
   * Takes back the registrations of the protocols for the endpoint: all of them, or none.
   *
   * @throws RequestError when one of them is not registered
   */
  async remove(protocols: readonly string[], endpoint: Endpoint | OtherEndpoint): Promise<void> {
    const address = formatEndpoint(endpoint)
    const isThis = (registration: Registration): boolean => formatEndpoint(registration.endpoint) === address
    for (const protocol of protocols) {
      const handling = this.#protocols.get(protocol)
      if (handling?.registrations.some(isThis)) continue
      const where = handling === undefined ? '' : ` with maddr ${address}`
      throw new RequestError('ERR_NOT_FOUND', `handler for protocol ${protocol}${where} does not exist`)
    }
    await this.#drop(protocols, isThis)
  }

  /** Serves `/echo/1.0.0` by the daemon itself. */
  async serveEcho(): Promise<void> {
    await this.#registrar.handle(ECHO_PROTOCOL, echo, UNLIMITED)
  }

  /** Gives up on applications that have not accepted yet. */
  stop(): void {
    this.#stopped = true
    for (const attempt of this.#attempts) attempt.abort(new Error('the daemon is stopping'))
  }

  /** Lets the owner's registrations go when it goes. */
  #follow(owner: AbortSignal): void {
    if (this.#owners.has(owner)) return
    this.#owners.add(owner)
    const release = (): void => {
      // at the end of the daemon, all goes anyway
      if (this.#stopped) return
      this.#drop([...this.#protocols.keys()], registration => registration.owner === owner).catch(error =>
        this.#log.error(`handlers could not be released: ${error.message}`, { stack: error.stack }),
      )
    }
    if (owner.aborted) release()
    else owner.addEventListener('abort', release, { once: true })
  }

  async #drop(protocols: readonly string[], goes: (registration: Registration) => boolean): Promise<void> {
    const unserved: [string, Handling][] = []
    for (const protocol of protocols) {
      const handling = this.#protocols.get(protocol)
      if (handling === undefined) continue
      const left = handling.registrations.filter(registration => !goes(registration))
      handling.registrations = left
      if (left.length > 0) continue
      this.#protocols.delete(protocol)
      unserved.push([protocol, handling])
    }
    const gone = unserved.filter(([, { before }]) => before === undefined).map(([protocol]) => protocol)
    await Promise.all([
      // it takes many at a time, though its type does not say so; one by one, each would rewrite the list of all others
      gone.length > 0 && this.#registrar.unhandle(gone as unknown as string),
      ...unserved.map(
        ([protocol, { before }]) =>
          before && this.#registrar.handle(protocol, before.handler, { ...before.options, force: true }),
      ),
    ])
  }

  #handlerOf(protocol: string): StreamHandlerRecord | undefined {
    try {
      return this.#registrar.getHandler(protocol)
    } catch {
      return undefined
    }
  }

  async #serve(stream: Stream, connection: Connection): Promise<void> {
    // nothing is read until somebody is there to read it
    stream.pause()
    const endpoint = this.#protocols.get(stream.protocol)?.registrations.at(-1)?.endpoint
    try {
      if (endpoint === undefined) throw new Error('it has just been removed')
      if (endpoint.kind === 'other') throw new Error(`no way to connect to ${endpoint.text}`)
      const socket = await this.#connect(endpoint, stream)
      // what the remote has sent already leaves in the same write
      socket.cork()
      socket.write(encode(StreamInfo, streamInfo(stream, connection)))
      this.#open += 1
      void splice(socket, stream, endpoint.kind).finally(() => {
        this.#open -= 1
      })
      socket.uncork()
    } catch (error) {
      this.#log.warn(`no application for a stream: ${(error as Error).message}`, {
        protocol: stream.protocol,
        peer: connection.remotePeer,
      })
      stream.abort(error as Error)
    }
  }

  /** Connects to the application, unless the stream ends before: nobody would be there to talk to. */
  async #connect(endpoint: Endpoint, stream: Stream): Promise<Socket> {
    if (this.#stopped) throw new Error('the daemon is stopping')
    const attempt = new AbortController()
    const onClose = (): void => attempt.abort(new Error('the peer has reset it'))
    stream.addEventListener('close', onClose)
    this.#attempts.add(attempt)
    try {
      return await connectEndpoint(endpoint, attempt)
    } finally {
      this.#attempts.delete(attempt)
      stream.removeEventListener('close', onClose)
    }
  }
}
