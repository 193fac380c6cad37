import type { Socket } from 'node:net'
import type { AbortOptions, Logger, MessageStreamDirection } from '@libp2p/interface'
import { AbstractMultiaddrConnection, type SendResult } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Uint8ArrayList } from 'uint8arraylist'
import type { WebSocket } from 'ws'

/** How long, in ms, the other end may take to answer that the WebSocket closes. */
const CLOSE_TIMEOUT = 500

/** The code of an orderly end. */
const NORMAL_CLOSURE = 1000

export interface WebSocketConnectionInit {
  readonly webSocket: WebSocket
  /** What the WebSocket runs on: it tells when there is room again, and can be reset. */
  readonly socket: Socket
  readonly remoteAddr: Multiaddr
  readonly direction: MessageStreamDirection
  readonly log: Logger
}

/** A WebSocket as libp2p's connection: its messages are the pieces of one stream of bytes. */
export class WebSocketConnection extends AbstractMultiaddrConnection {
  readonly #webSocket: WebSocket
  readonly #socket: Socket

  constructor({ webSocket, socket, ...init }: WebSocketConnectionInit) {
    super(init)
    this.#webSocket = webSocket
    this.#socket = socket
    webSocket.on('message', (message, isBinary) => {
      if (isBinary) this.onData(message as Buffer)
      else this.abort(new Error('a text message on a WebSocket'))
    })
    webSocket.on('error', error => this.abort(error))
    webSocket.on('close', () => this.onTransportClosed())
    socket.on('drain', () => this.safeDispatchEvent('drain'))
    webSocket.resume()
  }

  override sendData(data: Uint8ArrayList): SendResult {
    const { byteLength } = data
    this.#socket.cork()
    for (const part of data) this.#webSocket.send(part)
    this.#socket.uncork()
    return { sentBytes: byteLength, canSendMore: !this.#socket.writableNeedDrain }
  }

  override sendReset(): void {
    if (this.#socket.resetAndDestroy === undefined) this.#socket.destroy()
    else this.#socket.resetAndDestroy()
  }

  override async sendClose({ signal }: AbortOptions = {}): Promise<void> {
    if (this.#webSocket.readyState === this.#webSocket.CLOSED) return
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    this.#webSocket.once('close', () => resolve())
    const patience = setTimeout(() => this.#webSocket.terminate(), CLOSE_TIMEOUT)
    const onAbort = (): void => this.#webSocket.terminate()
    signal?.addEventListener('abort', onAbort)
    // the other end may have stopped reading us, but must still be able to say that it closes
    this.#webSocket.resume()
    this.#webSocket.close(NORMAL_CLOSURE)
    await closed
    clearTimeout(patience)
    signal?.removeEventListener('abort', onAbort)
  }

  override sendPause(): void {
    this.#webSocket.pause()
  }

  override sendResume(): void {
    this.#webSocket.resume()
  }
}
