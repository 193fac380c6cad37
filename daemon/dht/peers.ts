import type { PeerId } from '@libp2p/interface'
import { KadType } from '../../proto/kad.ts'
import { RequestError } from '../control/request-error.ts'
import { type Contact, type LookupSteps, lookup } from './lookup.ts'
import { type DhtParts, insistOnTime, notFound } from './parts.ts'

/**
 * Finds where a peer can be reached: from this daemon itself when they are connected, else by dialling what others say
 * of it, so that an address of a peer that is gone is not taken for an answer.
 *
 * @throws RequestError `failed to find any peer in table`, `routing: not found`, also when the time is up
 */
export async function findPeer(dht: DhtParts, peer: PeerId, signal: AbortSignal): Promise<Contact> {
  const { network } = dht
  const isConnected = (): boolean => network.isConnected(peer)
  if (isConnected()) return { peer, addrs: await network.addresses(peer) }
  const key = peer.toMultihash().bytes
  const contacts = await lookup(key, { ...towards(dht, key), stop: isConnected }, signal)
  const heard = contacts.find(contact => contact.peer.equals(peer))
  if (heard === undefined && !isConnected()) throw notFound()
  const addrs = [...(heard?.addrs ?? []), ...(await network.addresses(peer))]
  return { peer, addrs: [...new Map(addrs.map(address => [address.toString(), address])).values()] }
}

/**
 * Finds the twenty peers closest to a key, closest first.
 *
 * @throws RequestError `can't lookup empty key`, `failed to find any peer in table`, `context deadline exceeded`
 */
export async function findClosestPeers(dht: DhtParts, key: Uint8Array, signal: AbortSignal): Promise<Contact[]> {
  if (key.byteLength === 0) throw new RequestError('ERR_REQUEST_MALFORMED', "can't lookup empty key")
  const contacts = await lookup(key, towards(dht, key), signal)
  insistOnTime(signal)
  return contacts
}

/** The steps of a lookup that wants no more than the peers close to a key. */
export function towards({ network, table }: DhtParts, key: Uint8Array): LookupSteps {
  const question = { type: KadType.FIND_NODE, key }
  return { table, ask: async (contact, signal) => (await network.ask(contact, question, signal)).closer }
}
