import type { DecipherChaCha20Poly1305 } from 'node:crypto'
import { opened as openedBytes } from '../disposal.ts'
import { type CipherState, TAG_LENGTH } from './cipher-state.ts'

/** A message that arrives in more pieces than this has them joined: each piece costs some hundred bytes by itself. */
const MAX_PIECES = 64

/**
 * Decrypts messages with their lengths before them, however they were split on their way. A piece is decrypted as it
 * comes, in place of being copied to the rest of its message, and given out when the whole message has proved genuine.
 */
export class FrameOpener {
  readonly #cipher: CipherState
  readonly #tag = Buffer.alloc(TAG_LENGTH)
  /** The first byte of a length whose second one is still to come. */
  #halfLength: number | undefined
  /** Of the message that is arriving. */
  #decipher: DecipherChaCha20Poly1305 | undefined
  #ciphertextLeft = 0
  #tagLeft = 0
  #pieces: Uint8Array[] = []

  constructor(cipher: CipherState) {
    this.#cipher = cipher
  }

  /**
   * Takes what arrived and appends the plaintext of every message that is complete to `opened`.
   *
   * @throws when a message is not the other side's, or not the next one
   */
  push(chunk: Uint8Array, opened: Uint8Array[]): void {
    let at = 0
    while (at < chunk.byteLength) {
      if (this.#decipher === undefined) at = this.#takeLength(chunk, at)
      else if (this.#ciphertextLeft > 0) at = this.#takeCiphertext(chunk, at, this.#decipher)
      else at = this.#takeTag(chunk, at, this.#decipher, opened)
    }
  }

  #takeLength(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number
    if (this.#halfLength === undefined) {
      this.#halfLength = byte
      return at + 1
    }
    const length = this.#halfLength * 256 + byte
    if (length < TAG_LENGTH) throw new Error(`noise message of ${length} bytes, too short for its tag`)
    this.#halfLength = undefined
    this.#decipher = this.#cipher.decipher()
    this.#ciphertextLeft = length - TAG_LENGTH
    this.#tagLeft = TAG_LENGTH
    return at + 1
  }

  #takeCiphertext(chunk: Uint8Array, at: number, decipher: DecipherChaCha20Poly1305): number {
    const end = Math.min(at + this.#ciphertextLeft, chunk.byteLength)
    const plaintext = decipher.update(chunk.subarray(at, end))
    openedBytes.track(plaintext)
    this.#pieces.push(plaintext)
    if (this.#pieces.length === MAX_PIECES) this.#pieces = [Buffer.concat(this.#pieces)]
    this.#ciphertextLeft -= end - at
    return end
  }

  #takeTag(chunk: Uint8Array, at: number, decipher: DecipherChaCha20Poly1305, opened: Uint8Array[]): number {
    const end = Math.min(at + this.#tagLeft, chunk.byteLength)
    this.#tag.set(chunk.subarray(at, end), TAG_LENGTH - this.#tagLeft)
    this.#tagLeft -= end - at
    if (this.#tagLeft > 0) return end
    decipher.setAuthTag(this.#tag)
    try {
      decipher.final()
    } catch (cause) {
      throw new Error('noise message not authentic', { cause })
    }
    for (const piece of this.#pieces) opened.push(piece)
    this.#pieces = []
    this.#decipher = undefined
    return end
  }
}
