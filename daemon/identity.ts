import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { generateKeyPair, generateKeyPairFromSeed, privateKeyFromRaw, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { base58btc } from 'multiformats/bases/base58'
import protobuf from 'protobufjs/minimal.js'
import { ConfigError } from './failure.ts'

/**
 * Identity files in the form that all libp2p implementations share: a `PrivateKey` protobuf of a key type and the key in
 * that type's own encoding. What is wrong with one is said in go's words, without the path, as go does.
 */

/** The key types; the index is the protobuf's number. */
export const KEY_TYPES = ['rsa', 'ed25519', 'secp256k1', 'ecdsa'] as const

export type KeyType = (typeof KEY_TYPES)[number]

/** A new key: the contents of its file, and the peer id that all implementations derive from it. */
export interface GeneratedIdentity {
  readonly encoded: Uint8Array
  readonly peerId: string
}

const MIN_RSA_BITS = 2048
const MAX_RSA_BITS = 8192
const ED25519_SEED_LENGTH = 32
const ED25519_KEY_LENGTH = 64
/** An old form of the key that has its public half twice. */
const ED25519_REDUNDANT_KEY_LENGTH = 96
const SECP256K1_KEY_LENGTH = 32

/**
 * Reads the daemon's private key from a file, or makes a fresh Ed25519 one when there is no path.
 *
 * @throws ConfigError when there is no such file, or no key in it that js-libp2p can use
 */
export async function loadIdentity(path: string | undefined): Promise<PrivateKey> {
  if (path === undefined) return generateKeyPair('Ed25519')
  const bytes = await readFile(path).catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
  const { type, data } = decodePrivateKey(bytes)
  switch (KEY_TYPES[type]) {
    case 'rsa':
      return decodeRsa(data)
    case 'ed25519':
      return decodeEd25519(data)
    case 'secp256k1':
      return decodeSecp256k1(data)
    case 'ecdsa':
      // js-libp2p derives another peer id from such a key than all others do, and cannot prove that it owns it.
      throw new ConfigError('ecdsa identities cannot be used by js-libp2p: make an ed25519, secp256k1 or rsa key')
    default:
      throw new ConfigError('invalid or unsupported key type')
  }
}

/**
 * Makes a new identity; the number of bits matters to RSA only.
 *
 * @throws ConfigError when an RSA key of that many bits would not be accepted by other peers
 */
export async function generateIdentity(type: KeyType, bits: number): Promise<GeneratedIdentity> {
  if (type === 'ecdsa') return generateEcdsa()
  if (type === 'rsa') checkRsaBits(bits)
  const key = await generate(type, bits)
  return { encoded: privateKeyToProtobuf(key), peerId: peerIdFromPrivateKey(key).toString() }
}

function generate(type: Exclude<KeyType, 'ecdsa'>, bits: number): Promise<PrivateKey> {
  switch (type) {
    case 'rsa':
      return generateKeyPair('RSA', bits)
    case 'ed25519':
      return generateKeyPair('Ed25519')
    case 'secp256k1':
      return generateKeyPair('secp256k1')
  }
}

/** A key for other implementations: SEC1 for the private half, and the peer id the hash of the PKIX public half. */
function generateEcdsa(): GeneratedIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const encodedPublic = encodeKey('ecdsa', publicKey.export({ type: 'spki', format: 'der' }))
  const sha256 = createHash('sha256').update(encodedPublic).digest()
  return {
    encoded: encodeKey('ecdsa', privateKey.export({ type: 'sec1', format: 'der' })),
    peerId: base58btc.baseEncode(Buffer.concat([SHA2_256_PREFIX, sha256])),
  }
}

/** What makes a SHA-256 digest a multihash: the hash function's code and the digest's length. */
const SHA2_256_PREFIX = Uint8Array.of(0x12, 32)

const TYPE_TAG = (1 << 3) | 0
const DATA_TAG = (2 << 3) | 2

function encodeKey(type: KeyType, data: Uint8Array): Uint8Array {
  return protobuf.Writer.create().uint32(TYPE_TAG).int32(KEY_TYPES.indexOf(type)).uint32(DATA_TAG).bytes(data).finish()
}

function decodePrivateKey(bytes: Uint8Array): { type: number; data: Uint8Array } {
  let type: number | undefined
  let data: Uint8Array | undefined
  try {
    const reader = protobuf.Reader.create(bytes)
    while (reader.pos < reader.len) {
      const tag = reader.uint32()
      if (tag === TYPE_TAG) type = reader.int32()
      else if (tag === DATA_TAG) data = Uint8Array.from(reader.bytes())
      else reader.skipType(tag & 7, 0, tag >>> 3)
    }
  } catch (cause) {
    throw new ConfigError('proto: cannot parse invalid wire-format data', { cause })
  }
  if (type === undefined) throw new ConfigError('proto: required field crypto.pb.PrivateKey.Type not set')
  if (data === undefined) throw new ConfigError('proto: required field crypto.pb.PrivateKey.Data not set')
  return { type, data }
}

function decodeRsa(data: Uint8Array): PrivateKey {
  checkRsaBits(readPkcs1Bits(data))
  return privateKeyFromRaw(data)
}

/** OpenSSL takes PKCS#8 for PKCS#1; go and js-libp2p do not, so the key has to come out as it went in. */
function readPkcs1Bits(data: Uint8Array): number {
  try {
    const key = createPrivateKey({ key: Buffer.from(data), format: 'der', type: 'pkcs1' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    if (bits !== undefined && key.export({ format: 'der', type: 'pkcs1' }).equals(data)) return bits
  } catch (cause) {
    throw new ConfigError('the rsa key is not in PKCS#1 form', { cause })
  }
  throw new ConfigError('the rsa key is not in PKCS#1 form')
}

function checkRsaBits(bits: number): void {
  if (bits < MIN_RSA_BITS) throw new ConfigError(`rsa keys must be >= ${MIN_RSA_BITS} bits to be useful`)
  if (bits > MAX_RSA_BITS) throw new ConfigError(`rsa keys must be <= ${MAX_RSA_BITS} bits`)
}

async function decodeEd25519(data: Uint8Array): Promise<PrivateKey> {
  const { length } = data
  if (length !== ED25519_KEY_LENGTH && length !== ED25519_REDUNDANT_KEY_LENGTH) {
    throw new ConfigError(`expected ed25519 data size to be 64 or 96, got ${length}`)
  }
  const key = await generateKeyPairFromSeed('Ed25519', data.subarray(0, ED25519_SEED_LENGTH))
  const publicKey = Buffer.from(key.publicKey.raw)
  if (!publicKey.equals(data.subarray(ED25519_SEED_LENGTH, ED25519_KEY_LENGTH))) {
    throw new ConfigError('the public half of the ed25519 key does not belong to its private half')
  }
  if (length === ED25519_REDUNDANT_KEY_LENGTH && !publicKey.equals(data.subarray(ED25519_KEY_LENGTH))) {
    throw new ConfigError('expected redundant ed25519 public key to be redundant')
  }
  return key
}

function decodeSecp256k1(data: Uint8Array): PrivateKey {
  if (data.length !== SECP256K1_KEY_LENGTH) {
    throw new ConfigError(`expected secp256k1 data size to be ${SECP256K1_KEY_LENGTH}`)
  }
  try {
    return privateKeyFromRaw(data)
  } catch (cause) {
    throw new ConfigError('the secp256k1 key is outside the range of private keys', { cause })
  }
}
