import {
  type CipherChaCha20Poly1305,
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type DecipherChaCha20Poly1305,
  type KeyObject,
} from 'node:crypto'

const ALGORITHM = 'chacha20-poly1305'

/** The length, in bytes, of what proves that a ciphertext is the sender's. */
export const TAG_LENGTH = 16

const OPTIONS = { authTagLength: TAG_LENGTH } as const

/**
 * Noise's CipherState: a key and a counter, which is the nonce.
 *
 * The key is kept as Node's KeyObject: from raw bytes each message would cost four times as much to begin. WebAssembly
 * was measured too, and is faster only below 300 bytes, by less than two microseconds.
 */
export class CipherState {
  readonly #key: KeyObject
  /** 32 bits of zeros and the counter, little-endian. */
  readonly #nonce = Buffer.alloc(12)
  #count = 0

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key)
  }

  /** Starts to encrypt the next message. */
  cipher(): CipherChaCha20Poly1305 {
    return createCipheriv(ALGORITHM, this.#key, this.#nextNonce(), OPTIONS)
  }

  /** Starts to decrypt the next message. */
  decipher(): DecipherChaCha20Poly1305 {
    return createDecipheriv(ALGORITHM, this.#key, this.#nextNonce(), OPTIONS)
  }

  #nextNonce(): Buffer {
    // exact up to 2^53 messages, more than a connection can ever carry
    this.#nonce.writeUInt32LE(this.#count % 2 ** 32, 4)
    this.#nonce.writeUInt32LE(Math.floor(this.#count / 2 ** 32), 8)
    this.#count += 1
    return this.#nonce
  }
}
