import protobuf from 'protobufjs/minimal.js'
import { p2pd } from './gen/p2pd.js'

/**
 * The control protocol's messages and their framing: an unsigned LEB128 varint length, then a protobuf.
 *
 * This is the only door to the generated code. It refuses what protobufjs would let through (a message without its
 * required fields is written as zeroes) and turns everything that can be wrong with bytes into a {@link ProtocolError}.
 */

// 64-bit fields (timeouts in seconds, weights) are read as numbers: exact up to 2^53, saturating meaning beyond.
protobuf.util.Long = null as never
protobuf.configure()

export const {
  Request,
  Response,
  IdentifyResponse,
  ConnectRequest,
  StreamOpenRequest,
  StreamHandlerRequest,
  ErrorResponse,
  StreamInfo,
  DHTRequest,
  DHTResponse,
  PeerInfo,
  ConnManagerRequest,
  DisconnectRequest,
  PSRequest,
  PSMessage,
  PSResponse,
  PeerstoreRequest,
  Event,
  ConnectionInfo,
} = p2pd.pb

export type Request = p2pd.pb.Request.$Properties
export type Response = p2pd.pb.Response.$Properties
export type StreamInfo = p2pd.pb.StreamInfo.$Properties
export type PeerInfo = p2pd.pb.PeerInfo.$Properties
export type DHTRequest = p2pd.pb.DHTRequest.$Properties
export type DHTResponse = p2pd.pb.DHTResponse.$Properties
export type PSRequest = p2pd.pb.PSRequest.$Properties
export type PSMessage = p2pd.pb.PSMessage.$Properties
export type PSResponse = p2pd.pb.PSResponse.$Properties
export type PeerstoreRequest = p2pd.pb.PeerstoreRequest.$Properties
export type PeerstoreResponse = p2pd.pb.PeerstoreResponse.$Properties
export type PeerTag = p2pd.pb.PeerTag.$Properties
export type PeerRecord = p2pd.pb.PeerRecord.$Properties
export type Event = p2pd.pb.Event.$Properties
export type ConnectionInfo = p2pd.pb.ConnectionInfo.$Properties
export type IdentifyInfo = p2pd.pb.IdentifyInfo.$Properties
export type ReservationInfo = p2pd.pb.ReservationInfo.$Properties
export type VersionResponse = p2pd.pb.VersionResponse.$Properties

/** The longest message body that either side accepts, in bytes; go-libp2p-daemon's own limit, inclusive. */
export const MAX_FRAME_LENGTH = 4 * 1024 * 1024

/** A 64-bit varint has at most ten bytes; go refuses longer ones, and ten-byte ones that overflow. */
const MAX_VARINT_LENGTH = 10

export type ProtocolErrorCode =
  /** The length prefix is longer than ten bytes or does not fit 64 bits. */
  | 'ERR_FRAME_LENGTH_INVALID'
  /** The announced length is over {@link MAX_FRAME_LENGTH}, or what the reader accepts. */
  | 'ERR_FRAME_TOO_LONG'
  /** The other side has ended in the middle of a frame. */
  | 'ERR_FRAME_TRUNCATED'
  /** The body is not the message expected, or lacks one of its required fields. */
  | 'ERR_MESSAGE_UNDECODABLE'
  /** The message to be sent lacks a required field, or one of its fields has the wrong type. */
  | 'ERR_MESSAGE_INVALID'

/** What can be wrong with the bytes, or the fields, of a control message. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What this module needs of a generated message class. */
export interface MessageType<Properties> {
  encode(message: Properties, writer?: protobuf.Writer): protobuf.Writer
  decode(reader: protobuf.Reader | Uint8Array): Properties
  verify(message: Record<string, unknown>): string | null
}

/**
 * Encodes one framed message: length prefix and body in one buffer, so that it leaves in one write.
 *
 * @throws ProtocolError ERR_MESSAGE_INVALID when a required field is missing or a field has the wrong type
 */
export function encode<Properties extends object>(type: MessageType<Properties>, message: Properties): Uint8Array {
  verify(type, message)
  const writer = protobuf.Writer.create().fork()
  return type.encode(message, writer).ldelim().finish()
}

