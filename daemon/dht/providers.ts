import { KadType } from '../../proto/kad.ts'
import { Channel } from './channel.ts'
import { type Contact, lookup } from './lookup.ts'
import { type DhtParts, insistOnTime } from './parts.ts'
import { towards } from './peers.ts'

/** The part of a PROVIDE's time that is kept for telling the peers that were found, and the most of it in ms; as go. */
const RESERVED = 0.1
const MOST_RESERVED = 1_000

/**
 * Announces that this daemon has what the multihash stands for: here, then at the peers closest to it. When these
 * cannot all be found in time, those that were found are told.
 *
 * @param timeout ms after which the signal aborts
 * @throws RequestError `failed to find any peer in table`, `context deadline exceeded`
 */
export async function provide(
  dht: DhtParts,
  multihash: Uint8Array,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  const { network, providers } = dht
  providers.add(multihash, { peer: network.self, addrs: [] })
  const enough = AbortSignal.timeout(timeout - Math.min(timeout * RESERVED, MOST_RESERVED))
  const search = AbortSignal.any([signal, enough])
  const contacts = await lookup(multihash, towards(dht, multihash), search)
  const late = search.aborted
  const addrs = (await network.addresses(network.self)).map(({ bytes }) => bytes)
  const announcement = {
    type: KadType.ADD_PROVIDER,
    key: multihash,
    providerPeers: [{ id: network.self.toMultihash().bytes, addrs }],
  }
  await Promise.allSettled(contacts.map(contact => network.tell(contact, announcement, signal)))
  insistOnTime(late ? search : signal)
}

/**
 * Finds who has announced to have what the multihash stands for: those known here, then those that others know, each
 * once, until there are enough. Never fails: a search that cannot go on ends.
 */
export function findProviders(
  dht: DhtParts,
  multihash: Uint8Array,
  count: number,
  signal: AbortSignal,
): AsyncIterable<Contact> {
  return Channel.of(push => search(dht, multihash, count, push, signal))
}

async function search(
  { network, table, providers }: DhtParts,
  multihash: Uint8Array,
  count: number,
  push: (contact: Contact) => void,
  signal: AbortSignal,
): Promise<void> {
  const found = new Map<string, Contact>()
  const enough = (): boolean => found.size >= count
  const offer = (contact: Contact): void => {
    const key = contact.peer.toString()
    const known = found.get(key)
    // one that was found without addresses is worth being told again with some
    if (known === undefined ? enough() : known.addrs.length > 0 || contact.addrs.length === 0) return
    found.set(key, contact)
    push(contact)
  }
  for (const { peer, addrs } of providers.get(multihash)) {
    offer({ peer, addrs: addrs.length > 0 ? addrs : await network.addresses(peer) })
  }
  if (enough()) return
  const question = { type: KadType.GET_PROVIDERS, key: multihash }
  await lookup(
    multihash,
    {
      table,
      stop: enough,
      async ask(contact, until) {
        const answer = await network.ask(contact, question, until)
        for (const provider of answer.providers) offer(provider)
        return answer.closer
      },
    },
    signal,
  )
}
