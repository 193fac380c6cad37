import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { createIPNSRecord, marshalIPNSRecord, multihashToIPNSRoutingKey } from 'ipns'

/** A value of the DHT and its key. */
export interface DhtRecord {
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** How long IPNS records are valid, in ms: longer than any check. */
const LIFETIME = 60 * 60_000

/** Makes the owner of records, with an id that holds its public key. */
export function makeOwner(): Promise<PrivateKey> {
  return generateKeyPair('Ed25519')
}

/** An owner's IPNS record: the higher the sequence, the newer. */
export async function ipnsRecord(owner: PrivateKey, sequence: number): Promise<DhtRecord> {
  const record = await createIPNSRecord(owner, '/ipfs/bafkqaaa', sequence, LIFETIME)
  return { key: multihashToIPNSRoutingKey(owner.publicKey.toMultihash()), value: marshalIPNSRecord(record) }
}

/** The public key of a peer whose id does not hold it, as the DHT stores it. */
export async function publicKeyRecord(): Promise<DhtRecord & { readonly peer: PeerId }> {
  const owner = await generateKeyPair('RSA', 2048)
  const key = Buffer.concat([Buffer.from('/pk/'), owner.publicKey.toMultihash().bytes])
  return { peer: peerIdFromPrivateKey(owner), key, value: publicKeyToProtobuf(owner.publicKey) }
}
