import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { publicKeyFromProtobuf, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey, PublicKey } from '@libp2p/interface'
import { peerIdFromMultihash, peerIdFromPublicKey } from '@libp2p/peer-id'
import * as Digest from 'multiformats/hashes/digest'
import { encodeMessage, type PubsubMessage } from './rpc.ts'

const PREFIX = Buffer.from('libp2p-pubsub:')

/** The bytes before the key in the DER of an Ed25519 key pair's halves (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex')
const ED25519_LENGTH = 32

/** Adds the author's signature to a message, and the key where the peer id does not contain it. */
export type Signer = (message: PubsubMessage) => Promise<void>

/** Makes the signer of this daemon's own messages. */
export function createSigner(privateKey: PrivateKey): Signer {
  const { publicKey } = privateKey
  const key = embedsKey(publicKey) ? undefined : publicKeyToProtobuf(publicKey)
  const signBytes = createSignBytes(privateKey)
  return async message => {
    message.signature = await signBytes(signedBytes(message))
    if (key !== undefined) message.key = key
  }
}

/**
 * Verifies messages' signatures. It keeps the keys of the latest authors: to read a key again for each of its messages
 * takes several times as long as the signature itself.
 */
export class Verifier {
  readonly #keys = new Map<string, AuthorKey>()

  /** Whether the message was signed by the key that its author's peer id stands for. */
  async verifies(message: PubsubMessage): Promise<boolean> {
    const { from, signature, key } = message
    if (from === undefined || signature === undefined) return false
    try {
      const { signature: _, key: __, ...signed } = message
      return await this.#authorKey(from, key)(signedBytes(signed), signature)
    } catch {
      // no peer id, no key, not this peer's key, no signature by such a key
      return false
    }
  }

  #authorKey(from: Uint8Array, key: Uint8Array | undefined): AuthorKey {
    const name = `${latin1(from)} ${key === undefined ? '' : latin1(key)}`
    let author = this.#keys.get(name)
    if (author === undefined) author = readAuthorKey(from, key)
    // the order of a Map is the order of insertion: the author who has been silent for longest is the first one
    else this.#keys.delete(name)
    this.#keys.set(name, author)
    if (this.#keys.size > MAX_KEYS) this.#keys.delete(this.#keys.keys().next().value as string)
    return author
  }
}

/** Authors whose keys are kept. */
const MAX_KEYS = 1_024

type AuthorKey = (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>

/** @throws Error when there is no key, or not this author's */
function readAuthorKey(from: Uint8Array, key: Uint8Array | undefined): AuthorKey {
  const author = peerIdFromMultihash(Digest.decode(from) as Parameters<typeof peerIdFromMultihash>[0])
  const publicKey = key === undefined ? author.publicKey : publicKeyFromProtobuf(key)
  if (publicKey === undefined) throw new Error('the message has no key, and its author’s id contains none')
  if (!peerIdFromPublicKey(publicKey).equals(author)) throw new Error('the key is not the author’s')
  if (publicKey.type !== 'Ed25519') return (bytes, signature) => publicKey.verify(bytes, signature)
  const native = ed25519Key(publicKey.raw)
  return (bytes, signature) => verify(null, bytes, native, signature)
}

function ed25519Key(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_DER, raw]), format: 'der', type: 'spki' })
}

function createSignBytes(privateKey: PrivateKey): (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array> {
  if (privateKey.type !== 'Ed25519') return bytes => privateKey.sign(bytes)
  const der = Buffer.concat([PRIVATE_DER, privateKey.raw.subarray(0, ED25519_LENGTH)])
  const native = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return bytes => sign(null, bytes, native)
}

function embedsKey(publicKey: PublicKey): boolean {
  return peerIdFromPublicKey(publicKey).toMultihash().code === 0
}

function signedBytes(message: PubsubMessage): Uint8Array {
  return Buffer.concat([PREFIX, encodeMessage(message)])
}

function latin1({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}
