import type { UPnPNAT, UPnPNATComponents } from '@libp2p/upnp-nat'

/**
 * Has routers that speak UPnP forward ports to this peer (`-natPortMap`), and announces those addresses, as go does.
 * Routers are searched for on the local network again and again; that none answers is no fault.
 */
export async function createPortMapping(): Promise<(components: UPnPNATComponents) => UPnPNAT> {
  const { uPnPNAT } = await import('@libp2p/upnp-nat')
  return uPnPNAT({ autoConfirmAddress: true })
}
