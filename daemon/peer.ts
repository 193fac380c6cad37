import type { PeerId } from '@libp2p/interface'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { base58btc } from 'multiformats/bases/base58'
import * as Digest from 'multiformats/hashes/digest'
import { RequestError } from './control/request-error.ts'
import { checkMultihash, MultihashError } from './multihash.ts'

/** A peer as a client names it. Any multihash is a peer id to go; `id` is absent where no key can have that one. */
export interface RequestedPeer {
  readonly text: string
  readonly id: PeerId | undefined
}

/** Clients name the same few peers again and again, and to understand an id takes longer than to serve the request. */
const recent = new Map<string, RequestedPeer>()
const MAX_RECENT = 1_024
const LONGEST_KEPT = 64

/**
 * Reads the raw multihash bytes of a peer id.
 *
 * @throws RequestError with go's texts when the bytes are no multihash
 */
export function decodePeer(bytes: Uint8Array): RequestedPeer {
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const known = recent.get(key)
  if (known !== undefined) return known
  const peer = decodeNewPeer(bytes)
  if (recent.size >= MAX_RECENT) recent.clear()
  if (bytes.byteLength <= LONGEST_KEPT) recent.set(key, peer)
  return peer
}

function decodeNewPeer(bytes: Uint8Array): RequestedPeer {
  try {
    checkMultihash(bytes)
  } catch (error) {
    throw error instanceof MultihashError ? new RequestError('ERR_PEER_ID_INVALID', error.message) : error
  }
  return { text: base58btc.baseEncode(bytes), id: keyedPeer(bytes) }
}

function keyedPeer(bytes: Uint8Array): PeerId | undefined {
  try {
    const id = peerIdFromMultihash(Digest.decode(bytes) as Parameters<typeof peerIdFromMultihash>[0])
    // js-libp2p also takes URLs for peers
    return id.type === 'url' ? undefined : id
  } catch {
    return undefined
  }
}
