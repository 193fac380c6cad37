import { connect, type Socket, type TcpSocketConnectOpts } from 'node:net'
import {
  type ComponentLogger,
  type Connection,
  type CreateListenerOptions,
  type DialTransportOptions,
  type Listener,
  type Logger,
  serviceCapabilities,
  type Transport,
  transportSymbol,
} from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { shapeOf } from '../../transports/address.ts'
import { TcpConnection } from './connection.ts'
import { TcpListener } from './listener.ts'
import { placeOf } from './place.ts'

/** Unix sockets are left out: go does not know them as addresses of peers. */
const SHAPE = /^(ip4|(ip6zone\/)?ip6|dns[46]?)\/tcp$/

/**
 * The transport of `/tcp/…`. Unlike js-libp2p's it writes what is sent together in one system call, keeps idle
 * connections, and counts as waiting what a socket has yet to pass on.
 */
export function tcp(): (components: { readonly logger: ComponentLogger }) => Transport {
  return ({ logger }) => new TcpTransport(logger.forComponent('libp2p:tcp'))
}

class TcpTransport implements Transport {
  readonly [Symbol.toStringTag] = 'tcp'
  readonly [transportSymbol] = true
  readonly [serviceCapabilities] = ['@libp2p/transport']
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  listenFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => SHAPE.test(shapeOf(address)))
  }

  dialFilter(addresses: Multiaddr[]): Multiaddr[] {
    return this.listenFilter(addresses)
  }

  createListener({ upgrader }: CreateListenerOptions): Listener {
    return new TcpListener({ upgrader, log: this.#log.newScope('listener') })
  }

  async dial(address: Multiaddr, options: DialTransportOptions & LocalEnd): Promise<Connection> {
    const connection = new TcpConnection({
      socket: await open(address, options),
      remoteAddr: address,
      direction: 'outbound',
      log: this.#log.newScope('outbound'),
    })
    try {
      return await options.upgrader.upgradeOutbound(connection, options)
    } catch (error) {
      connection.abort(error as Error)
      throw error
    }
  }
}

/** Where a socket is bound before it is connected; left to the system unless somebody asks for it. */
type LocalEnd = Pick<TcpSocketConnectOpts, 'localAddress' | 'localPort'>

function localEnd({ localAddress, localPort }: LocalEnd): LocalEnd {
  return localAddress === undefined || localPort === undefined ? {} : { localAddress, localPort }
}

/** @throws the system's error; the signal's reason when it aborts */
async function open(address: Multiaddr, { signal, ...options }: DialTransportOptions & LocalEnd): Promise<Socket> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ ...localEnd(options), ...placeOf(address), noDelay: true, keepAlive: true })
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  socket.once('error', reject)
  socket.once('connect', () => resolve(socket))
  try {
    return await promise
  } catch (error) {
    // a connection attempt that fails later must find somebody listening
    socket.on('error', () => {}).destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.off('error', reject)
  }
}
