import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { encode, StreamInfo } from '../proto/codec.ts'
import { ECHO_PROTOCOL, echo } from './echo.ts'
import type { Endpoint, OtherEndpoint } from './endpoints/address.ts'
import { connectEndpoint } from './endpoints/connect.ts'
import type { Log } from './log.ts'
import { splice } from './splice.ts'
import { streamInfo } from './stream-info.ts'

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
  readonly #log: Log
  readonly #endpoints = new Map<string, Endpoint | OtherEndpoint>()
  readonly #stopped = new AbortController()

  constructor(node: Libp2p, log: Log) {
    this.#node = node
    this.#log = log
  }

  /** How many protocols have an application. */
  get size(): number {
    return this.#endpoints.size
  }

  /** Sends streams on the protocol to the endpoint from now on. */
  async set(protocol: string, endpoint: Endpoint | OtherEndpoint): Promise<void> {
    const known = this.#endpoints.has(protocol)
    this.#endpoints.set(protocol, endpoint)
    if (known) return
    await this.#node.handle(protocol, (stream, connection) => this.#serve(stream, connection), UNLIMITED)
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
      const socket = await connectEndpoint(endpoint, this.#stopped.signal)
      socket.write(encode(StreamInfo, streamInfo(stream, connection)))
      void splice(socket, stream, endpoint.kind)
    } catch (error) {
      this.#log.warn(`no application for a stream: ${(error as Error).message}`, {
        protocol: stream.protocol,
        peer: connection.remotePeer,
      })
      stream.abort(error as Error)
    }
  }
}
