import { RequestError } from '../control/request-error.ts'

const SHA2_256 = 0x12
const V0_LENGTH = 34

/** go reads varints of up to 63 bits: nine bytes. */
const MAX_VARINT_LENGTH = 9

/** The longest digest that go reads, in bytes. */
const MAX_DIGEST = 2n ** 31n - 1n

/**
 * The multihash of a binary CID, of version 0 or 1: all that the DHT looks at.
 *
 * @throws RequestError ERR_REQUEST_MALFORMED with go-cid's texts: `invalid cid: …`
 */
export function decodeCid(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > 2 && bytes[0] === SHA2_256 && bytes[1] === V0_LENGTH - 2) {
    if (bytes.byteLength < V0_LENGTH) throw invalid('invalid cid: not enough bytes for cid v0')
    return insistOnEnd(bytes, 0, V0_LENGTH)
  }
  const version = readVarint(bytes, 0)
  if (version.value !== 1n) throw invalid(`invalid cid: expected 1 as the cid version number, got: ${version.value}`)
  const codec = readVarint(bytes, version.end)
  if (bytes.byteLength - codec.end < 2) throw invalid('invalid cid: multihash too short. must be >= 2 bytes')
  const code = readVarint(bytes, codec.end)
  const length = readVarint(bytes, code.end)
  if (length.value > MAX_DIGEST) throw invalid('invalid cid: digest too long, supporting only <= 2^31-1')
  const end = length.end + Number(length.value)
  if (end > bytes.byteLength) {
    throw invalid('invalid cid: length greater than remaining number of bytes in buffer')
  }
  return insistOnEnd(bytes, codec.end, end)
}

function insistOnEnd(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (end !== bytes.byteLength) throw invalid('trailing bytes in data buffer passed to cid Cast')
  return bytes.subarray(start, end)
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n
  for (let index = start; index < bytes.byteLength; index++) {
    const byte = bytes[index] as number
    const place = index - start
    if (place >= MAX_VARINT_LENGTH || (place === MAX_VARINT_LENGTH - 1 && byte >= 0x80)) {
      throw invalid('invalid cid: varints larger than uint63 not supported')
    }
    value |= BigInt(byte & 0x7f) << BigInt(7 * place)
    if (byte >= 0x80) continue
    if (byte === 0 && place > 0) throw invalid('invalid cid: varint not minimally encoded')
    return { value, end: index + 1 }
  }
  throw invalid('invalid cid: varints malformed, could not reach the end')
}

function invalid(reason: string): RequestError {
  return new RequestError('ERR_REQUEST_MALFORMED', `invalid cid: ${reason}`)
}
