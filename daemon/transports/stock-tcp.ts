import type { Transport } from '@libp2p/interface'
import { tcp as libp2pTcp, type TCPComponents } from '@libp2p/tcp'
import { CODE_UNIX, type Multiaddr } from '@multiformats/multiaddr'

/**
 * js-libp2p's TCP, and nothing else: its transport would take Unix sockets too, which go does not know as addresses of
 * peers, and which strangers could then have this daemon connect to on its own machine.
 */
export function stockTcp(): (components: TCPComponents) => Transport {
  // connections stay until somebody closes them; yamux pings find the dead ones
  const create = libp2pTcp({ inboundSocketInactivityTimeout: 0, outboundSocketInactivityTimeout: 0, backlog: 1024 })
  return components => {
    const transport = create(components)
    const { listenFilter, dialFilter } = transport
    transport.listenFilter = addresses => listenFilter.call(transport, addresses).filter(isNoPath)
    transport.dialFilter = addresses => dialFilter.call(transport, addresses).filter(isNoPath)
    return transport
  }
}

function isNoPath(address: Multiaddr): boolean {
  return address.getComponents()[0]?.code !== CODE_UNIX
}
