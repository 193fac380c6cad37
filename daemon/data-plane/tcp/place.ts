import type { Multiaddr } from '@multiformats/multiaddr'
import { type HostAndPort, hostAndPort } from '../../transports/address.ts'

/** Where a TCP address points, as Node's sockets take it. */
export interface Place extends Omit<HostAndPort, 'family'> {
  /** 0: whatever the name resolves to. */
  readonly family: 0 | 4 | 6
}

export function placeOf(address: Multiaddr): Place {
  const { family, ...place } = hostAndPort(address)
  return { ...place, family: family === 'dns' ? 0 : family }
}
