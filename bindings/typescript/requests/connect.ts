import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { Request } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { type PeerAddresses, toPeerAddresses } from '../peer-info.ts'

/** Options of requests that the daemon itself gives up on. */
export interface DialOptions extends RequestOptions {
  /** How long the daemon tries, in whole seconds; its default is 60. */
  readonly timeout?: number | undefined
}

export interface ConnectRequests {
  /** Connects the daemon to a peer: at these addresses, and those it knows already. Done if it is connected. */
  connect(peer: PeerId, addrs: readonly Multiaddr[], options?: DialOptions): Promise<void>
  /** Closes all the daemon's connections to a peer; not an error when there are none. */
  disconnect(peer: PeerId, options?: RequestOptions): Promise<void>
  /** Lists the daemon's connections: a peer that has two is listed twice, each time with that one's remote address. */
  listPeers(options?: RequestOptions): Promise<PeerAddresses[]>
}

/** CONNECT, DISCONNECT and LIST_PEERS. */
export function connectRequests(control: Control): ConnectRequests {
  return {
    async connect(peer, addrs, { timeout, ...options } = {}) {
      const connect = {
        peer: peer.toMultihash().bytes,
        addrs: addrs.map(addr => addr.bytes),
        timeout: timeout ?? null,
      }
      await control.request({ type: Request.Type.CONNECT, connect }, options)
    },

    async disconnect(peer, options) {
      const disconnect = { peer: peer.toMultihash().bytes }
      await control.request({ type: Request.Type.DISCONNECT, disconnect }, options)
    },

    async listPeers(options) {
      const response = await control.request({ type: Request.Type.LIST_PEERS }, options)
      return (response.peers ?? []).map(toPeerAddresses)
    },
  }
}
