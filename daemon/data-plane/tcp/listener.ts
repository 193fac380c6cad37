import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import {
  type CreateListenerOptions,
  type Listener,
  type ListenerEvents,
  type Logger,
  TypedEventEmitter,
} from '@libp2p/interface'
import { getThinWaistAddresses, ipPortToMultiaddr } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { TcpConnection } from './connection.ts'
import { placeOf } from './place.ts'

/** Connections that may wait to be accepted. */
const BACKLOG = 1024

export interface TcpListenerInit extends CreateListenerOptions {
  readonly log: Logger
}

/** Accepts connections on one TCP port. */
export class TcpListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #init: TcpListenerInit
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #closing = new AbortController()
  #address: Multiaddr | undefined

  constructor(init: TcpListenerInit) {
    super()
    this.#init = init
    this.#server = createServer({ noDelay: true, keepAlive: true }, socket => this.#upgrade(socket))
  }

  async listen(address: Multiaddr): Promise<void> {
    const { host, port, family } = placeOf(address)
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
    return port === undefined || this.#address === undefined ? [] : getThinWaistAddresses(this.#address, port)
  }

  updateAnnounceAddrs(): void {
    // nothing about a TCP address is known only at run time
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    this.#closing.abort(new Error('the listener is closed'))
    for (const socket of this.#sockets) socket.destroy()
    await closed
    this.safeDispatchEvent('close')
  }

  #upgrade(socket: Socket): void {
    const { remoteAddress, remotePort } = socket
    if (remoteAddress === undefined || remotePort === undefined) {
      // gone already
      socket.on('error', () => {}).destroy()
      return
    }
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    const connection = new TcpConnection({
      socket,
      remoteAddr: ipPortToMultiaddr(remoteAddress, remotePort),
      direction: 'inbound',
      log: this.#init.log.newScope('inbound'),
    })
    this.#init.upgrader.upgradeInbound(connection, { signal: this.#closing.signal }).catch(error => {
      this.#init.log('inbound connection refused - %e', error)
      connection.abort(error)
    })
  }
}
