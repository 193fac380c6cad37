import { sealed } from '../disposal.ts'
import { type CipherState, TAG_LENGTH } from './cipher-state.ts'

const LENGTH_LENGTH = 2

/**
 * The most plaintext that one message carries here. The protocol allows one byte more, which would make the message a
 * byte longer than what a socket is usually read in, 64 KiB, and have every message end in a read of its own.
 */
export const MAX_PLAINTEXT = 65_536 - LENGTH_LENGTH - TAG_LENGTH

/** Below this, in bytes, a message is made in one piece: it costs less to copy than to pass on several. */
const SMALL = 4_096

/** Encrypts what is to be sent, as messages with their lengths before them. */
export class FrameSealer {
  readonly #cipher: CipherState

  constructor(cipher: CipherState) {
    this.#cipher = cipher
  }

  /** @param parts together the plaintext, of this length, which is at most {@link MAX_PLAINTEXT} */
  seal(parts: readonly Uint8Array[], length: number): Uint8Array[] {
    return length < SMALL ? [this.#sealSmall(parts, length)] : this.#sealParts(parts, length)
  }

  #sealSmall(parts: readonly Uint8Array[], length: number): Uint8Array {
    const [first] = parts
    const plaintext = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, length)
    const frame = Buffer.allocUnsafe(LENGTH_LENGTH + length + TAG_LENGTH)
    frame.writeUInt16BE(length + TAG_LENGTH)
    const cipher = this.#cipher.cipher()
    frame.set(cipher.update(plaintext), LENGTH_LENGTH)
    cipher.final()
    frame.set(cipher.getAuthTag(), LENGTH_LENGTH + length)
    return frame
  }

  #sealParts(parts: readonly Uint8Array[], length: number): Uint8Array[] {
    const prefix = Buffer.allocUnsafe(LENGTH_LENGTH)
    prefix.writeUInt16BE(length + TAG_LENGTH)
    const frame: Uint8Array[] = [prefix]
    const cipher = this.#cipher.cipher()
    for (const part of parts) {
      const ciphertext = cipher.update(part)
      sealed.track(ciphertext)
      frame.push(ciphertext)
    }
    cipher.final()
    frame.push(cipher.getAuthTag())
    return frame
  }
}
