import type { PeerId } from '@libp2p/interface'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import * as Digest from 'multiformats/hashes/digest'
import { ConnectionType, type KadMessage, type KadPeer, KadType } from '../../proto/kad.ts'
import type { Contact } from './lookup.ts'

/** The public DHT's protocol, which go-libp2p-daemon speaks on private networks too. */
export const KAD_PROTOCOL = '/ipfs/kad/1.0.0'

/** Peers read of one list: of closer ones twenty are named, of providers as many as there are. */
const MAX_CONTACTS = 1_000

/** What a message is called; one name for all that there are not: other peers choose them. */
export function nameOfType({ type }: KadMessage): string {
  return KadType[type ?? KadType.PUT_VALUE] ?? 'UNKNOWN'
}

/** Writes a peer into a message. */
export function toKadPeer({ peer, addrs }: Contact, connected: boolean): KadPeer {
  return {
    id: peer.toMultihash().bytes,
    addrs: addrs.map(({ bytes }) => bytes),
    connection: connected ? ConnectionType.CONNECTED : ConnectionType.NOT_CONNECTED,
  }
}

/** Reads the peers of a message, and leaves out what makes no sense: other peers must not suffer from one. */
export function toContacts(peers: readonly KadPeer[] = []): Contact[] {
  return peers.slice(0, MAX_CONTACTS).flatMap(({ id, addrs }) => {
    const peer = toPeer(id)
    return peer === undefined ? [] : [{ peer, addrs: (addrs ?? []).flatMap(toMultiaddr) }]
  })
}

function toPeer(bytes: Uint8Array | null | undefined): PeerId | undefined {
  try {
    return peerIdFromMultihash(Digest.decode(bytes as Uint8Array) as Parameters<typeof peerIdFromMultihash>[0])
  } catch {
    return undefined
  }
}

function toMultiaddr(bytes: Uint8Array): Multiaddr[] {
  try {
    const address = multiaddr(bytes)
    address.getComponents()
    return [address]
  } catch {
    return []
  }
}
