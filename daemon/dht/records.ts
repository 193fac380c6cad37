import { publicKeyFromProtobuf } from '@libp2p/crypto/keys'
import { ipnsSelector } from 'ipns/selector'
import { ipnsValidator } from 'ipns/validator'
import * as Digest from 'multiformats/hashes/digest'
import { RequestError } from '../control/request-error.ts'
import { fieldsOf } from './wire.ts'

/** What values of a namespace must be, and which of two is the better one. */
interface Namespace {
  /** @throws RequestError ERR_RECORD_INVALID in go's words */
  validate(key: Uint8Array, value: Uint8Array): Promise<void>
  /** The index of the best of these, all of them valid. */
  select(key: Uint8Array, values: Uint8Array[]): number
}

/** The namespaces of the public DHT: its peers store nothing else. */
const NAMESPACES: Readonly<Record<string, Namespace>> = {
  pk: { validate: validatePublicKey, select: () => 0 },
  ipns: { validate: validateIpns, select: ipnsSelector },
}

/** Whether values can be stored under this key at all. */
export function isRecordKey(key: Uint8Array): boolean {
  return namespaceOf(key) !== undefined
}

/**
 * Insists that a value may be stored under a key.
 *
 * @throws RequestError ERR_RECORD_INVALID in go's words
 */
export async function validateRecord(key: Uint8Array, value: Uint8Array): Promise<void> {
  const namespace = namespaceOf(key)
  if (namespace === undefined) throw invalid('invalid record keytype')
  await namespace.validate(key, value)
}

/** Whether a value is valid at this time; records of IPNS expire. */
export async function isValidRecord(key: Uint8Array, value: Uint8Array): Promise<boolean> {
  return validateRecord(key, value).then(
    () => true,
    () => false,
  )
}

/** Whether the first of two valid values is at least as good as the second: newer, or the same. */
export function isAsGood(key: Uint8Array, value: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(value, other) === 0 || namespaceOf(key)?.select(key, [value, other]) === 0
}

/** A key is `/<namespace>/<anything>`; bytes, not text. */
function namespaceOf(key: Uint8Array): Namespace | undefined {
  const slash = '/'.charCodeAt(0)
  const end = key.indexOf(slash, 1)
  if (key[0] !== slash || end === -1) return undefined
  const name = Buffer.from(key.subarray(1, end)).toString('latin1')
  return Object.hasOwn(NAMESPACES, name) ? NAMESPACES[name] : undefined
}

function invalid(message: string, cause?: unknown): RequestError {
  return new RequestError('ERR_RECORD_INVALID', message, { cause })
}

const NOT_PROTOBUF = 'proto: cannot parse invalid wire-format data'

async function validatePublicKey(key: Uint8Array, value: Uint8Array): Promise<void> {
  const multihash = key.subarray('/pk/'.length)
  const fault = multihashFault(multihash)
  if (fault !== undefined) throw invalid(`key did not contain valid multihash: ${fault}`)
  let actual: Uint8Array
  try {
    actual = publicKeyFromProtobuf(value).toMultihash().bytes
  } catch (cause) {
    throw invalid(publicKeyFault(value), cause)
  }
  if (Buffer.compare(actual, multihash) !== 0) throw invalid('public key does not match storage key')
}

function publicKeyFault(value: Uint8Array): string {
  const fields = fieldsOf(value)
  if (fields === undefined) return NOT_PROTOBUF
  if (!fields.has(1)) return 'proto: required field crypto.pb.PublicKey.Type not set'
  if (!fields.has(2)) return 'proto: required field crypto.pb.PublicKey.Data not set'
  return 'invalid or unsupported key type'
}

function multihashFault(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength < 2) return 'multihash too short. must be >= 2 bytes'
  try {
    Digest.decode(bytes)
    return undefined
  } catch {
    return 'length greater than remaining number of bytes in buffer'
  }
}

/** What js-libp2p's validator calls a fault, in the words of go's. */
const IPNS_FAULTS: Readonly<Record<string, string>> = {
  SignatureVerificationError: 'record signature verification failed',
  RecordExpiredError: 'expired record',
  RecordTooLargeError: 'record exceeds allowed size limit',
  UnsupportedValidityError: 'unrecognized validity type',
}

/** The field of an IPNS record that holds a public key, and the hash that is none. */
const PUBLIC_KEY_FIELD = 7
const IDENTITY = 0x00

async function validateIpns(key: Uint8Array, value: Uint8Array): Promise<void> {
  try {
    await ipnsValidator(key, value)
  } catch (cause) {
    throw invalid(ipnsFault(key.subarray('/ipns/'.length), value, cause as Error), cause)
  }
}

/** Looks at the value, then at the key, then for the public key, and only then at the one by the other, as go does. */
function ipnsFault(multihash: Uint8Array, value: Uint8Array, { name, message }: Error): string {
  const fields = fieldsOf(value)
  if (fields === undefined) return 'record could not be unmarshalled'
  if (multihashFault(multihash) !== undefined) return 'record key could not be parsed into peer ID'
  if (multihash[0] !== IDENTITY && !fields.has(PUBLIC_KEY_FIELD)) return 'public key not found in peer store'
  if (message.startsWith('Embedded')) return 'public key in record did not match expected pubkey'
  return IPNS_FAULTS[name] ?? 'record could not be unmarshalled'
}
