import type { Socket } from 'node:net'
import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { encode, StreamInfo } from '../proto/codec.ts'
import { ECHO_PROTOCOL, echo } from './echo.ts'
import type { Endpoint, OtherEndpoint } from './endpoints/address.ts'
import { connectEndpoint } from './endpoints/connect.ts'
import { LimitError } from './limits/limit-error.ts'
import type { Log } from './log.ts'
import { splice } from './splice.ts'
import { streamInfo } from './stream-info.ts'

/** What a message of multistream-select, without its line feed, can hold in js-libp2p and in go-libp2p. */
const MAX_PROTOCOL_LENGTH = 1_023

const UNLIMITED = {
  maxInboundStreams: Number.POSITIVE_INFINITY,
  maxOutboundStreams: Number.POSITIVE_INFINITY,
  runOnLimitedConnection: true,
  // the last registration wins, also over what the daemon serves itself
  force: true,
} as const

/** Which application serves which protocol: one each, whoever registered last, for as long as the daemon runs. */
export class Handlers {
  readonly #node: Libp2p
  readonly #limit: number
  readonly #log: Log
  readonly #endpoints = new Map<string, Endpoint | OtherEndpoint>()
  readonly #stopped = new AbortController()
  #connecting = 0
  #open = 0

  /** @param limit of protocols that applications handle; 0: none */
  constructor(node: Libp2p, limit: number, log: Log) {
    this.#node = node
    this.#limit = limit
    this.#log = log
  }

  /** How many applications are being connected, or have a stream. */
  get streams(): { readonly connecting: number; readonly open: number } {
    return { connecting: this.#connecting, open: this.#open }
  }

  /** How many protocols have an application. */
  get size(): number {
    return this.#endpoints.size
  }

  /**
   * Sends streams on the protocols to the endpoint from now on: on all of them, or on none.
   *
   * @throws LimitError for too many protocols, and for a name that no peer could negotiate
   */
  async set(protocols: readonly string[], endpoint: Endpoint | OtherEndpoint): Promise<void> {
    const added = [...new Set(protocols)].filter(protocol => !this.#endpoints.has(protocol))
    if (this.#limit > 0 && this.#endpoints.size + added.length > this.#limit) {
      throw new LimitError(this.#limit, 'protocols handled by applications', 'maxHandlers')
    }
    if (added.some(protocol => Buffer.byteLength(protocol) > MAX_PROTOCOL_LENGTH)) {
      throw new LimitError(MAX_PROTOCOL_LENGTH, 'bytes in the name of a protocol')
    }
    for (const protocol of protocols) this.#endpoints.set(protocol, endpoint)
    const serve = (stream: Stream, connection: Connection): Promise<void> => this.#serve(stream, connection)
    for (const protocol of added) await this.#node.handle(protocol, serve, UNLIMITED)
  }

  /** Serves `/echo/1.0.0` by the daemon itself. */
  async serveEcho(): Promise<void> {
    await this.#node.handle(ECHO_PROTOCOL, echo, UNLIMITED)
  }

  /** Gives up on applications that have not accepted yet. */
  stop(): void {
    this.#stopped.abort()
  }

  async #serve(stream: Stream, connection: Connection): Promise<void> {
    // nothing is read until somebody is there to read it
    stream.pause()
    const endpoint = this.#endpoints.get(stream.protocol) as Endpoint | OtherEndpoint
    try {
      if (endpoint.kind === 'other') throw new Error(`no way to connect to ${endpoint.text}`)
      const socket = await this.#connect(endpoint, stream)
      socket.write(encode(StreamInfo, streamInfo(stream, connection)))
      this.#open += 1
      void splice(socket, stream, endpoint.kind).finally(() => {
        this.#open -= 1
      })
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
    const gone = new AbortController()
    const onClose = (): void => gone.abort(new Error('the peer has reset it'))
    stream.addEventListener('close', onClose)
    this.#connecting += 1
    try {
      return await connectEndpoint(endpoint, AbortSignal.any([this.#stopped.signal, gone.signal]))
    } finally {
      this.#connecting -= 1
      stream.removeEventListener('close', onClose)
    }
  }
}
