/**
 * Everything a scenario may ask of a daemon beyond what makes it a p2pd at all (identify, connect, streams), by axis.
 *
 * A manifest names what its daemon does not offer, each with a reason; the rest is expected to work. So a new entry
 * here is played against every implementation until somebody says why it is not.
 */
export const features = {
  securities: ['noise', 'tls', 'plaintext'],
  muxers: ['yamux', 'mplex'],
  transports: ['tcp', 'ws', 'quic-v1', 'webtransport', 'webrtc-direct'],
  keys: ['ed25519', 'rsa', 'secp256k1', 'ecdsa'],
  services: [
    'connmanager',
    'dht',
    'dht-values',
    'gossipsub',
    'floodsub',
    'relay-service',
    'relay-reservation',
    'hole-punching',
    'private-network',
    'peerstore',
    'events',
    'version',
    'handler-removal',
    'limits',
  ],
} as const

export type Feature = (typeof features)[keyof typeof features][number]

/** All features of all axes. */
export const allFeatures: readonly Feature[] = Object.values(features).flat()

/** What an implementation does not offer, and why: the text of an `unsupported` cell. */
export interface Unsupported {
  readonly feature: Feature
  readonly reason: string
}

/** Gives the reason why an implementation cannot play a cell that needs these features; undefined when it can. */
export function unsupportedReason(
  implementation: { readonly title: string; readonly unsupported: readonly Unsupported[] },
  needed: readonly Feature[],
): string | undefined {
  const gap = implementation.unsupported.find(({ feature }) => needed.includes(feature))
  return gap && `${implementation.title} does not support ${gap.feature}: ${gap.reason}`
}
