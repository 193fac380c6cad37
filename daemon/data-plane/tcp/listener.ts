import { createServer, type Socket } from 'node:net'
import { ipPortToMultiaddr } from '@libp2p/utils'
import { PortListener, type PortListenerInit } from '../../transports/port-listener.ts'
import { TcpConnection } from './connection.ts'

/** Accepts connections on one TCP port. */
export class TcpListener extends PortListener {
  constructor(init: PortListenerInit) {
    const server = createServer({ noDelay: true, keepAlive: true })
    super(init, server)
    server.on('connection', socket => this.#accept(socket))
  }

  #accept(socket: Socket): void {
    const { remoteAddress, remotePort } = socket
    if (remoteAddress === undefined || remotePort === undefined) {
      // gone already
      socket.on('error', () => {}).destroy()
      return
    }
    this.upgrade(
      new TcpConnection({
        socket,
        remoteAddr: ipPortToMultiaddr(remoteAddress, remotePort),
        direction: 'inbound',
        log: this.log.newScope('inbound'),
      }),
    )
  }
}
