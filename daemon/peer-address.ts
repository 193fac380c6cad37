import type { PeerId } from '@libp2p/interface'
import { CODE_P2P, CODE_UNIX, type Multiaddr } from '@multiformats/multiaddr'

/** The address with the peer's id behind it; undefined when it names another peer. */
export function withPeer(address: Multiaddr, peer: PeerId): Multiaddr | undefined {
  const last = address.getComponents().at(-1)
  if (last?.code !== CODE_P2P) return address.encapsulate(`/p2p/${peer}`)
  return last.value === peer.toString() ? address : undefined
}

/** The addresses in their order, each once. */
export function unique(addresses: readonly Multiaddr[]): Multiaddr[] {
  return [...new Map(addresses.map(address => [address.toString(), address])).values()]
}

/** The address in text as go writes it: js-libp2p would encode the slashes in a Unix socket's path. */
export function addressText(address: Multiaddr): string {
  const components = address.getComponents()
  const path = components.at(-1)
  if (path?.code !== CODE_UNIX) return address.toString()
  const before = components.slice(0, -1).map(({ name, value }) => `/${name}${value === undefined ? '' : `/${value}`}`)
  return `${before.join('')}/unix${path.value}`
}
