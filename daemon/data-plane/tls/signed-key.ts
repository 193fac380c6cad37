import { publicKeyFromProtobuf, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { InvalidCryptoExchangeError, type PrivateKey, type PublicKey } from '@libp2p/interface'
import { readValues, Tag, writeOid, writeValue } from './der.ts'

/** The extension by which a certificate says whose it is. */
export const EXTENSION_OID = writeOid('1.3.6.1.4.1.53594.1.1')

/** Signed in front of the certificate's key, so that the signature is good for nothing else. */
const PREFIX = Buffer.from('libp2p-tls-handshake:')

/** The content of the extension: an identity's public key, and its signature of the certificate's key. */
export async function signKey(identity: PrivateKey, certificateKey: Uint8Array): Promise<Uint8Array> {
  const signature = await identity.sign(Buffer.concat([PREFIX, certificateKey]))
  return writeValue(
    Tag.sequence,
    writeValue(Tag.octetString, publicKeyToProtobuf(identity.publicKey)),
    writeValue(Tag.octetString, signature),
  )
}

/**
 * Whose the certificate with this key is, by the extension's content.
 *
 * @throws InvalidCryptoExchangeError when it is nobody's
 */
export async function verifySignedKey(content: Uint8Array, certificateKey: Uint8Array): Promise<PublicKey> {
  const [sequence, ...behind] = readValues(content)
  const [encoded, signature, ...more] = sequence?.tag === Tag.sequence ? readValues(sequence.content) : []
  if (
    encoded?.tag !== Tag.octetString ||
    signature?.tag !== Tag.octetString ||
    behind.length + more.length > 0 ||
    encoded.content.length === 0
  ) {
    throw new InvalidCryptoExchangeError('unmarshalling signed certificate failed')
  }
  const key = publicKeyFromProtobuf(encoded.content)
  const genuine = await key.verify(Buffer.concat([PREFIX, certificateKey]), signature.content)
  if (!genuine) throw new InvalidCryptoExchangeError('signature invalid')
  return key
}
