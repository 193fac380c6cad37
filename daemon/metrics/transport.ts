import type { Multiaddr } from '@multiformats/multiaddr'

/** The transports by the component of an address that only they have, the one that decides first; in go's words. */
const TRANSPORTS = [
  ['p2p-circuit', 'p2p-circuit'],
  ['webrtc-direct', 'webrtc-direct'],
  ['webrtc', 'webrtc'],
  ['webtransport', 'webtransport'],
  ['quic-v1', 'quic-v1'],
  ['ws', 'websocket'],
  ['wss', 'websocket'],
  ['tcp', 'tcp'],
] as const

/** By which transport an address is reached. */
export function transportOf(address: Multiaddr): string {
  const names = new Set<string>(address.getComponents().map(({ name }) => name))
  return TRANSPORTS.find(([component]) => names.has(component))?.[1] ?? 'other'
}

/** `ip4` or `ip6`, as go labels connections. */
export function ipVersionOf(address: Multiaddr): string {
  const first = address.getComponents()[0]?.name
  return first === 'ip4' || first === 'ip6' ? first : 'unknown'
}
