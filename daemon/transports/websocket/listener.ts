import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  type CreateListenerOptions,
  type Listener,
  type ListenerEvents,
  type Logger,
  TypedEventEmitter,
} from '@libp2p/interface'
import { getThinWaistAddresses, ipPortToMultiaddr } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type WebSocket, WebSocketServer } from 'ws'
import { hostAndPort } from '../address.ts'
import { WebSocketConnection } from './connection.ts'
import { MAX_MESSAGE } from './messages.ts'

/** Connections that may wait to be accepted. */
const BACKLOG = 1024

/** How long, in ms, a client may take to ask for its WebSocket. */
const REQUEST_TIMEOUT = 30_000

export interface WebSocketListenerInit extends CreateListenerOptions {
  readonly log: Logger
}

/** Accepts WebSockets on one TCP port. */
export class WebSocketListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #init: WebSocketListenerInit
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #closing = new AbortController()
  #address: Multiaddr | undefined

  constructor(init: WebSocketListenerInit) {
    super()
    this.#init = init
    const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE })
    this.#server = createServer({ noDelay: true, keepAlive: true, requestTimeout: REQUEST_TIMEOUT }, (_, response) => {
      response.writeHead(400, { connection: 'close' }).end('only WebSockets are served here\n')
    })
    this.#server.on('connection', socket => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('upgrade', (request, stream, head) => {
      const socket = stream as Socket
      webSockets.handleUpgrade(request, socket, head, webSocket => this.#upgrade(webSocket, socket, request))
    })
  }

  async listen(address: Multiaddr): Promise<void> {
    const { host, port, family } = hostAndPort(address)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen({ host, port, backlog: BACKLOG, ipv6Only: family === 6 }, resolve)
    await promise
    this.#server.off('error', reject)
    // accepting may fail for want of file descriptors; who could not connect will know
    this.#server.on('error', error => this.#init.log.error('listener failed - %e', error))
    this.#address = address
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    const { port } = (this.#server.address() as AddressInfo | null) ?? {}
    if (port === undefined || this.#address === undefined) return []
    return getThinWaistAddresses(this.#address, port).map(address => address.encapsulate('/ws'))
  }

  updateAnnounceAddrs(): void {
    // nothing about a WebSocket address is known only at run time
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    this.#closing.abort(new Error('the listener is closed'))
    for (const socket of this.#sockets) socket.destroySoon()
    await closed
    this.safeDispatchEvent('close')
  }

  #upgrade(webSocket: WebSocket, socket: Socket, { socket: { remoteAddress, remotePort } }: IncomingMessage): void {
    if (remoteAddress === undefined || remotePort === undefined) {
      webSocket.terminate()
      return
    }
    const connection = new WebSocketConnection({
      webSocket,
      socket,
      remoteAddr: ipPortToMultiaddr(remoteAddress, remotePort).encapsulate('/ws'),
      direction: 'inbound',
      log: this.#init.log.newScope('inbound'),
    })
    this.#init.upgrader.upgradeInbound(connection, { signal: this.#closing.signal }).catch(error => {
      this.#init.log('inbound connection refused - %e', error)
      connection.abort(error)
    })
  }
}
