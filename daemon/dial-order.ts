import { isPrivate } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { isRelayed, splitCircuit } from './relay/protocol.ts'
import { shapeOf } from './transports/address.ts'

/** By how little it takes to have a connection: QUIC needs one round trip, WebSocket the most of them. */
const TRANSPORTS: readonly RegExp[] = [/\/quic-v1$/, /\/tcp$/, /\/webrtc-direct/, /\/ws$|\/wss$/]

/**
 * The order in which a peer's addresses are dialled, go's: QUIC first, IPv6 and IPv4 in turns, relays when nothing else
 * answers. Private and public addresses take turns too, private ones first: a peer of this network should not be reached
 * from outside, and one elsewhere not wait for the private addresses of its own network to stay silent.
 */
export function dialOrder(addresses: readonly Multiaddr[]): Multiaddr[] {
  const { direct = [], relayed = [] } = Object.groupBy(addresses, address =>
    isRelayed(address) ? 'relayed' : 'direct',
  )
  const { near = [], far = [] } = Object.groupBy(direct, address => (isPrivate(address) ? 'near' : 'far'))
  return [...inTurns(byTransport(near), byTransport(far)), ...byTransport(relayed)]
}

function byTransport(addresses: readonly Multiaddr[]): Multiaddr[] {
  const ranks = [...TRANSPORTS.keys(), TRANSPORTS.length]
  return ranks.flatMap(rank => {
    const same = addresses.filter(address => rankOf(address) === rank)
    const isIp6 = (address: Multiaddr): boolean => address.getComponents()[0]?.name === 'ip6'
    return inTurns(
      same.filter(isIp6),
      same.filter(address => !isIp6(address)),
    )
  })
}

/** That of a relayed address is its relay's. */
function rankOf(address: Multiaddr): number {
  const shape = shapeOf(splitCircuit(address)?.relay ?? address)
  const rank = TRANSPORTS.findIndex(pattern => pattern.test(shape))
  return rank === -1 ? TRANSPORTS.length : rank
}

function inTurns<T>(first: readonly T[], second: readonly T[]): T[] {
  const rounds = Array.from({ length: Math.max(first.length, second.length) }, (_, index) => index)
  return rounds.flatMap(index => [...first.slice(index, index + 1), ...second.slice(index, index + 1)])
}
