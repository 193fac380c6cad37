import { CODE_P2P, CODE_P2P_CIRCUIT, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { CircuitStatus } from '../../proto/libp2p.ts'

/** Circuit relay v2: what clients ask a relay, and what the relay asks the peer that is called through it. */
export const HOP_PROTOCOL = '/libp2p/circuit/relay/0.2.0/hop'
export const STOP_PROTOCOL = '/libp2p/circuit/relay/0.2.0/stop'

/** go's way of writing a status: `NO_RESERVATION (204)`. */
export function describeStatus(status: number | null | undefined): string {
  return `${CircuitStatus[status ?? CircuitStatus.UNUSED] ?? ''} (${status ?? CircuitStatus.UNUSED})`
}

/** The two halves of `/ip4/…/p2p/R/p2p-circuit/p2p/D`. */
export interface CircuitAddress {
  /** The relay's own address, with its id where it was given; undefined when nothing stands before `/p2p-circuit`. */
  readonly relay: Multiaddr | undefined
  readonly relayId: string | undefined
  /** Who is called; undefined when nobody is named. */
  readonly destinationId: string | undefined
}

/** Whether an address goes through a relay. */
export function isRelayed(address: Multiaddr): boolean {
  return address.getComponents().some(({ code }) => code === CODE_P2P_CIRCUIT)
}

/** Takes a relayed address apart; undefined for any other. A relay behind a relay does not exist: go asks the first. */
export function splitCircuit(address: Multiaddr): CircuitAddress | undefined {
  const components = address.getComponents()
  const at = components.findIndex(({ code }) => code === CODE_P2P_CIRCUIT)
  if (at === -1) return undefined
  const before = components.slice(0, at)
  const last = before.at(-1)
  return {
    relay: before.length === 0 ? undefined : multiaddr(before),
    relayId: last?.code === CODE_P2P ? last.value : undefined,
    destinationId: components.slice(at + 1).findLast(({ code }) => code === CODE_P2P)?.value,
  }
}
