import { createHash, randomBytes } from 'node:crypto'

/** A place in Kademlia's key space: 32 bytes, of which the first are the most significant. */
export type KadId = Uint8Array

/** Where a key, or the multihash of a peer id, lies. */
export function kadId(key: Uint8Array): KadId {
  return createHash('sha256').update(key).digest()
}

/** Orders two places by their XOR distance from a third: negative when the first is closer. */
export function compareDistance(from: KadId, a: KadId, b: KadId): number {
  for (let index = 0; index < from.length; index++) {
    const byte = from[index] as number
    const difference = ((a[index] as number) ^ byte) - ((b[index] as number) ^ byte)
    if (difference !== 0) return difference
  }
  return 0
}

/** How many leading bits two places have in common; all of them for the same place. */
export function commonPrefixLength(a: KadId, b: KadId): number {
  const first = a.findIndex((byte, index) => byte !== b[index])
  if (first === -1) return a.length * 8
  return first * 8 + Math.clz32((a[first] as number) ^ (b[first] as number)) - 24
}

/** Bytes of which the place shares exactly so many leading bits with another; found by trying, `2 ** bits` times. */
export function randomKey(place: KadId, bits: number): Uint8Array {
  for (;;) {
    const key = randomBytes(place.length)
    if (commonPrefixLength(place, kadId(key)) === bits) return key
  }
}
