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
import { shapeOf } from '../address.ts'
import { LazyListener } from '../lazy-listener.ts'

/**
 * The transport of `/tcp/…/ws`, and for dialling of `/wss` and `/tls/ws`. Its library is loaded when such an address is
 * listened on or dialled.
 *
 * js-libp2p's own WebSocket transport has no words for why a dial failed, cannot abort a connection (1006 is no code that
 * may be sent), and reads on when it is paused.
 */
export function webSocket(): (components: { readonly logger: ComponentLogger }) => Transport {
  return ({ logger }) => new WebSocketTransport(logger.forComponent('libp2p:websocket'))
}

class WebSocketTransport implements Transport {
  readonly [Symbol.toStringTag] = 'websocket'
  readonly [transportSymbol] = true
  readonly [serviceCapabilities] = ['@libp2p/transport']
  readonly #log: Logger

  constructor(log: Logger) {
    this.#log = log
  }

  listenFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => /^(ip[46]|dns[46]?)\/tcp\/(ws|wss|tls\/ws)$/.test(shapeOf(address)))
  }

  dialFilter(addresses: Multiaddr[]): Multiaddr[] {
    return addresses.filter(address => /^(ip[46]|dns[46]?)\/tcp\/(ws|wss|tls(\/sni)?\/ws)$/.test(shapeOf(address)))
  }

  createListener({ upgrader }: CreateListenerOptions): Listener {
    return new LazyListener(async address => {
      if (!shapeOf(address).endsWith('tcp/ws')) {
        throw new Error(`cannot listen on wss address ${address} without a tls.Config`)
      }
      const { WebSocketListener } = await import('./listener.ts')
      return new WebSocketListener({ upgrader, log: this.#log.newScope('listener') })
    })
  }

  async dial(address: Multiaddr, { signal, upgrader }: DialTransportOptions): Promise<Connection> {
    const [{ dialWebSocket }, { WebSocketConnection }] = await Promise.all([
      import('./dial.ts'),
      import('./connection.ts'),
    ])
    const connection = new WebSocketConnection({
      ...(await dialWebSocket(address, signal)),
      remoteAddr: address,
      direction: 'outbound',
      log: this.#log.newScope('outbound'),
    })
    try {
      return await upgrader.upgradeOutbound(connection, { signal })
    } catch (error) {
      connection.abort(error as Error)
      throw error
    }
  }
}
