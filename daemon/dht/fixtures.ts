import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { createIPNSRecord, marshalIPNSRecord, multihashToIPNSRoutingKey } from 'ipns'

/** Peers for tests, of the usual kind of key. */
export function makePeers(count: number): Promise<PeerId[]> {
  return Promise.all(Array.from({ length: count }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))))
}

/** The key under which an owner's IPNS records are stored. */
export function ipnsKey(owner: PrivateKey): Uint8Array {
  return multihashToIPNSRoutingKey(owner.publicKey.toMultihash())
}

/** An IPNS record as it is stored, valid for some time from now, in ms. */
export async function ipnsRecord(owner: PrivateKey, sequence: number, lifetime = 60_000): Promise<Uint8Array> {
  return marshalIPNSRecord(await createIPNSRecord(owner, '/ipfs/bafkqaaa', sequence, lifetime))
}
