import protobuf from 'protobufjs/minimal.js'

/**
 * The numbers of the fields in a protobuf, whatever message it is; undefined when it is none. For messages that a
 * library decodes without saying what was wrong with them.
 */
export function fieldsOf(bytes: Uint8Array): ReadonlySet<number> | undefined {
  const reader = protobuf.Reader.create(bytes)
  const fields = new Set<number>()
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32()
      fields.add(tag >>> 3)
      reader.skipType(tag & 7)
    }
    return fields
  } catch {
    return undefined
  }
}
