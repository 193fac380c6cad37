import type { Libp2pOptions } from 'libp2p'
import type { Config, SecurityProtocol } from '../config.ts'
import { lazyTls } from '../lazy-tls.ts'
import { noise } from './noise/noise.ts'

type EncrypterFactory = NonNullable<Libp2pOptions['connectionEncrypters']>[number]

/** What secures connections, in the order in which a dialer prefers them. What is not asked for is not loaded. */
export function createEncrypters({ securityProtocols, stock }: Config): Promise<EncrypterFactory[]> {
  const create: Record<SecurityProtocol, () => Promise<EncrypterFactory>> = {
    noise: async () => (stock.includes('noise') ? (await import('@libp2p/noise')).noise() : noise()),
    tls: async () => lazyTls(stock.includes('tls')),
    plaintext: async () => (await import('@libp2p/plaintext')).plaintext(),
  }
  return Promise.all(securityProtocols.map(name => create[name]()))
}
