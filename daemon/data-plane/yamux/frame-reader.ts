import { opened } from '../disposal.ts'
import { decodeHeader, type FrameHeader, FrameType, HEADER_LENGTH } from './frame.ts'

/** Told of what arrives, in order. */
export interface FrameSink {
  /** A header; of a data frame, the data follows. */
  onHeader(header: FrameHeader): void
  /** Some of the data of the frame whose header came last. */
  onDataPiece(piece: Uint8Array): void
  /** All data of that frame has come. */
  onDataEnd(): void
}

/** Cuts a byte stream into frames, however it was split on its way. Data is passed on as it comes, never kept or copied. */
export class FrameReader {
  readonly #sink: FrameSink
  readonly #header = Buffer.alloc(HEADER_LENGTH)
  #headerLength = 0
  /** Of the data of the current frame. */
  #left = 0

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** @throws YamuxProtocolError */
  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.byteLength) {
      if (this.#left > 0) {
        const end = Math.min(at + this.#left, chunk.byteLength)
        this.#left -= end - at
        this.#sink.onDataPiece(at === 0 && end === chunk.byteLength ? chunk : chunk.subarray(at, end))
        at = end
        if (this.#left === 0) this.#sink.onDataEnd()
      } else if (this.#headerLength === 0 && chunk.byteLength - at >= HEADER_LENGTH) {
        this.#start(chunk.subarray(at, at + HEADER_LENGTH))
        opened.release(chunk, HEADER_LENGTH)
        at += HEADER_LENGTH
      } else {
        const end = Math.min(at + HEADER_LENGTH - this.#headerLength, chunk.byteLength)
        this.#header.set(chunk.subarray(at, end), this.#headerLength)
        this.#headerLength += end - at
        opened.release(chunk, end - at)
        at = end
        if (this.#headerLength < HEADER_LENGTH) return
        this.#headerLength = 0
        this.#start(this.#header)
      }
    }
  }

  #start(bytes: Uint8Array): void {
    const header = decodeHeader(bytes)
    this.#sink.onHeader(header)
    if (header.type !== FrameType.data) return
    this.#left = header.length
    if (header.length === 0) this.#sink.onDataEnd()
  }
}
