import type { Connection, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type Dialer, DialFailure, withoutPeer } from '../dialer.ts'
import { withPeer } from '../peer-address.ts'
import type { DhtParts } from './parts.ts'
import { findPeer } from './peers.ts'

/**
 * Connects to a peer as go does with a DHT: looks it up when no address of it is known, and when those that are known do
 * not work and others turn up.
 *
 * @throws DialFailure; RequestError in the DHT's words when no address can be found; the signal's reason
 */
export async function connectRouted(
  dialer: Dialer,
  dht: DhtParts,
  peer: PeerId,
  given: readonly Multiaddr[],
  signal: AbortSignal,
): Promise<Connection> {
  const existing = dialer.existing(peer)
  if (existing !== undefined) return existing
  const named = given.filter(address => withPeer(address, peer) !== undefined)
  const known = [...named, ...(await dialer.known(peer))]
  if (known.length === 0 && !peer.equals(dht.network.self)) {
    const { addrs } = await findPeer(dht, peer, signal)
    return dialer.connect(peer, addrs, signal)
  }
  try {
    return await dialer.connect(peer, given, signal)
  } catch (failure) {
    if (!(failure instanceof DialFailure)) throw failure
    const tried = new Set(known.map(address => withoutPeer(address).toString()))
    const found = await findPeer(dht, peer, signal).catch(() => undefined)
    if (found?.addrs.some(address => !tried.has(withoutPeer(address).toString())) !== true) throw failure
    return dialer.connect(peer, found.addrs, signal)
  }
}
