import type { Feature } from './features.ts'
import type { DaemonFlags } from './flags.ts'

/** What two daemons are told to speak with each other; each daemon of a cell is given exactly this. */
export interface Stack {
  readonly transport: 'tcp'
  readonly security: 'noise' | 'tls' | 'plaintext'
  readonly muxer: 'yamux' | 'mplex'
  readonly key: 'ed25519' | 'rsa' | 'secp256k1'
}

/** What every implementation speaks unless told otherwise. */
export const DEFAULT_STACK: Stack = { transport: 'tcp', security: 'noise', muxer: 'yamux', key: 'ed25519' }

/** Every combination that go-libp2p-daemon's flags can ask for over TCP. */
export const ALL_STACKS: readonly Stack[] = (['noise', 'tls', 'plaintext'] as const).flatMap(security =>
  (['yamux', 'mplex'] as const).flatMap(muxer =>
    (['ed25519', 'rsa', 'secp256k1'] as const).map(key => ({ transport: 'tcp' as const, security, muxer, key })),
  ),
)

/** The last part of a cell's path: `tcp,noise,yamux`, and the key type where it is not the usual one. */
export function formatStack({ transport, security, muxer, key }: Stack): string {
  return [transport, security, muxer, ...(key === DEFAULT_STACK.key ? [] : [key])].join(',')
}

/** What an implementation must offer to play on this stack. */
export function stackFeatures({ transport, security, muxer, key }: Stack): Feature[] {
  return [transport, security, muxer, key]
}

/** The flags that make a daemon speak this stack and nothing else. */
export function stackFlags({ security, muxer }: Stack): DaemonFlags {
  const securities = ['noise', 'tls', 'plaintext'].map(name => [name, name === security])
  return { hostAddrs: '/ip4/127.0.0.1/tcp/0', ...Object.fromEntries(securities), muxer }
}
