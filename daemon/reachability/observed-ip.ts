import { CODE_IP4, CODE_IP6, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { isRelayed } from '../relay/protocol.ts'

/** Addresses that are dialled back for one request; go's number. */
const MAX_ADDRESSES = 16

/**
 * What to dial for a peer that asks whether it can be reached: its addresses, each with the IP that it really comes from
 * in place of the one it gives. Nobody can have a third party dialled that way. Other kinds of addresses are left out.
 */
export function withObservedIp(addresses: readonly Multiaddr[], observed: Multiaddr): Multiaddr[] {
  const [ip] = observed.getComponents()
  if (ip?.code !== CODE_IP4 && ip?.code !== CODE_IP6) return []
  const dialled = addresses
    .filter(address => !isRelayed(address))
    .map(address => address.getComponents())
    .filter(([first, ...rest]) => (first?.code === CODE_IP4 || first?.code === CODE_IP6) && rest.length > 0)
    .map(([, ...rest]) => multiaddr([ip, ...rest]))
  return [...new Map(dialled.map(address => [address.toString(), address])).values()].slice(0, MAX_ADDRESSES)
}
