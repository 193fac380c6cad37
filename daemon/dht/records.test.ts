import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { beforeAll, expect, test } from 'vitest'
import { ipnsKey, ipnsRecord } from './fixtures.ts'
import { isAsGood, isRecordKey, isValidRecord, validateRecord } from './records.ts'

let owner: PrivateKey
let other: PrivateKey
let rsa: PrivateKey
beforeAll(async () => {
  ;[owner, other, rsa] = await Promise.all([
    generateKeyPair('Ed25519'),
    generateKeyPair('Ed25519'),
    generateKeyPair('RSA', 2048),
  ])
})

const pkKey = ({ publicKey }: PrivateKey): Uint8Array =>
  Buffer.concat([Buffer.from('/pk/'), publicKey.toMultihash().bytes])
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test.each([
  ['/pk/x', true],
  ['/ipns/x', true],
  ['/pk/', true],
  ['/pk', false],
  ['/x/y', false],
  ['//pk/x', false],
  ['pk/x', false],
  ['', false],
  ['/constructor/x', false],
])('%s: whether values are stored under such keys is %s', (key, expected) => {
  expect(isRecordKey(bytes(key))).toBe(expected)
})

test('public keys and IPNS records are valid under the keys that they belong to', async () => {
  await validateRecord(pkKey(owner), publicKeyToProtobuf(owner.publicKey))
  await validateRecord(pkKey(rsa), publicKeyToProtobuf(rsa.publicKey))
  await validateRecord(ipnsKey(owner), await ipnsRecord(owner, 1))
  // an RSA id does not hold the key: the record must
  await validateRecord(ipnsKey(rsa), await ipnsRecord(rsa, 1))
})

// texts of go-libp2p-daemon
test.each<[string, () => Uint8Array, () => Promise<Uint8Array> | Uint8Array, string]>([
  ['another namespace', () => bytes('/x/y'), () => bytes(''), 'invalid record keytype'],
  [
    'a key that is no multihash',
    () => bytes('/pk/abc'),
    () => bytes(''),
    'key did not contain valid multihash: length greater than remaining number of bytes in buffer',
  ],
  [
    'a key of nothing',
    () => bytes('/pk/'),
    () => bytes(''),
    'key did not contain valid multihash: multihash too short. must be >= 2 bytes',
  ],
  ['a value that is no protobuf', () => pkKey(owner), () => bytes('v'), 'proto: cannot parse invalid wire-format data'],
  ['no value', () => pkKey(owner), () => bytes(''), 'proto: required field crypto.pb.PublicKey.Type not set'],
  ['no data', () => pkKey(owner), () => bytes('\x08\x01'), 'proto: required field crypto.pb.PublicKey.Data not set'],
  [
    'a public key of somebody else',
    () => pkKey(owner),
    () => publicKeyToProtobuf(other.publicKey),
    'public key does not match storage key',
  ],
  ['no IPNS record', () => ipnsKey(owner), () => bytes('v'), 'record could not be unmarshalled'],
  ['no IPNS key', () => bytes('/ipns/abc'), () => bytes(''), 'record key could not be parsed into peer ID'],
  [
    'an IPNS record without any signature',
    () => ipnsKey(owner),
    () => bytes(''),
    'record signature verification failed',
  ],
  ['an IPNS record without the public key', () => ipnsKey(rsa), () => bytes(''), 'public key not found in peer store'],
  [
    'an IPNS record of somebody else',
    () => ipnsKey(rsa),
    () => ipnsRecord(other, 1),
    'public key not found in peer store',
  ],
  ['an expired IPNS record', () => ipnsKey(owner), () => ipnsRecord(owner, 1, -60_000), 'expired record'],
])('%s is refused', async (_name, key, value, message) => {
  await expect(validateRecord(key(), await value())).rejects.toMatchObject({ code: 'ERR_RECORD_INVALID', message })
  expect(await isValidRecord(key(), await value())).toBe(false)
})

test('a changed IPNS record is refused', async () => {
  const record = Buffer.from(await ipnsRecord(owner, 1))
  const at = record.indexOf('/ipfs/bafkqaaa')
  record[at + 6] = 'c'.charCodeAt(0)
  expect(await isValidRecord(ipnsKey(owner), record)).toBe(false)
})

test('the IPNS record with the higher sequence is the better one, and of two that are equal neither is', async () => {
  const [old, recent] = await Promise.all([ipnsRecord(owner, 1), ipnsRecord(owner, 2)])
  const key = ipnsKey(owner)
  expect([isAsGood(key, recent, old), isAsGood(key, old, recent), isAsGood(key, old, old)]).toEqual([true, false, true])
  const pk = pkKey(owner)
  expect(isAsGood(pk, bytes('a'), bytes('b'))).toBe(true)
})
