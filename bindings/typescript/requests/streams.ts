import type { PeerId } from '@libp2p/interface'
import { Request } from '../../../proto/codec.ts'
import type { Connection, RequestOptions } from '../connection.ts'
import type { Connections } from '../connections.ts'
import type { Control } from '../control.ts'
import type { Inbound, StreamHandler } from '../inbound.ts'
import { promised } from '../peer-info.ts'
import { type DaemonStream, toStream } from '../stream.ts'
import type { DialOptions } from './connect.ts'

/** Milliseconds that a daemon has to notice that it is not needed any more. */
const GOOD_BYE = 1_000

export interface OpenStreamOptions extends DialOptions {
  /** The stream's first bytes, sent in one write with the request, to save a round trip. Go's daemon loses them. */
  readonly earlyData?: Uint8Array | undefined
}

/** A protocol that this client serves. Closing it ends the streams it has accepted. */
export interface HandlerRegistration extends AsyncDisposable {
  readonly protocols: readonly string[]
  /**
   * Takes the registration back, aborts the handlers' signal and resets their streams. A daemon that knows no way to
   * take it back, such as go's, keeps announcing the protocol; later streams are reset.
   */
  close(): Promise<void>
}

export interface StreamRequests {
  /** Opens a stream to a peer, on the first of these protocols that it speaks. `signal` covers the opening only. */
  openStream(peer: PeerId, protocols: string | readonly string[], options?: OpenStreamOptions): Promise<DaemonStream>
  /**
   * Serves inbound streams of these protocols, in place of whoever served them before. It keeps a connection, with which
   * the registration ends: when it is closed, and when this process is killed.
   */
  handle(
    protocols: string | readonly string[],
    handler: StreamHandler,
    options?: RequestOptions,
  ): Promise<HandlerRegistration>
}

/** STREAM_OPEN and STREAM_HANDLER. */
export function streamRequests(control: Control, connections: Connections, inbound: Inbound): StreamRequests {
  return {
    async openStream(peer, protocols, { timeout, earlyData, ...options } = {}) {
      const streamOpen = { peer: peer.toMultihash().bytes, proto: list(protocols), timeout: timeout ?? null }
      const request = { type: Request.Type.STREAM_OPEN, streamOpen }
      const { connection, response } = await control.takeOver(request, { ...options, trailing: earlyData })
      try {
        return toStream(connection, promised(response.streamInfo, 'a streamInfo'), connections.observer)
      } catch (error) {
        connection.reset()
        throw error
      }
    },

    async handle(protocols, handler, options = {}) {
      const closing = new AbortController()
      const signal = AbortSignal.any([connections.lifetime, closing.signal])
      const registration = { protocols: list(protocols), handler, signal }
      const addr = await inbound.listen()
      // Before the daemon knows, so that a stream that arrives on the heels of its answer finds the handler.
      inbound.add(registration)
      const end = () => {
        inbound.remove(registration)
        closing.abort()
      }
      try {
        const streamHandler = { addr, proto: registration.protocols, whileConnected: true }
        const { connection } = await control.takeOver({ type: Request.Type.STREAM_HANDLER, streamHandler }, options)
        const close = async () => {
          await hangUp(connection)
          end()
        }
        return { protocols: registration.protocols, close, [Symbol.asyncDispose]: close }
      } catch (error) {
        end()
        throw error
      }
    },
  }
}

/** Says good-bye, and waits a while for the daemon to have heard it. */
async function hangUp(connection: Connection): Promise<void> {
  const timer = setTimeout(() => connection.socket.destroy(), GOOD_BYE)
  connection.end()
  connection.socket.resume()
  await connection.closed.finally(() => clearTimeout(timer))
}

function list(protocols: string | readonly string[]): string[] {
  return typeof protocols === 'string' ? [protocols] : [...protocols]
}
