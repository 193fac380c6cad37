import type { ConnectionEncrypter } from '@libp2p/interface'
import type { TLSComponents } from '@libp2p/tls'
import { loadOnce } from './load-once.ts'

/**
 * libp2p's TLS, loaded when the first connection needs it: it is on by default and rarely chosen (Noise is preferred), and
 * would be paid for at every start.
 *
 * @param stock take js-libp2p's
 */
export function lazyTls(stock: boolean): (components: TLSComponents) => ConnectionEncrypter {
  return components => {
    const load = loadOnce<ConnectionEncrypter>(async () =>
      stock
        ? (await import('@libp2p/tls')).tls()(components)
        : (await import('./data-plane/tls/tls.ts')).tls()(components),
    )
    return {
      protocol: '/tls/1.0.0',
      secureInbound: async (connection, options) => (await load()).secureInbound(connection, options),
      secureOutbound: async (connection, options) => (await load()).secureOutbound(connection, options),
    }
  }
}
