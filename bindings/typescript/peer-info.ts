import type { PeerId } from '@libp2p/interface'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerInfo } from '../../proto/codec.ts'
import { ClientError } from './errors.ts'

/** A peer and the addresses that the daemon named with it. */
export interface PeerAddresses {
  readonly peer: PeerId
  readonly addrs: readonly Multiaddr[]
}

/**
 * Reads a PeerInfo, or an IdentifyResponse, which has the same fields.
 *
 * @throws ClientError ERR_PROTOCOL
 */
export function toPeerAddresses(info: PeerInfo): PeerAddresses {
  return { peer: toPeerId(info.id), addrs: (info.addrs ?? []).map(toMultiaddr) }
}

/**
 * Reads a peer id as the daemon sends it: the bytes of a multihash.
 *
 * The two hashes that peer ids use, identity and sha2-256, have one-byte codes, and lengths that fit one byte.
 *
 * @throws ClientError ERR_PROTOCOL
 */
export function toPeerId(bytes: Uint8Array): PeerId {
  // A copy: these bytes are a view of a whole receive buffer, which a kept peer id must not keep alive.
  const multihash = Uint8Array.from(bytes)
  const [code = 0, size = 0] = multihash
  const digest = multihash.subarray(2)
  try {
    if (digest.length !== size) throw new RangeError(`${size} bytes of digest announced, ${digest.length} found`)
    return peerIdFromMultihash({ code, size, digest, bytes: multihash })
  } catch (cause) {
    throw new ClientError('ERR_PROTOCOL', `expected a peer id, got ${Buffer.from(bytes).toString('hex')}`, { cause })
  }
}

/**
 * Reads a binary multiaddr.
 *
 * @throws ClientError ERR_PROTOCOL
 */
export function toMultiaddr(bytes: Uint8Array): Multiaddr {
  try {
    const address = multiaddr(bytes)
    address.getComponents()
    return address
  } catch (cause) {
    throw new ClientError('ERR_PROTOCOL', `expected a multiaddr, got ${Buffer.from(bytes).toString('hex')}`, { cause })
  }
}

/**
 * Insists on a field that the protocol promises in an OK answer, though the schema calls it optional.
 *
 * @throws ClientError ERR_PROTOCOL
 */
export function promised<Field>(field: Field | null | undefined, name: string): Field {
  if (field == null) throw new ClientError('ERR_PROTOCOL', `expected ${name} in the daemon's answer, got none`)
  return field
}
