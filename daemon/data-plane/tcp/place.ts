import { getNetConfig } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'

/** Where a TCP address points, as Node's sockets take it. */
export interface Place {
  /** With its zone, where an IPv6 address has one. */
  readonly host: string
  readonly port: number
  /** 0: whatever the name resolves to. */
  readonly family: 0 | 4 | 6
}

export function placeOf(address: Multiaddr): Place {
  const { host, port = 0, type } = getNetConfig(address)
  const [first] = address.getComponents()
  const zone = first?.name === 'ip6zone' ? `%${first.value}` : ''
  return { host: host + zone, port, family: type.endsWith('4') ? 4 : type.endsWith('6') ? 6 : 0 }
}
