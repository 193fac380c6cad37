import type { Connection, PeerId, Stream } from '@libp2p/interface'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import * as Digest from 'multiformats/hashes/digest'
import { MAX_FRAME_LENGTH } from '../../proto/codec.ts'
import { ConnectionType, KadMessage, type KadPeer, KadType } from '../../proto/kad.ts'
import { MessageStream } from '../message-stream.ts'
import type { Contact } from './lookup.ts'

/** The public DHT's protocol, which go-libp2p-daemon speaks on private networks too. */
export const KAD_PROTOCOL = '/ipfs/kad/1.0.0'

/** How long, in ms, a peer has for its answer, as in go. */
const ANSWER_TIMEOUT = 10_000

/** Peers read of one list: of closer ones twenty are named, of providers as many as there are. */
const MAX_CONTACTS = 1_000

/** The messages on a stream of the protocol, whichever side opened it. */
export function kadMessages(stream: Stream): MessageStream {
  return new MessageStream(stream, MAX_FRAME_LENGTH)
}

/**
 * Sends a message on a stream of its own and returns the answer.
 *
 * @throws when the peer does not speak the protocol or does not answer in ten seconds; the signal's reason
 */
export function request(connection: Connection, message: KadMessage, signal: AbortSignal): Promise<KadMessage> {
  return onStream(connection, signal, async (messages, limit) => {
    messages.write(KadMessage, message)
    return messages.read(KadMessage, limit)
  })
}

/** Sends a message that has no answer. */
export function send(connection: Connection, message: KadMessage, signal: AbortSignal): Promise<void> {
  return onStream(connection, signal, async messages => messages.write(KadMessage, message))
}

async function onStream<T>(
  connection: Connection,
  signal: AbortSignal,
  talk: (messages: MessageStream, limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT)])
  const stream = await connection.newStream(KAD_PROTOCOL, {
    signal: limit,
    runOnLimitedConnection: true,
    maxOutboundStreams: Number.POSITIVE_INFINITY,
  })
  try {
    const result = await talk(kadMessages(stream), limit)
    // the rest is the other side's business: whoever waits for an answer has it
    stream.close({ signal: AbortSignal.timeout(ANSWER_TIMEOUT) }).catch(error => stream.abort(error))
    return result
  } catch (error) {
    stream.abort(error as Error)
    throw error
  }
}

/** What a message is called; one name for all that there are not: other peers choose them. */
export function nameOfType({ type }: KadMessage): string {
  return KadType[type ?? KadType.PUT_VALUE] ?? 'UNKNOWN'
}

/** Writes a peer into a message. */
export function toKadPeer({ peer, addrs }: Contact, connected: boolean): KadPeer {
  return {
    id: peer.toMultihash().bytes,
    addrs: addrs.map(({ bytes }) => bytes),
    connection: connected ? ConnectionType.CONNECTED : ConnectionType.NOT_CONNECTED,
  }
}

/** Reads the peers of a message, and leaves out what makes no sense: other peers must not suffer from one. */
export function toContacts(peers: readonly KadPeer[] = []): Contact[] {
  return peers.slice(0, MAX_CONTACTS).flatMap(({ id, addrs }) => {
    const peer = toPeer(id)
    return peer === undefined ? [] : [{ peer, addrs: (addrs ?? []).flatMap(toMultiaddr) }]
  })
}

function toPeer(bytes: Uint8Array | null | undefined): PeerId | undefined {
  try {
    return peerIdFromMultihash(Digest.decode(bytes as Uint8Array) as Parameters<typeof peerIdFromMultihash>[0])
  } catch {
    return undefined
  }
}

function toMultiaddr(bytes: Uint8Array): Multiaddr[] {
  try {
    const address = multiaddr(bytes)
    address.getComponents()
    return [address]
  } catch {
    return []
  }
}
