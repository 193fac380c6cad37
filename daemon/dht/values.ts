import { publicKeyFromProtobuf } from '@libp2p/crypto/keys'
import type { PeerId, PublicKey } from '@libp2p/interface'
import { type KadMessage, KadType } from '../../proto/kad.ts'
import { RequestError } from '../control/request-error.ts'
import { Channel } from './channel.ts'
import { type Contact, lookup } from './lookup.ts'
import { type DhtParts, insistOnTime, notFound } from './parts.ts'
import { findClosestPeers } from './peers.ts'
import { isAsGood, isRecordKey, isValidRecord, validateRecord } from './records.ts'

/** How long, in ms, a peer with an outdated value may take to be told the better one. */
const CORRECTION_TIMEOUT = 30_000

/**
 * Stores a value: here, then at the peers closest to its key. A peer that does not take it is no error.
 *
 * @throws RequestError why it cannot be stored here, `failed to find any peer in table`, `context deadline exceeded`
 */
export async function putValue(dht: DhtParts, key: Uint8Array, value: Uint8Array, signal: AbortSignal): Promise<void> {
  const { network, values } = dht
  await validateRecord(key, value)
  const stored = values.get(key)?.value
  if (stored !== undefined && (await isValidRecord(key, stored)) && !isAsGood(key, value, stored)) {
    throw new RequestError('ERR_RECORD_INVALID', "can't replace a newer value with an older value")
  }
  values.put(key, value)
  const contacts = await findClosestPeers(dht, key, signal)
  await Promise.allSettled(contacts.map(contact => network.ask(contact, put(key, value), signal)))
}

/**
 * Finds the best value of a key.
 *
 * @throws RequestError `routing: not found`, `context deadline exceeded`
 */
export async function getValue(dht: DhtParts, key: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  let best: Uint8Array | undefined
  for await (const value of searchValue(dht, key, signal)) best = value
  insistOnTime(signal)
  if (best === undefined) throw notFound()
  return best
}

/**
 * Finds values of a key, each better than the one before, and tells the peers that should have the best one and have
 * not. Never fails: a search that cannot go on ends.
 */
export function searchValue(dht: DhtParts, key: Uint8Array, signal: AbortSignal): AsyncIterable<Uint8Array> {
  return Channel.of(push => search(dht, key, push, signal))
}

async function search(
  dht: DhtParts,
  key: Uint8Array,
  push: (value: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!isRecordKey(key)) return
  const { network, table, values } = dht
  let best: Uint8Array | undefined
  let knowing = new Set<string>()
  const offer = (value: Uint8Array, from: PeerId): void => {
    const same = best !== undefined && Buffer.compare(best, value) === 0
    if (best !== undefined && !same && isAsGood(key, best, value)) return
    if (!same) {
      best = value
      knowing = new Set()
      push(value)
    }
    knowing.add(from.toString())
  }
  const stored = values.get(key)?.value
  if (stored !== undefined && (await isValidRecord(key, stored))) offer(stored, network.self)
  const question = { type: KadType.GET_VALUE, key }
  const contacts = await lookup(
    key,
    {
      table,
      async ask(contact, until) {
        const { value, closer } = await network.ask(contact, question, until)
        if (value !== undefined && (await isValidRecord(key, value))) offer(value, contact.peer)
        return closer
      },
    },
    signal,
  )
  if (best === undefined || signal.aborted) return
  if (stored !== undefined) values.put(key, best)
  correct(
    dht,
    contacts.filter(({ peer }) => !knowing.has(peer.toString())),
    put(key, best),
  )
}

/** Tells peers a better value, in the background: nobody waits for it. */
function correct({ network, stopped }: DhtParts, contacts: readonly Contact[], correction: KadMessage): void {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(CORRECTION_TIMEOUT)])
  for (const contact of contacts) network.ask(contact, correction, signal).catch(() => {})
}

function put(key: Uint8Array, value: Uint8Array): KadMessage {
  return { type: KadType.PUT_VALUE, key, record: { key, value } }
}

/**
 * Finds the public key of a peer: in its id if that holds it, else where it is known already, from the peer itself, or
 * from the DHT.
 *
 * @throws RequestError `routing: not found`, `context deadline exceeded`
 */
export async function findPublicKey(dht: DhtParts, peer: PeerId, signal: AbortSignal): Promise<PublicKey> {
  const known = await dht.network.publicKey(peer)
  if (known !== undefined) return known
  const key = Buffer.concat([Buffer.from('/pk/'), peer.toMultihash().bytes])
  const found = new AbortController()
  const until = AbortSignal.any([signal, found.signal])
  try {
    // both check that the key belongs to the id
    return publicKeyFromProtobuf(await Promise.any([askItself(dht, peer, key, until), getValue(dht, key, until)]))
  } catch {
    insistOnTime(signal)
    throw notFound()
  } finally {
    found.abort()
  }
}

async function askItself(
  { network }: DhtParts,
  peer: PeerId,
  key: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { value } = await network.ask({ peer, addrs: [] }, { type: KadType.GET_VALUE, key }, signal)
  if (value === undefined) throw notFound()
  await validateRecord(key, value)
  return value
}
