import type { PeerId } from '@libp2p/interface'
import { Request } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Connections } from '../connections.ts'
import type { Control } from '../control.ts'
import type { Inbound, StreamHandler } from '../inbound.ts'
import { promised } from '../peer-info.ts'
import { type DaemonStream, toStream } from '../stream.ts'
import type { DialOptions } from './connect.ts'

export interface OpenStreamOptions extends DialOptions {
  /** The stream's first bytes, sent in one write with the request, to save a round trip. Go's daemon loses them. */
  readonly earlyData?: Uint8Array | undefined
}

/** A protocol that this client serves. Closing it ends the streams it has accepted. */
export interface HandlerRegistration extends AsyncDisposable {
  readonly protocols: readonly string[]
  /**
   * Aborts the handlers' signal and resets their streams and all later ones. The daemon keeps announcing the protocol:
   * the control protocol has no way to take a registration back.
   */
  close(): Promise<void>
}

export interface StreamRequests {
  /** Opens a stream to a peer, on the first of these protocols that it speaks. `signal` covers the opening only. */
  openStream(peer: PeerId, protocols: string | readonly string[], options?: OpenStreamOptions): Promise<DaemonStream>
  /** Serves inbound streams of these protocols, in place of whoever served them before. */
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
      const takeBack = inbound.add(registration)
      const close = async () => {
        inbound.remove(registration)
        closing.abort()
      }
      try {
        const streamHandler = { addr, proto: registration.protocols }
        await control.request({ type: Request.Type.STREAM_HANDLER, streamHandler }, options)
      } catch (error) {
        takeBack()
        closing.abort()
        throw error
      }
      return { protocols: registration.protocols, close, [Symbol.asyncDispose]: close }
    },
  }
}

function list(protocols: string | readonly string[]): string[] {
  return typeof protocols === 'string' ? [protocols] : [...protocols]
}
