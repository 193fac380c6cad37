import { X509Certificate } from 'node:crypto'
import { InvalidCryptoExchangeError, type PeerId, UnexpectedPeerError } from '@libp2p/interface'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { expectPeer } from '../../expected-peer.ts'
import { type DerValue, readValues, Tag, writeOid } from './der.ts'
import { EXTENSION_OID, verifySignedKey } from './signed-key.ts'

/** Extensions that a certificate may insist on: what they limit is not what it is used for here. */
const UNDERSTOOD = ['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.35', '2.5.29.37'].map(writeOid)

/**
 * Finds out who a certificate's owner is, by the rules of libp2p's TLS: valid now, signed by itself, with the extension that says
 * whose it is wherever it stands among others, and no other that it insists on and is not understood.
 *
 * @param raw in DER
 * @throws InvalidCryptoExchangeError when it proves nothing
 * @throws UnexpectedPeerError when its owner is not the peer expected
 */
export async function verifyCertificate(raw: Uint8Array, expected: PeerId | undefined): Promise<PeerId> {
  const peer = await attempt(() => readOwner(raw))
  expectPeer(expected?.toString(), peer.toString())
  return peer
}

async function readOwner(raw: Uint8Array): Promise<PeerId> {
  const certificate = new X509Certificate(raw)
  const now = Date.now()
  if (certificate.validFromDate.getTime() > now) throw new InvalidCryptoExchangeError('certificate is not yet valid')
  if (certificate.validToDate.getTime() < now) throw new InvalidCryptoExchangeError('certificate has expired')
  if (!certificate.verify(certificate.publicKey)) {
    throw new InvalidCryptoExchangeError('certificate is not signed by itself')
  }
  const { spki, extensions } = takeApart(raw)
  const own = extensions.filter(({ oid }) => equal(oid.whole, EXTENSION_OID))
  const [signedKey] = own
  if (signedKey === undefined) {
    throw new InvalidCryptoExchangeError('expected certificate to contain the key extension')
  }
  if (own.length > 1) throw new InvalidCryptoExchangeError('certificate with several key extensions')
  const strange = extensions.find(({ oid, critical }) => critical && !isUnderstood(oid))
  if (strange !== undefined) throw new InvalidCryptoExchangeError('certificate with an unknown critical extension')
  return peerIdFromPublicKey(await verifySignedKey(signedKey.content, spki))
}

interface Extension {
  readonly oid: DerValue
  readonly critical: boolean
  readonly content: Uint8Array
}

/** The parts of a certificate that `node:crypto` keeps to itself. */
function takeApart(raw: Uint8Array): { readonly spki: Uint8Array; readonly extensions: readonly Extension[] } {
  const [certificate] = readValues(raw)
  const [body] = readValues(certificate?.content ?? new Uint8Array())
  const parts = readValues(body?.content ?? new Uint8Array())
  // version, serial number, algorithm, issuer, validity, subject, key, extensions; older versions have no extensions
  const [version] = parts
  const spki = version?.tag === Tag.explicit0 ? parts[6] : undefined
  if (spki?.tag !== Tag.sequence) throw new InvalidCryptoExchangeError('malformed certificate')
  const list = parts.find(({ tag }) => tag === Tag.explicit3)
  const [sequence] = readValues(list?.content ?? new Uint8Array())
  return { spki: spki.whole, extensions: readValues(sequence?.content ?? new Uint8Array()).map(readExtension) }
}

function readExtension({ content }: DerValue): Extension {
  const [oid, ...rest] = readValues(content)
  const critical = rest.length === 2 ? rest[0] : undefined
  const value = rest.at(-1)
  if (oid?.tag !== Tag.oid || value?.tag !== Tag.octetString || (critical && critical.tag !== Tag.boolean)) {
    throw new InvalidCryptoExchangeError('malformed certificate extension')
  }
  return { oid, critical: critical?.content[0] === 0xff, content: value.content }
}

function isUnderstood({ whole }: DerValue): boolean {
  return equal(whole, EXTENSION_OID) || UNDERSTOOD.some(known => equal(known, whole))
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

/** One door for what parsers and keys throw at bytes that strangers have made. */
async function attempt<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof InvalidCryptoExchangeError || cause instanceof UnexpectedPeerError) throw cause
    throw Object.assign(new InvalidCryptoExchangeError(`invalid certificate: ${(cause as Error).message}`), { cause })
  }
}
