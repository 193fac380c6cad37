import type { AddressInfo, Server, Socket } from 'node:net'
import {
  type CreateListenerOptions,
  type Listener,
  type ListenerEvents,
  type Logger,
  type MultiaddrConnection,
  TypedEventEmitter,
} from '@libp2p/interface'
import { getThinWaistAddresses } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { hostAndPort } from './address.ts'

/** Connections that may wait to be accepted. */
const BACKLOG = 1024

export interface PortListenerInit extends CreateListenerOptions {
  readonly log: Logger
}

/** Listens on one TCP port; those who extend it make libp2p's connections of what it accepts. */
export abstract class PortListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  protected readonly log: Logger
  readonly #upgrader: CreateListenerOptions['upgrader']
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #closing = new AbortController()
  #address: Multiaddr | undefined

  constructor({ log, upgrader }: PortListenerInit, server: Server) {
    super()
    this.log = log
    this.#upgrader = upgrader
    this.#server = server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
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
    this.#server.on('error', error => this.log.error('listener failed - %e', error))
    this.#address = address
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    const { port } = (this.#server.address() as AddressInfo | null) ?? {}
    return port === undefined || this.#address === undefined ? [] : getThinWaistAddresses(this.#address, port)
  }

  updateAnnounceAddrs(): void {
    // nothing about a TCP port is known only at run time
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    this.#closing.abort(new Error('the listener is closed'))
    for (const socket of this.#sockets) this.end(socket)
    await closed
    this.safeDispatchEvent('close')
  }

  /** Hands an accepted connection over to libp2p. */
  protected upgrade(connection: MultiaddrConnection): void {
    this.#upgrader.upgradeInbound(connection, { signal: this.#closing.signal }).catch(error => {
      this.log('inbound connection refused - %e', error)
      connection.abort(error)
    })
  }

  /** Ends a connection that is still there when the listener closes. */
  protected end(socket: Socket): void {
    socket.destroy()
  }
}
