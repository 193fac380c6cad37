import type { Connection, IdentifyResult, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ConnectionInfo, type Event } from '../../proto/codec.ts'
import { withoutPeer } from '../dialer.ts'
import { isRelayed } from '../relay/protocol.ts'
import type { Reservation } from '../relay/reserve.ts'

/** How this daemon's doings read as messages; see the schema for which event has which part. */

export function describeConnection(connection: Connection): ConnectionInfo {
  const { id, remotePeer, remoteAddr, direction, encryption, multiplexer, timeline } = connection
  return {
    id,
    peer: remotePeer.toMultihash().bytes,
    addr: withoutPeer(remoteAddr).bytes,
    direction: direction === 'inbound' ? ConnectionInfo.Direction.INBOUND : ConnectionInfo.Direction.OUTBOUND,
    security: encryption ?? null,
    muxer: multiplexer ?? null,
    relayed: isRelayed(remoteAddr),
    opened: timeline.open,
  }
}

export function describePeer(peer: PeerId): Pick<Event, 'peer'> {
  return { peer: peer.toMultihash().bytes }
}

export function describeIdentify(result: IdentifyResult): NonNullable<Event['identify']> {
  const { peerId, connection, agentVersion, protocolVersion, protocols, listenAddrs, observedAddr } = result
  return {
    peer: peerId.toMultihash().bytes,
    connection: connection.id,
    agentVersion: agentVersion ?? null,
    protocolVersion: protocolVersion ?? null,
    protos: protocols,
    addrs: toBytes(listenAddrs),
    observedAddr: observedAddr?.bytes ?? null,
  }
}

export function describeReservation({ relay, addresses, expires }: Reservation): NonNullable<Event['reservation']> {
  return { relay: relay.toMultihash().bytes, addrs: toBytes(addresses), expires: expires.getTime() }
}

/** Addresses as clients get them everywhere: without the id of the peer that they are of. */
export function toBytes(addresses: readonly Multiaddr[]): Uint8Array[] {
  return addresses.map(address => withoutPeer(address).bytes)
}
