import type { ConnectionEncrypter } from '@libp2p/interface'
import type { TLSComponents } from '@libp2p/tls'
import { loadOnce } from './load-once.ts'

/**
 * libp2p's TLS, loaded when the first connection needs it: it is on by default and rarely chosen (Noise is preferred),
 * and its certificates' library costs more time and memory at the start than the rest of the daemon.
 */
export function lazyTls(): (components: TLSComponents) => ConnectionEncrypter {
  return components => {
    const load = loadOnce<ConnectionEncrypter>(async () => (await import('@libp2p/tls')).tls()(components))
    return {
      protocol: '/tls/1.0.0',
      secureInbound: async (connection, options) => (await load()).secureInbound(connection, options),
      secureOutbound: async (connection, options) => (await load()).secureOutbound(connection, options),
    }
  }
}
