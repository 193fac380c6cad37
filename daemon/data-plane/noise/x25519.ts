import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** What stands before the 32 bytes of a key in its SubjectPublicKeyInfo, the only form in which Node takes one. */
const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex')

/** The length, in bytes, of a public key on the wire. */
export const PUBLIC_KEY_LENGTH = 32

/** A key pair for X25519, with its public key as it goes over the wire. */
export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
}

export function generateKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.byteLength) }
}

/**
 * The secret that both sides can compute.
 *
 * @throws when the other side's key is of low order, and the secret would be known to everybody
 */
export function sharedSecret({ privateKey }: KeyPair, publicKey: Uint8Array): Buffer {
  const key = Buffer.concat([SPKI_PREFIX, publicKey])
  return diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) })
}
