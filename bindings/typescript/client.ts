import type { Request, Response } from '../../proto/codec.ts'
import { parseAddress } from './address.ts'
import type { Connection, RequestOptions } from './connection.ts'
import { Connections } from './connections.ts'
import { Control } from './control.ts'
import { ClientError } from './errors.ts'
import { Inbound } from './inbound.ts'
import type { ClientObserver } from './observer.ts'
import { type ConnectRequests, connectRequests } from './requests/connect.ts'
import { type ConnManagerRequests, connManagerRequests } from './requests/connmanager.ts'
import { type DhtRequests, dhtRequests } from './requests/dht.ts'
import { type EventRequests, eventRequests } from './requests/events.ts'
import { type IdentifyRequests, identifyRequests } from './requests/identify.ts'
import { type PeerstoreRequests, peerstoreRequests } from './requests/peerstore.ts'
import { type PubsubRequests, pubsubRequests } from './requests/pubsub.ts'
import { type StreamRequests, streamRequests } from './requests/streams.ts'
import { type VersionRequests, versionRequests } from './requests/version.ts'
import type { DaemonStream } from './stream.ts'

export interface ClientOptions {
  /** Closes the client when aborted; what is pending then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Is told of every frame and stream. */
  readonly observer?: ClientObserver | undefined
  /**
   * Where to listen for inbound streams, port 0 allowed. By default a private Unix socket when the daemon is reached
   * through one, and otherwise a TCP port of the address from which the daemon is reached.
   */
  readonly handlerAddress?: string | undefined
  /** Opens a connection for each request, for daemons that close theirs behind an answer. */
  readonly oneRequestPerConnection?: boolean | undefined
  /** Is told what a stream handler threw; by default it becomes a process warning. */
  readonly onHandlerError?: ((error: unknown, stream: DaemonStream) => void) | undefined
}

/** A program's door to a daemon. Every method connects when it needs to, and rejects with a {@link ClientError}. */
export interface DaemonClient
  extends IdentifyRequests,
    ConnectRequests,
    StreamRequests,
    PeerstoreRequests,
    EventRequests,
    VersionRequests,
    ConnManagerRequests,
    DhtRequests,
    PubsubRequests,
    AsyncDisposable {
  /** The daemon's control address, as given. */
  readonly address: string
  /**
   * Sends any request, for what has no method here. Answers that turn the connection into something else, such as a
   * stream, are the business of {@link DaemonClient.rawConnection}: here the connection is closed behind them.
   *
   * @throws DaemonError when the daemon answers ERROR
   */
  request(message: Request, options?: RequestOptions): Promise<Response>
  /** Opens a connection to say anything on, well-formed or not. */
  rawConnection(options?: RequestOptions): Promise<Connection>
  /** Closes everything at once: requests reject, streams are destroyed, handlers' signals are aborted. */
  close(): Promise<void>
}

/**
 * Makes a client of the daemon whose control socket is at `address`: `/unix/<path>`, `/ip4|ip6/<host>/tcp/<port>` or
 * `/dns|dns4|dns6/<name>/tcp/<port>`. Nothing is opened until it is used.
 *
 * @throws ClientError ERR_ADDRESS_INVALID
 */
export function createClient(address: string, options: ClientOptions = {}): DaemonClient {
  const { signal, observer = {}, handlerAddress, oneRequestPerConnection = false, onHandlerError = warn } = options
  const closing = new AbortController()
  const lifetime = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
  const connections = new Connections(lifetime, observer)
  const daemon = parseAddress(address)
  const control = new Control(daemon, connections, !oneRequestPerConnection)
  const inbound = new Inbound(connections, {
    control: daemon,
    handlerAddress: handlerAddress === undefined ? undefined : parseAddress(handlerAddress),
    onHandlerError,
  })
  const close = async () => {
    closing.abort(new ClientError('ERR_CLIENT_CLOSED', 'the client was closed'))
    await inbound.closed()
  }
  return {
    address,
    ...identifyRequests(control),
    ...connectRequests(control),
    ...pubsubRequests(control),
    ...connManagerRequests(control),
    ...dhtRequests(control),
    ...streamRequests(control, connections, inbound),
    ...peerstoreRequests(control),
    ...eventRequests(control),
    ...versionRequests(control),
    request: (message, requestOptions) => control.request(message, requestOptions),
    rawConnection: requestOptions => control.connect(requestOptions),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function warn(error: unknown, stream: DaemonStream): void {
  process.emitWarning(`handler of ${stream.protocol} threw: ${error instanceof Error ? error.stack : String(error)}`)
}
