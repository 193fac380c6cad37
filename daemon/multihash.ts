/** Multihashes and the varints in them, read with go's grammar and error texts. */

/** go reads varints of up to 63 bits: nine bytes. */
const MAX_VARINT_LENGTH = 9

/** The longest digest that go reads, in bytes. */
const MAX_DIGEST = 2n ** 31n - 1n

/** Bytes that are no multihash, or no varint; the message is go's. */
export class MultihashError extends Error {
  override readonly name = 'MultihashError'
}

/**
 * Where the multihash that starts there ends; its digest is all there.
 *
 * @throws MultihashError
 */
export function findMultihashEnd(bytes: Uint8Array, start: number): number {
  if (bytes.byteLength - start < 2) throw new MultihashError('multihash too short. must be >= 2 bytes')
  const code = readVarint(bytes, start)
  const length = readVarint(bytes, code.end)
  if (length.value > MAX_DIGEST) throw new MultihashError('digest too long, supporting only <= 2^31-1')
  const end = length.end + Number(length.value)
  if (end > bytes.byteLength) throw new MultihashError('length greater than remaining number of bytes in buffer')
  return end
}

/**
 * The bytes are one multihash, and nothing else.
 *
 * @throws MultihashError
 */
export function checkMultihash(bytes: Uint8Array): void {
  const end = findMultihashEnd(bytes, 0)
  if (end === bytes.byteLength) return
  const { value: length } = readVarint(bytes, readVarint(bytes, 0).end)
  // what go says it got is where it stopped to read
  throw new MultihashError(`multihash length inconsistent: expected ${length}; got ${end}`)
}

/**
 * An unsigned varint of a multihash or CID.
 *
 * @throws MultihashError
 */
export function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n
  for (let index = start; index < bytes.byteLength; index++) {
    const byte = bytes[index] as number
    const place = index - start
    if (place >= MAX_VARINT_LENGTH || (place === MAX_VARINT_LENGTH - 1 && byte >= 0x80)) {
      throw new MultihashError('varints larger than uint63 not supported')
    }
    value |= BigInt(byte & 0x7f) << BigInt(7 * place)
    if (byte >= 0x80) continue
    if (byte === 0 && place > 0) throw new MultihashError('varint not minimally encoded')
    return { value, end: index + 1 }
  }
  throw new MultihashError('varints malformed, could not reach the end')
}
