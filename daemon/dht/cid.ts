import { RequestError } from '../control/request-error.ts'
import { findMultihashEnd, MultihashError, readVarint } from '../multihash.ts'

const SHA2_256 = 0x12
const V0_LENGTH = 34

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
  try {
    const version = readVarint(bytes, 0)
    if (version.value !== 1n) throw invalid(`invalid cid: expected 1 as the cid version number, got: ${version.value}`)
    const codec = readVarint(bytes, version.end)
    return insistOnEnd(bytes, codec.end, findMultihashEnd(bytes, codec.end))
  } catch (error) {
    throw error instanceof MultihashError ? invalid(`invalid cid: ${error.message}`) : error
  }
}

function insistOnEnd(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (end !== bytes.byteLength) throw invalid('trailing bytes in data buffer passed to cid Cast')
  return bytes.subarray(start, end)
}

function invalid(reason: string): RequestError {
  return new RequestError('ERR_REQUEST_MALFORMED', `invalid cid: ${reason}`)
}
