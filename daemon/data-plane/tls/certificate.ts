import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { PrivateKey } from '@libp2p/interface'
import { Tag, writeOid, writeValue } from './der.ts'
import { EXTENSION_OID, signKey } from './signed-key.ts'

/** A certificate and its key, as `node:tls` takes them. */
export interface CertifiedKey {
  readonly cert: string
  readonly key: string
}

/** How long a certificate is valid: from before now, for clocks that differ, and for longer than any daemon runs. */
const VALID_SINCE = 60 * 60 * 1_000
const VALID_FOR = 100 * 365 * 24 * 60 * 60 * 1_000

const ECDSA_WITH_SHA256 = writeValue(Tag.sequence, writeOid('1.2.840.10045.4.3.2'))
const SERIAL_NUMBER = writeOid('2.5.4.5')
const VERSION_3 = writeValue(Tag.explicit0, writeValue(Tag.integer, Uint8Array.of(2)))

/** A certificate of a fresh key, signed by itself, which says that it is the identity's. */
export async function createCertificate(identity: PrivateKey): Promise<CertifiedKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const now = Date.now()
  return certify(privateKey, spki, {
    extensions: [writeExtension(await signKey(identity, spki))],
    notBefore: now - VALID_SINCE,
    notAfter: now + VALID_FOR,
  })
}

/** What a certificate says of its key. */
export interface Statement {
  /** In DER. */
  readonly extensions: readonly Uint8Array[]
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
}

/** The extension that says whose a certificate is. */
export function writeExtension(signedKey: Uint8Array): Uint8Array {
  return writeValue(Tag.sequence, EXTENSION_OID, writeValue(Tag.octetString, signedKey))
}

/**
 * Makes a certificate of a key, signed by that key.
 *
 * @param spki the public key in DER
 */
export function certify(
  privateKey: KeyObject,
  spki: Uint8Array,
  { extensions, notBefore, notAfter }: Statement,
): CertifiedKey {
  const name = randomName()
  const body = writeValue(
    Tag.sequence,
    VERSION_3,
    randomSerial(),
    ECDSA_WITH_SHA256,
    name,
    writeValue(Tag.sequence, writeTime(notBefore), writeTime(notAfter)),
    name,
    spki,
    writeValue(Tag.explicit3, writeValue(Tag.sequence, ...extensions)),
  )
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return { cert: toPem(signCertificate(body, privateKey)), key }
}

function signCertificate(body: Uint8Array, key: KeyObject): Uint8Array {
  const signature = Buffer.concat([Uint8Array.of(0), sign('sha256', body, key)])
  return writeValue(Tag.sequence, body, ECDSA_WITH_SHA256, writeValue(Tag.bitString, signature))
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** Positive, and without a byte too many. */
function randomSerial(): Uint8Array {
  const bytes = randomBytes(8)
  bytes[0] = 0x40 | ((bytes[0] as number) & 0x3f)
  return writeValue(Tag.integer, bytes)
}

/** Subject and issuer are the same, and say nothing; some libraries want one that is not empty. */
function randomName(): Uint8Array {
  const value = writeValue(Tag.printableString, Buffer.from(randomBytes(8).toString('hex')))
  return writeValue(Tag.sequence, writeValue(Tag.set, writeValue(Tag.sequence, SERIAL_NUMBER, value)))
}

/** Years from 2050 on are written in another way. */
const LAST_SHORT_YEAR = 2049

function writeTime(time: number): Uint8Array {
  const date = new Date(time)
  const digits = `${date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')}Z`
  return date.getUTCFullYear() > LAST_SHORT_YEAR
    ? writeValue(Tag.generalizedTime, Buffer.from(digits))
    : writeValue(Tag.utcTime, Buffer.from(digits.slice(2)))
}
