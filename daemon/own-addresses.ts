import type { Libp2p } from '@libp2p/interface'
import { withoutPeer } from './dialer.ts'
import type { WatchedNode } from './events/events.ts'
import type { Reservations } from './relay/reservations.ts'

/** How long, in ms, addresses are known without looking again: those of the machine's interfaces change unannounced. */
const FRESH = 10

/**
 * The addresses that this daemon announces, in bytes and without its id. js-libp2p asks every listener for its port, parses
 * and formats each address several times; clients that ask again and again get what was found a moment ago.
 */
export class OwnAddresses {
  readonly #node: Pick<Libp2p, 'getMultiaddrs'>
  #found: Uint8Array[] = []
  #until = 0

  constructor(node: WatchedNode, reservations: Pick<Reservations, 'on'>) {
    this.#node = node
    const look = (): void => {
      this.#until = 0
    }
    node.addEventListener('self:peer:update', look)
    node.addEventListener('transport:listening', look)
    node.addEventListener('transport:close', look)
    reservations.on('gained', look)
    reservations.on('lost', look)
  }

  get bytes(): Uint8Array[] {
    const now = performance.now()
    if (now < this.#until) return this.#found
    this.#found = this.#node.getMultiaddrs().map(address => withoutPeer(address).bytes)
    this.#until = now + FRESH
    return this.#found
  }
}
