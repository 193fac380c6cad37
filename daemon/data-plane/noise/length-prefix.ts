import type { LengthPrefixedStreamOpts } from '@libp2p/utils'
import type { Uint8ArrayList } from 'uint8arraylist'

const LENGTH = 2

/** How messages are framed: two bytes of length, the more significant one first. */
export const lengthPrefix = {
  lengthEncoder: encode,
  lengthDecoder: decode,
  maxLengthLength: LENGTH,
  maxDataLength: 2 ** 16 - 1,
} satisfies Partial<LengthPrefixedStreamOpts>

function encode(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(length >> 8, length & 0xff)
}

/** @throws RangeError when a byte is still to come */
function decode(data: Uint8Array | Uint8ArrayList): number {
  if (data.byteLength < LENGTH) throw new RangeError('length incomplete')
  const [high = 0, low = 0] = data.subarray(0, LENGTH)
  return high * 256 + low
}
