import type { PeerId } from '@libp2p/interface'
import { ConnManagerRequest, Request } from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'

/** Says which connections the daemon should keep when it has too many. */
export interface ConnManager {
  /**
   * Gives a peer, connected or not, a tag, or an existing one another value. The peers with the lowest sum of values are
   * the first to lose their connections; negative values are fine. The daemon forgets the tags of a peer that has
   * disconnected.
   *
   * @param value a whole number
   */
  tag(peer: PeerId, tag: string, value: number, options?: RequestOptions): Promise<void>
  /** Takes a tag back; the peer need not have it. */
  untag(peer: PeerId, tag: string, options?: RequestOptions): Promise<void>
  /** Closes connections down to the daemon's low mark now; those younger than its grace period are kept. */
  trim(options?: RequestOptions): Promise<void>
}

export interface ConnManagerRequests {
  readonly connManager: ConnManager
}

/** CONNMANAGER. */
export function connManagerRequests(control: Control): ConnManagerRequests {
  const { TAG_PEER, UNTAG_PEER, TRIM } = ConnManagerRequest.Type
  return {
    connManager: {
      async tag(peer, tag, value, options) {
        const connManager = { type: TAG_PEER, peer: peer.toMultihash().bytes, tag, weight: value }
        await control.request({ type: Request.Type.CONNMANAGER, connManager }, options)
      },

      async untag(peer, tag, options) {
        const connManager = { type: UNTAG_PEER, peer: peer.toMultihash().bytes, tag }
        await control.request({ type: Request.Type.CONNMANAGER, connManager }, options)
      },

      async trim(options) {
        await control.request({ type: Request.Type.CONNMANAGER, connManager: { type: TRIM } }, options)
      },
    },
  }
}
