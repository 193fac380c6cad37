import protobuf from 'protobufjs/minimal.js'
import { decode, Request } from './codec.ts'

/** The fields that only one type of request reads, by type; see the schema. */
const OWN_FIELDS: Readonly<Record<number, number>> = {
  [Request.Type.PEERSTORE]: 9,
  [Request.Type.EVENTS]: 101,
  [Request.Type.REMOVE_STREAM_HANDLER]: 102,
}

/** Field 9 and those from 100 up: to go's daemon they are unknown, and to other dialects they mean something else. */
function isExtension(field: number): boolean {
  return field === 9 || field >= 100
}

/**
 * Decodes the body of a request's frame. Extension fields that are not of the request's type are skipped unread, so that
 * no dialect's use of them makes a request undecodable that go's daemon would answer, or name.
 *
 * @throws ProtocolError ERR_MESSAGE_UNDECODABLE
 */
export function decodeRequest(body: Uint8Array): Request {
  return decode(Request, withoutForeignFields(body))
}

function withoutForeignFields(body: Uint8Array): Uint8Array {
  const extensions: { readonly field: number; readonly start: number; readonly end: number }[] = []
  let type: number | undefined
  try {
    const reader = protobuf.Reader.create(body)
    while (reader.pos < reader.len) {
      const start = reader.pos
      const tag = reader.uint32()
      const field = tag >>> 3
      const wireType = tag & 7
      if (field === 1 && wireType === 0) type = reader.int32()
      else reader.skipType(wireType)
      if (isExtension(field)) extensions.push({ field, start, end: reader.pos })
    }
  } catch {
    // not a protobuf at all: the decoder says what is wrong with it
    return body
  }
  const own = OWN_FIELDS[type ?? -1]
  const foreign = extensions.filter(({ field }) => field !== own)
  if (foreign.length === 0) return body
  const kept: Uint8Array[] = []
  let position = 0
  for (const { start, end } of foreign) {
    kept.push(body.subarray(position, start))
    position = end
  }
  kept.push(body.subarray(position))
  return Buffer.concat(kept)
}
