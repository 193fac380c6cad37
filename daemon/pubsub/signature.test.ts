import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { expect, test } from 'vitest'
import type { PubsubMessage } from './rpc.ts'
import { createSigner, Verifier } from './signature.ts'

const types = ['Ed25519', 'secp256k1', 'RSA'] as const
const keys = await Promise.all([generateKeyPair('Ed25519'), generateKeyPair('secp256k1'), generateKeyPair('RSA', 2048)])
const cases = types.map((type, index) => [type, keys[index] as (typeof keys)[number]] as const)

async function signed(privateKey: (typeof keys)[number], parts: Partial<PubsubMessage> = {}): Promise<PubsubMessage> {
  const from = peerIdFromPrivateKey(privateKey).toMultihash().bytes
  const message: PubsubMessage = { from, data: Buffer.from('hello'), seqno: Buffer.alloc(8, 1), topic: 't', ...parts }
  await createSigner(privateKey)(message)
  return message
}

test.each(cases)('a message signed by a key of type %s verifies; only RSA’s has the key in it', async (type, key) => {
  const message = await signed(key)
  expect(message.key !== undefined).toBe(type === 'RSA')
  const verifier = new Verifier()
  expect(await verifier.verifies(message)).toBe(true)
  expect(await verifier.verifies(message)).toBe(true)
})

test.each(cases)('a changed message does not verify (%s)', async (_type, key) => {
  const verifier = new Verifier()
  const message = await signed(key)
  const changes: Partial<PubsubMessage>[] = [
    { data: Buffer.from('hellO') },
    { topic: 'u' },
    { topicless: true },
    { seqno: Buffer.alloc(8, 2) },
    { signature: Buffer.alloc(64) },
    { signature: new Uint8Array(0) },
    { from: Uint8Array.of(1, 2, 3) },
    { key: Uint8Array.of(8, 1, 18, 1, 0) },
  ]
  for (const change of changes) expect(await verifier.verifies({ ...message, ...change })).toBe(false)
  expect(await verifier.verifies(message)).toBe(true)
})

test('nobody signs for another: the key must be the author’s', async () => {
  const verifier = new Verifier()
  const [author, , rsa] = keys
  const from = peerIdFromPrivateKey(author).toMultihash().bytes
  expect(await verifier.verifies(await signed(rsa, { from }))).toBe(false)
  const { key: _, ...keyless } = await signed(rsa)
  expect(await verifier.verifies(keyless)).toBe(false)
})

test('without author or signature there is nothing to verify', async () => {
  const message = await signed(keys[0])
  const { from: _, ...authorless } = message
  const { signature: __, ...unsigned } = message
  expect(await new Verifier().verifies(authorless)).toBe(false)
  expect(await new Verifier().verifies(unsigned)).toBe(false)
})

test('absent and empty data are different messages', async () => {
  const verifier = new Verifier()
  const empty = await signed(keys[0], { data: new Uint8Array(0) })
  expect(await verifier.verifies(empty)).toBe(true)
  const { data: _, ...absent } = empty
  expect(await verifier.verifies(absent)).toBe(false)
})
