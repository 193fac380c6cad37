/** The frames of yamux (github.com/hashicorp/yamux/blob/master/spec.md): a header of twelve bytes, and the data of some. */

export const PROTOCOL = '/yamux/1.0.0'

export const HEADER_LENGTH = 12

const VERSION = 0

export const FrameType = { data: 0, windowUpdate: 1, ping: 2, goAway: 3 } as const
export type FrameType = (typeof FrameType)[keyof typeof FrameType]

export const Flag = { syn: 1, ack: 2, fin: 4, rst: 8 } as const

export const GoAway = { normal: 0, protocolError: 1, internalError: 2 } as const
export type GoAway = (typeof GoAway)[keyof typeof GoAway]

/** What a header says. For pings the length is their number, for go-aways the reason. */
export interface FrameHeader {
  readonly type: FrameType
  readonly flags: number
  readonly stream: number
  readonly length: number
}

/** What the other side may not do. The connection ends with it, and the other side is told whose fault it was. */
export class YamuxProtocolError extends Error {
  override readonly name = 'YamuxProtocolError'
}

export function encodeHeader(type: FrameType, flags: number, stream: number, length: number): Uint8Array {
  const header = Buffer.allocUnsafe(HEADER_LENGTH)
  header[0] = VERSION
  header[1] = type
  header.writeUInt16BE(flags, 2)
  header.writeUInt32BE(stream, 4)
  header.writeUInt32BE(length, 8)
  return header
}

/** @throws YamuxProtocolError for another version, and for a type that there is not */
export function decodeHeader(bytes: Uint8Array): FrameHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_LENGTH)
  const version = view.getUint8(0)
  if (version !== VERSION) throw new YamuxProtocolError(`frame of version ${version}`)
  const type = view.getUint8(1)
  if (type > FrameType.goAway) throw new YamuxProtocolError(`frame of type ${type}`)
  return {
    type: type as FrameType,
    flags: view.getUint16(2),
    stream: view.getUint32(4),
    length: view.getUint32(8),
  }
}