/**
 * Encodes a message without a length prefix, to be put into another one.
 *
 * @throws ProtocolError ERR_MESSAGE_INVALID
 */
export function encodeBody<Properties extends object>(type: MessageType<Properties>, message: Properties): Uint8Array {
  verify(type, message)
  return type.encode(message).finish()
}

function verify<Properties extends object>(type: MessageType<Properties>, message: Properties): void {
  const fault = type.verify(message as Record<string, unknown>)
  if (fault !== null) {
    throw new ProtocolError('ERR_MESSAGE_INVALID', `message cannot be encoded: ${fault}`)
  }
}

/**
 * Decodes the body of one frame. Unknown fields are skipped, unknown enum values kept as numbers, repeated
 * sub-messages merged, as go does.
 *
 * @throws ProtocolError ERR_MESSAGE_UNDECODABLE when the bytes are not such a message or a required field is missing
 */
export function decode<Properties>(type: MessageType<Properties>, body: Uint8Array): Properties {
  try {
    const reader = protobuf.Reader.create(body)
    reader.discardUnknown = true
    return type.decode(reader)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ProtocolError('ERR_MESSAGE_UNDECODABLE', `message cannot be decoded: ${reason}`, { cause })
  }
}

/** Joining this many chunks at a time keeps a frame that arrives byte by byte from costing more than its bytes. */
const MAX_CHUNKS = 1024

/** Cuts a byte stream, however it was split on its way, back into frames. */
export class FrameDecoder {
  #chunks: Uint8Array[] = []
  #length = 0
  /** Bytes that must have arrived before there is anything new to decide. */
  #needed = 1
  readonly #maxLength: number

  /** @param maxLength the longest frame that is accepted, in bytes */
  constructor(maxLength = MAX_FRAME_LENGTH) {
    this.#maxLength = maxLength
  }

  /** Bytes received and not yet handed out. */
  get bufferedLength(): number {
    return this.#length
  }

  /** Appends received bytes; the chunk is kept, not copied. */
  push(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return
    this.#chunks.push(chunk)
    this.#length += chunk.byteLength
    if (this.#chunks.length > MAX_CHUNKS) this.#join()
  }

  /**
   * Takes the body of the next whole frame; undefined until it has arrived.
   *
   * @throws ProtocolError ERR_FRAME_LENGTH_INVALID, ERR_FRAME_TOO_LONG: the stream is beyond repair
   */
  next(): Uint8Array | undefined {
    if (this.#length < this.#needed) return undefined
    const bytes = this.#join()
    const header = readLength(bytes, this.#maxLength)
    const end = header === undefined ? bytes.byteLength + 1 : header.size + header.length
    if (header === undefined || bytes.byteLength < end) {
      this.#needed = end
      return undefined
    }
    this.#reset(bytes.subarray(end))
    return bytes.subarray(header.size, end)
  }

  /** Takes everything received beyond the frames handed out: what follows belongs to somebody else. */
  takeRest(): Uint8Array {
    const rest = this.#join()
    this.#reset(new Uint8Array(0))
    return rest
  }

  #join(): Uint8Array {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] as Uint8Array
  }

  #reset(rest: Uint8Array): void {
    this.#chunks = rest.byteLength === 0 ? [] : [rest]
    this.#length = rest.byteLength
    this.#needed = 1
  }
}

function readLength(bytes: Uint8Array, maxLength: number): { length: number; size: number } | undefined {
  let length = 0
  for (let index = 0; index < bytes.byteLength; index++) {
    const byte = bytes[index] as number
    if (index === MAX_VARINT_LENGTH - 1 && byte > 1) {
      throw new ProtocolError('ERR_FRAME_LENGTH_INVALID', 'frame length does not fit 64 bits')
    }
    length += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) {
      if (length > maxLength) {
        throw new ProtocolError(
          'ERR_FRAME_TOO_LONG',
          `frame of ${length} bytes announced, at most ${maxLength} are accepted`,
        )
      }
      return { length, size: index + 1 }
    }
  }
  return undefined
}
