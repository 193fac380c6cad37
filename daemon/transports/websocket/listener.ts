import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ipPortToMultiaddr } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type WebSocket, WebSocketServer } from 'ws'
import { PortListener, type PortListenerInit } from '../port-listener.ts'
import { WebSocketConnection } from './connection.ts'
import { MAX_MESSAGE } from './messages.ts'

/** How long, in ms, a client may take to ask for its WebSocket. */
const REQUEST_TIMEOUT = 30_000

/** Accepts WebSockets on one TCP port. */
export class WebSocketListener extends PortListener {
  constructor(init: PortListenerInit) {
    const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE })
    const options = { noDelay: true, keepAlive: true, requestTimeout: REQUEST_TIMEOUT }
    const server = createServer(options, (_, response) => {
      response.writeHead(400, { connection: 'close' }).end('only WebSockets are served here\n')
    })
    super(init, server)
    server.on('upgrade', (request, stream, head) => {
      const socket = stream as Socket
      webSockets.handleUpgrade(request, socket, head, webSocket => this.#accept(webSocket, socket, request))
    })
  }

  override getAddrs(): Multiaddr[] {
    return super.getAddrs().map(address => address.encapsulate('/ws'))
  }

  protected override end(socket: Socket): void {
    socket.destroySoon()
  }

  #accept(webSocket: WebSocket, socket: Socket, { socket: { remoteAddress, remotePort } }: IncomingMessage): void {
    if (remoteAddress === undefined || remotePort === undefined) {
      webSocket.terminate()
      return
    }
    this.upgrade(
      new WebSocketConnection({
        webSocket,
        socket,
        remoteAddr: ipPortToMultiaddr(remoteAddress, remotePort).encapsulate('/ws'),
        direction: 'inbound',
        log: this.log.newScope('inbound'),
      }),
    )
  }
}
