import { publicKeyFromProtobuf } from '@libp2p/crypto/keys'
import { ipnsSelector } from 'ipns/selector'
import { ipnsValidator } from 'ipns/validator'
import * as Digest from 'multiformats/hashes/digest'
import { RequestError } from '../control/request-error.ts'

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

async function validatePublicKey(key: Uint8Array, value: Uint8Array): Promise<void> {
  const multihash = key.subarray('/pk/'.length)
  try {
    Digest.decode(multihash)
  } catch (cause) {
    const reason =
      multihash.byteLength < 2
        ? 'multihash too short. must be >= 2 bytes'
        : 'length greater than remaining number of bytes in buffer'
    throw invalid(`key did not contain valid multihash: ${reason}`, cause)
  }
  let actual: Uint8Array
  try {
    actual = publicKeyFromProtobuf(value).toMultihash().bytes
  } catch (cause) {
    throw invalid('proto: cannot parse invalid wire-format data', cause)
  }
  if (Buffer.compare(actual, multihash) !== 0) throw invalid('public key does not match storage key')
}

/** What js-libp2p's validator calls a fault, in the words of go's. */
const IPNS_FAULTS: Readonly<Record<string, string>> = {
  SignatureVerificationError: 'record signature verification failed',
  RecordExpiredError: 'expired record',
  RecordTooLargeError: 'record exceeds allowed size limit',
  UnsupportedValidityError: 'unrecognized validity type',
}

async function validateIpns(key: Uint8Array, value: Uint8Array): Promise<void> {
  try {
    await ipnsValidator(key, value)
  } catch (cause) {
    throw invalid(ipnsFault(key, value, cause as Error), cause)
  }
}

/** Looks at the value first, then at the key, then at the one by the other, as go does. */
function ipnsFault(key: Uint8Array, value: Uint8Array, { name, message }: Error): string {
  if (Object.hasOwn(IPNS_FAULTS, name)) return IPNS_FAULTS[name] as string
  if (!isIpnsRecord(key, value)) return 'record could not be unmarshalled'
  if (name !== 'InvalidEmbeddedPublicKeyError') return 'record key could not be parsed into peer ID'
  return message.startsWith('Embedded')
    ? 'public key in record did not match expected pubkey'
    : 'public key not found in peer store'
}

function isIpnsRecord(key: Uint8Array, value: Uint8Array): boolean {
  try {
    ipnsSelector(key, [value])
    return true
  } catch {
    return false
  }
}
