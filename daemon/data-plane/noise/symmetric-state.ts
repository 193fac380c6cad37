import { createHash, hkdfSync } from 'node:crypto'
import { CipherState, TAG_LENGTH } from './cipher-state.ts'

const PROTOCOL_NAME = 'Noise_XX_25519_ChaChaPoly_SHA256'
const EMPTY = new Uint8Array(0)

/** Noise's SymmetricState: a hash of all that was said, and the keys that follow from all secrets shared so far. */
export class SymmetricState {
  /** The name has exactly a hash's length, which is why it is not hashed. */
  #hash: Uint8Array = Buffer.from(PROTOCOL_NAME)
  #chainingKey: Uint8Array = this.#hash
  #cipher: CipherState | undefined

  constructor() {
    // libp2p has no prologue
    this.mixHash(EMPTY)
  }

  mixHash(data: Uint8Array): void {
    this.#hash = createHash('sha256').update(this.#hash).update(data).digest()
  }

  mixKey(secret: Uint8Array): void {
    const [chainingKey, key] = this.#derive(secret)
    this.#chainingKey = chainingKey
    this.#cipher = new CipherState(key)
  }

  encryptAndHash(plaintext: Uint8Array): Uint8Array {
    const ciphertext = this.#encrypt(plaintext)
    this.mixHash(ciphertext)
    return ciphertext
  }

  /** @throws when the other side does not know the same secrets, or has heard something else */
  decryptAndHash(ciphertext: Uint8Array): Uint8Array {
    const plaintext = this.#decrypt(ciphertext)
    this.mixHash(ciphertext)
    return plaintext
  }

  /** The keys of the two directions, the initiator's first. */
  split(): readonly [CipherState, CipherState] {
    const [first, second] = this.#derive(EMPTY)
    return [new CipherState(first), new CipherState(second)]
  }

  #derive(secret: Uint8Array): readonly [Uint8Array, Uint8Array] {
    const derived = Buffer.from(hkdfSync('sha256', secret, this.#chainingKey, EMPTY, 64))
    return [derived.subarray(0, 32), derived.subarray(32)]
  }

  #encrypt(plaintext: Uint8Array): Uint8Array {
    if (this.#cipher === undefined) return plaintext
    const cipher = this.#cipher.cipher()
    cipher.setAAD(this.#hash, { plaintextLength: plaintext.byteLength })
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  }

  #decrypt(ciphertext: Uint8Array): Uint8Array {
    if (this.#cipher === undefined) return ciphertext
    const length = ciphertext.byteLength - TAG_LENGTH
    if (length < 0) throw new Error('handshake message too short')
    const decipher = this.#cipher.decipher()
    decipher.setAAD(this.#hash, { plaintextLength: length })
    decipher.setAuthTag(ciphertext.subarray(length))
    return Buffer.concat([decipher.update(ciphertext.subarray(0, length)), decipher.final()])
  }
}
