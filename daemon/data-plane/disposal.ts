/** Less than this, in bytes, is left to the garbage collector. */
const WORTHWHILE = 4_096

/**
 * Gives buffers back as soon as the last of their bytes has been used. Node's cipher makes a new one for each result, and
 * V8 counts them by the memory that they hold: left to it, the whole heap was searched for garbage every 13 MB.
 *
 * Only bytes that nobody else can have may be released. Where they are not, the collector finds the buffer as ever.
 */
export class Disposal {
  readonly #left = Symbol('bytes left')

  /** Takes a buffer in, if these bytes are all of it. */
  track(bytes: Uint8Array): void {
    const { byteLength, buffer } = bytes
    if (byteLength >= WORTHWHILE && byteLength === buffer.byteLength) this.#counts(bytes)[this.#left] = byteLength
  }

  /** Says that bytes of a buffer, which need not be one that is tracked, are not used any more. */
  release(bytes: Uint8Array, length = bytes.byteLength): void {
    const counts = this.#counts(bytes)
    const left = counts[this.#left]
    if (left === undefined) return
    counts[this.#left] = left - length
    // nothing else frees memory before the collector's turn
    if (left === length) (bytes.buffer as ArrayBuffer).transfer(0)
  }

  /** What is noted at the buffer itself: a map by buffers would cost the collector more. */
  #counts({ buffer }: Uint8Array): Record<symbol, number | undefined> {
    return buffer as unknown as Record<symbol, number | undefined>
  }
}

/** What was encrypted, until the socket of its connection has passed it on. */
export const sealed = new Disposal()

/** What was decrypted, until an application's socket has passed it on. */
export const opened = new Disposal()
