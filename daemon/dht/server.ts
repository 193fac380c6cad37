import type { Connection, PeerId, Stream } from '@libp2p/interface'
import { type KadMessage, KadType } from '../../proto/kad.ts'
import type { Tally } from '../tally.ts'
import { KadStream } from './kad-stream.ts'
import { kadId } from './keyspace.ts'
import type { Contact } from './lookup.ts'
import { nameOfType, toContacts, toKadPeer } from './messenger.ts'
import { isAsGood, isValidRecord, validateRecord } from './records.ts'
import type { RoutingTable } from './routing-table.ts'
import type { ProviderStore, ValueStore } from './store.ts'

/** How long, in ms, a peer may keep a stream open between two questions, as in go. */
const IDLE_TIMEOUT = 60_000

/** The longest key that providers are kept for, in bytes: room for every multihash in use; go's limit. */
const MAX_MULTIHASH = 80

/** What a DHT server answers from. */
export interface ServerParts {
  readonly self: PeerId
  readonly table: RoutingTable
  readonly values: ValueStore
  readonly providers: ProviderStore
  /** What is known of where a peer can be reached; of this daemon itself too. */
  addresses(peer: PeerId): Promise<Contact['addrs']>
  isConnected(peer: PeerId): boolean
  /** The questions of other peers by type. */
  readonly received?: Tally
}

/** Answers what a peer asks on a stream, question by question, until it ends the stream or asks nonsense. */
export async function serveKad(parts: ServerParts, stream: Stream, { remotePeer }: Connection): Promise<void> {
  const messages = new KadStream(stream)
  const timer = setTimeout(() => messages.abort(new Error('nothing was asked for too long')), IDLE_TIMEOUT).unref()
  try {
    for (let question = await messages.read(); question !== undefined; question = await messages.read()) {
      parts.received?.add(nameOfType(question))
      const answer = await answerKad(parts, question, remotePeer)
      // who does not read answers gets no more of them
      if (answer !== undefined) await messages.write(answer)
      timer.refresh()
    }
    await messages.end()
  } catch (error) {
    messages.abort(error as Error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What go answers to a message, or undefined where nothing is answered.
 *
 * @throws when the message makes no sense, or is not to be answered: the stream is reset then
 */
export async function answerKad(
  parts: ServerParts,
  message: KadMessage,
  from: PeerId,
): Promise<KadMessage | undefined> {
  const type = message.type ?? KadType.PUT_VALUE
  if (type === KadType.PING) return message
  const key = message.key ?? new Uint8Array()
  if (key.byteLength === 0) throw new Error('a question without a key')
  switch (type) {
    case KadType.FIND_NODE:
      return { type, closerPeers: await findNode(parts, key, from) }
    case KadType.GET_VALUE: {
      const stored = parts.values.get(key)
      const record = stored && {
        key,
        value: stored.value,
        timeReceived: new Date(stored.received).toISOString(),
      }
      return { type, key, record: record ?? null, closerPeers: await closer(parts, key, from) }
    }
    case KadType.PUT_VALUE:
      await putValue(parts, message, key)
      return message
    case KadType.GET_PROVIDERS: {
      const providers = await Promise.all(
        parts.providers.get(insistOnMultihash(key)).map(async ({ peer, addrs }) => ({
          peer,
          addrs: addrs.length > 0 ? addrs : await parts.addresses(peer),
        })),
      )
      return {
        type,
        key,
        providerPeers: providers.map(contact => toKadPeer(contact, parts.isConnected(contact.peer))),
        closerPeers: await closer(parts, key, from),
      }
    }
    case KadType.ADD_PROVIDER:
      for (const contact of toContacts(message.providerPeers)) {
        // nobody announces others
        if (!contact.peer.equals(from) || contact.addrs.length === 0) continue
        parts.providers.add(insistOnMultihash(key), contact)
      }
      return undefined
    default:
      throw new Error(`there is no message of type ${type}`)
  }
}

function insistOnMultihash(key: Uint8Array): Uint8Array {
  if (key.byteLength > MAX_MULTIHASH) throw new Error(`a key of ${key.byteLength} bytes, at most ${MAX_MULTIHASH}`)
  return key
}

/** The peers of the table that are closest to the key, without the one that asks. */
async function closer(parts: ServerParts, key: Uint8Array, from: PeerId): Promise<ReturnType<typeof toKadPeer>[]> {
  return describe(
    parts,
    parts.table.nearest(kadId(key)).map(({ peer }) => peer),
    from,
  )
}

/** As `closer`, with the very peer that is looked for, if it is known where that is. */
async function findNode(parts: ServerParts, key: Uint8Array, from: PeerId): Promise<ReturnType<typeof toKadPeer>[]> {
  const [target] = toContacts([{ id: key }])
  if (target?.peer.equals(parts.self)) return describe(parts, [parts.self], from)
  const peers = parts.table.nearest(kadId(key)).map(({ peer }) => peer)
  if (target !== undefined && !peers.some(peer => peer.equals(target.peer))) peers.push(target.peer)
  return describe(parts, peers, from)
}

async function describe(
  { addresses, isConnected }: ServerParts,
  peers: readonly PeerId[],
  from: PeerId,
): Promise<ReturnType<typeof toKadPeer>[]> {
  const others = peers.filter(peer => !peer.equals(from))
  const contacts = await Promise.all(others.map(async peer => ({ peer, addrs: await addresses(peer) })))
  return contacts.filter(({ addrs }) => addrs.length > 0).map(contact => toKadPeer(contact, isConnected(contact.peer)))
}

/** Stores a valid value, unless a better one is here already: nobody can bring back what has been replaced. */
async function putValue({ values }: ServerParts, { record }: KadMessage, key: Uint8Array): Promise<void> {
  const value = record?.value ?? new Uint8Array()
  if (Buffer.compare(record?.key ?? new Uint8Array(), key) !== 0) throw new Error('the record is for another key')
  await validateRecord(key, value)
  const stored = values.get(key)?.value
  if (stored !== undefined && (await isValidRecord(key, stored)) && !isAsGood(key, value, stored)) {
    throw new Error('old record')
  }
  values.put(key, value)
}
