import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { base58btc } from 'multiformats/bases/base58'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConfigError } from './failure.ts'
import { generateIdentity, type KeyType, loadIdentity } from './identity.ts'

/** Made by go-libp2p 0.36.2's `crypto.MarshalPrivateKey` and `peer.IDFromPublicKey`. */
const GO_IDENTITIES: Record<KeyType, { peerId: string; base64: string }> = JSON.parse(
  await readFile(new URL('fixtures/go-identities.json', import.meta.url), 'utf8'),
)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-identity-'))
})
afterAll(() => rm(folder, { recursive: true }))

const load = async (contents: Uint8Array | string) => {
  const path = join(folder, 'key')
  await writeFile(path, contents)
  return loadIdentity(path)
}

/** A key file of a protobuf type number and key data. */
const keyFile = (type: number, data: Uint8Array): Uint8Array => {
  const { length } = data
  const prefix = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7]
  return Buffer.from([8, type, 18, ...prefix, ...data])
}

const ED25519_DATA = Buffer.from(GO_IDENTITIES.ed25519.base64, 'base64').subarray(4)

test('no path is a fresh ed25519 identity', async () => {
  const [one, two] = [await loadIdentity(undefined), await loadIdentity(undefined)]
  expect(one.type).toBe('Ed25519')
  expect(one.equals(two)).toBe(false)
})

test.each(['rsa', 'ed25519', 'secp256k1'] as const)("go's %s key has the same peer id here", async type => {
  const { base64, peerId } = GO_IDENTITIES[type]
  const key = await load(Buffer.from(base64, 'base64'))
  expect(peerIdFromPrivateKey(key).toString()).toBe(peerId)
  const message = Buffer.from('message')
  expect(await key.publicKey.verify(message, await key.sign(message))).toBe(true)
})

test('an ed25519 key may have its public half twice', async () => {
  const key = await load(keyFile(1, Buffer.concat([ED25519_DATA, ED25519_DATA.subarray(32)])))
  expect(peerIdFromPrivateKey(key).toString()).toBe(GO_IDENTITIES.ed25519.peerId)
})

test('an ecdsa key is refused: js-libp2p cannot use it', async () => {
  await expect(load(Buffer.from(GO_IDENTITIES.ecdsa.base64, 'base64'))).rejects.toThrow(
    new ConfigError('ecdsa identities cannot be used by js-libp2p: make an ed25519, secp256k1 or rsa key'),
  )
  const key = await generateKeyPair('ECDSA')
  expect(() => peerIdFromPrivateKey(key)).toThrow()
})

const rsa = (modulusLength: number, type: 'pkcs1' | 'pkcs8'): Uint8Array =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ format: 'der', type })

test.each([
  ['junk', 'junk', 'proto: cannot parse invalid wire-format data'],
  ['an empty file', '', 'proto: required field crypto.pb.PrivateKey.Type not set'],
  ['a key without type', Buffer.from([18, 1, 0]), 'proto: required field crypto.pb.PrivateKey.Type not set'],
  ['a type without key', Buffer.from([8, 1]), 'proto: required field crypto.pb.PrivateKey.Data not set'],
  ['an unknown type', keyFile(4, Buffer.alloc(1)), 'invalid or unsupported key type'],
  ['an ed25519 seed alone', keyFile(1, Buffer.alloc(32)), 'expected ed25519 data size to be 64 or 96, got 32'],
  [
    'an ed25519 key with another public half',
    keyFile(1, Buffer.concat([ED25519_DATA.subarray(0, 32), Buffer.alloc(32)])),
    'the public half of the ed25519 key does not belong to its private half',
  ],
  [
    'an ed25519 key with two public halves',
    keyFile(1, Buffer.concat([ED25519_DATA, Buffer.alloc(32)])),
    'expected redundant ed25519 public key to be redundant',
  ],
  ['a short secp256k1 key', keyFile(2, Buffer.alloc(31)), 'expected secp256k1 data size to be 32'],
  ['a secp256k1 key of zero', keyFile(2, Buffer.alloc(32)), 'the secp256k1 key is outside the range of private keys'],
  ['rsa junk', keyFile(0, Buffer.alloc(9)), 'the rsa key is not in PKCS#1 form'],
  ['a PKCS#8 rsa key', keyFile(0, rsa(2048, 'pkcs8')), 'the rsa key is not in PKCS#1 form'],
  ['a short rsa key', keyFile(0, rsa(1024, 'pkcs1')), 'rsa keys must be >= 2048 bits to be useful'],
])('%s is refused', async (_, contents, message) => {
  await expect(load(contents)).rejects.toThrow(new ConfigError(message))
})

test('a missing file is named', async () => {
  await expect(loadIdentity('/not/there')).rejects.toThrow(
    new ConfigError('open /not/there: no such file or directory'),
  )
})

test.each(['rsa', 'ed25519', 'secp256k1'] as const)('a generated %s identity loads', async type => {
  const { encoded, peerId } = await generateIdentity(type, 2048)
  expect(peerIdFromPrivateKey(await load(encoded)).toString()).toBe(peerId)
})

/** The peer id of an ecdsa key file, by the specification: the hash of the protobuf of the PKIX public key. */
const ecdsaPeerId = (encoded: Uint8Array): string => {
  const sec1 = createPrivateKey({ key: Buffer.from(encoded.subarray(4)), format: 'der', type: 'sec1' })
  const pkix = createPublicKey(sec1).export({ format: 'der', type: 'spki' })
  const hash = createHash('sha256').update(keyFile(3, pkix)).digest()
  return base58btc.baseEncode(Uint8Array.of(0x12, 32, ...hash))
}

test('a generated ecdsa identity has the peer id that go derives', async () => {
  const { base64, peerId } = GO_IDENTITIES.ecdsa
  expect(ecdsaPeerId(Buffer.from(base64, 'base64'))).toBe(peerId)
  const generated = await generateIdentity('ecdsa', 2048)
  expect(generated.encoded).toHaveLength(Buffer.from(base64, 'base64').length)
  expect(ecdsaPeerId(generated.encoded)).toBe(generated.peerId)
})

test('rsa keys have a length that other peers accept', async () => {
  await expect(generateIdentity('rsa', 1024)).rejects.toThrow(
    new ConfigError('rsa keys must be >= 2048 bits to be useful'),
  )
  await expect(generateIdentity('rsa', 16_384)).rejects.toThrow(new ConfigError('rsa keys must be <= 8192 bits'))
  const { encoded } = await generateIdentity('rsa', 3072)
  expect((await load(encoded)).type).toBe('RSA')
})
