import { publicKeyFromProtobuf } from '@libp2p/crypto/keys'
import type { Libp2p, Peer, PeerId, PublicKey, Tag } from '@libp2p/interface'
import { peerIdFromCID } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import { Key } from 'interface-datastore'
import { base32 } from 'multiformats/bases/base32'
import { CID } from 'multiformats/cid'
import type { Log } from '../log.ts'
import { unique, withPeer } from '../peer-address.ts'
import { RELAY_TAG } from '../relay/relay.ts'
import { fromClock, steadyNow } from '../steady-clock.ts'
import type { AddressBook } from './address-book.ts'
import type { PeerDatastore } from './datastore.ts'
import { decodeRecord, encodeRecord } from './saved-record.ts'

/** A peer of whom nothing was heard for so long, in ms, and that nobody wants to be kept, is forgotten. */
const MAX_AGE = 7 * 24 * 60 * 60_000

/** How often, in ms, what has expired is let go of. */
const TIDY_INTERVAL = 60 * 60_000

/** Addresses that others may make the daemon remember of a peer. */
const MAX_LEARNED_ADDRESSES = 64

/** The daemon's own entries in the datastore: what clients have said of peers. */
const GIVEN = 'given'

/** libp2p's record as it really is: its types leave out when it was written, and when a tag ends. */
interface StoredPeer extends Peer {
  readonly updated?: number
}
type StoredTag = Tag & { readonly expiry?: bigint }

export interface KnownAddress {
  /** Ends with the peer's id. */
  readonly address: Multiaddr
  /** In ms since 1970; infinity for what has no end of its own. */
  readonly expires: number
  /** Signed by the peer. */
  readonly certified: boolean
}

export interface KnownTag {
  readonly value: number
  /** In ms since 1970, or infinity. */
  readonly expires: number
}

/** All that is known of a peer. */
export interface KnownPeer {
  readonly id: PeerId
  readonly addresses: readonly KnownAddress[]
  readonly protocols: readonly string[]
  readonly publicKey: PublicKey | undefined
  readonly tags: ReadonlyMap<string, KnownTag>
  readonly metadata: ReadonlyMap<string, Uint8Array>
}

/** What a client adds to a peer's record; times in ms since 1970, or infinity. */
export interface Addition {
  /** End with the peer's id. */
  readonly addresses: readonly Multiaddr[]
  readonly expires: number
  readonly protocols: readonly string[]
  readonly publicKey: PublicKey | undefined
  readonly tags: ReadonlyMap<string, KnownTag>
  readonly metadata: ReadonlyMap<string, Uint8Array>
}

export interface Removal {
  /** End with the peer's id. */
  readonly addresses: readonly Multiaddr[]
  readonly protocols: readonly string[]
  readonly tags: readonly string[]
  readonly metadata: readonly string[]
}

/**
 * What is known of peers: by themselves, from others and from clients, in this run and, where it is written down, in
 * earlier ones. Bounded whatever strangers say; see the datastore and the address book for how.
 */
export class Peerstore {
  readonly #node: Libp2p
  readonly #book: AddressBook
  readonly #datastore: PeerDatastore
  readonly #log: Log
  readonly #timer: NodeJS.Timeout

  constructor(node: Libp2p, book: AddressBook, datastore: PeerDatastore, log: Log) {
    this.#node = node
    this.#book = book
    this.#datastore = datastore
    this.#log = log
    this.#restoreBook()
    book.onChange = (peer, record) =>
      datastore.setOwn(GIVEN, peer.toString(), record === undefined ? undefined : encodeRecord(record))
    datastore.protects = key => this.#mustStay(key)
    node.addEventListener('peer:update', ({ detail: { peer } }) => this.#limitAddresses(peer))
    this.#timer = setInterval(() => {
      this.tidy().catch(error =>
        log.error(`the peerstore could not be tidied: ${error.message}`, { stack: error.stack }),
      )
    }, TIDY_INTERVAL).unref()
  }

  /** Forgets what is old or damaged; to be done before the node starts, and now and then. */
  async tidy(): Promise<void> {
    this.#book.sweep()
    // a clock that is set a week ahead makes nobody old
    const oldest = steadyNow() - MAX_AGE
    let damaged = 0
    for (const key of this.#datastore.peerKeys()) {
      try {
        const peer: StoredPeer = await this.#node.peerStore.get(peerIdOf(key))
        // a damaged address is found out when it is looked into
        for (const { multiaddr } of peer.addresses) multiaddr.getComponents()
        const old = (peer.updated ?? 0) < oldest && !this.#mustStay(key)
        if (old) this.#datastore.delete(new Key(key))
        else if (peer.tags.has(RELAY_TAG) && !this.#isConnected(peer.id)) await this.#untag(peer.id, RELAY_TAG)
      } catch {
        this.#datastore.delete(new Key(key))
        damaged += 1
      }
    }
    if (damaged > 0) this.#log.warn(`${damaged} damaged records of peers were removed from the peerstore`)
  }

  /** Everybody of whom something is known. */
  peers(): PeerId[] {
    const stored = this.#datastore.peerKeys().map(peerIdOf)
    return [...new Map([...stored, ...this.#book.peers()].map(peer => [peer.toString(), peer])).values()]
  }

  /** What is known of the peer; undefined: nothing. */
  async get(id: PeerId): Promise<KnownPeer | undefined> {
    const stored: StoredPeer | undefined = await this.#stored(id)
    if (stored === undefined && !this.#book.has(id)) return undefined
    const given = this.#book.get(id)
    const isGiven = new Set(given.map(({ address }) => address.toString()))
    const learned = (stored?.addresses ?? []).map(({ multiaddr, isCertified }) => ({
      address: withPeer(multiaddr, id),
      certified: isCertified,
    }))
    const certified = new Set(learned.filter(({ certified }) => certified).map(({ address }) => `${address}`))
    return {
      id,
      addresses: [
        ...given.map(({ address, expires }) => ({ address, expires, certified: certified.has(`${address}`) })),
        ...learned.flatMap(({ address, certified }) =>
          address === undefined || isGiven.has(address.toString())
            ? []
            : [{ address, certified, expires: Number.POSITIVE_INFINITY }],
        ),
      ],
      protocols: stored?.protocols ?? [],
      publicKey: stored?.id.publicKey ?? id.publicKey,
      tags: new Map(stored?.tags.entries().map(([name, tag]) => [name, knownTag(tag)])),
      metadata: stored?.metadata ?? new Map(),
    }
  }

  /**
   * Adds to what is known of a peer, and keeps it.
   *
   * @throws LimitError
   */
  async add(id: PeerId, { addresses, expires, protocols, publicKey, tags, metadata }: Addition): Promise<void> {
    const others = protocols.length > 0 || publicKey !== undefined || metadata.size > 0
    const until = others ? Number.POSITIVE_INFINITY : Math.max(0, ...tags.values().map(tag => tag.expires))
    this.#book.keep(id, unique(addresses), expires, until)
    if (!others && tags.size === 0) return
    const now = steadyNow()
    await this.#node.peerStore.merge(id, {
      protocols: [...protocols],
      metadata: new Map(metadata),
      tags: new Map(
        tags
          .entries()
          .map(([name, { value, expires }]) => [
            name,
            { value, ...(Number.isFinite(expires) && { ttl: Math.max(0, expires - now) }) },
          ]),
      ),
      ...(publicKey && { publicKey }),
    })
  }

  /** Removes these things from what is known of a peer, as far as they are known. */
  async remove(id: PeerId, { addresses, protocols, tags, metadata }: Removal): Promise<void> {
    this.#book.remove(id, addresses)
    const stored = await this.#stored(id)
    if (stored === undefined) return
    const removed = new Set(addresses.map(String))
    const left = stored.addresses.filter(({ multiaddr }) => !removed.has(`${withPeer(multiaddr, id)}`))
    const spoken = stored.protocols.filter(protocol => !protocols.includes(protocol))
    await this.#node.peerStore.patch(id, {
      ...(left.length < stored.addresses.length && { addresses: left }),
      ...(spoken.length < stored.protocols.length && { protocols: spoken }),
    })
    await this.#node.peerStore.merge(id, {
      tags: new Map(tags.map(name => [name, undefined])),
      metadata: new Map(metadata.map(key => [key, undefined])),
    })
  }

  /** Forgets the peer; one that is connected is known again as soon as it says something of itself. */
  async delete(id: PeerId): Promise<void> {
    this.#book.delete(id)
    await this.#node.peerStore.delete(id)
  }

  /** Resolves when all that was added or removed is on the disk, where there is one that can be written. */
  flushed(): Promise<void> {
    return this.#datastore.flushed()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#datastore.close()
  }

  #restoreBook(): void {
    for (const [peer, bytes] of this.#datastore.own(GIVEN)) {
      try {
        this.#book.restore(decodeRecord(peer, bytes))
      } catch (error) {
        this.#datastore.setOwn(GIVEN, peer, undefined)
        this.#log.warn(`a damaged record was removed from the peerstore: ${(error as Error).message}`, { peer })
      }
    }
  }

  async #stored(id: PeerId): Promise<StoredPeer | undefined> {
    try {
      return await this.#node.peerStore.get(id)
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return undefined
      throw error
    }
  }

  async #untag(id: PeerId, name: string): Promise<void> {
    await this.#node.peerStore.merge(id, { tags: { [name]: undefined } })
  }

  #isConnected(id: PeerId): boolean {
    return this.#node.getConnections(id).length > 0
  }

  #mustStay(key: string): boolean {
    const id = peerIdOf(key)
    return this.#isConnected(id) || this.#book.keeps(id)
  }

  /** Peers of the DHT can name any number of addresses of another peer, and libp2p keeps them all. */
  #limitAddresses({ id, addresses }: Peer): void {
    if (addresses.length <= MAX_LEARNED_ADDRESSES) return
    const certifiedFirst = addresses.toSorted((a, b) => Number(b.isCertified) - Number(a.isCertified))
    this.#node.peerStore
      .patch(id, { addresses: certifiedFirst.slice(0, MAX_LEARNED_ADDRESSES) })
      .catch(error => this.#log.error(`the addresses of ${id} could not be limited: ${error.message}`))
  }
}

/** @throws when the key is none of a peer's record */
function peerIdOf(key: string): PeerId {
  return peerIdFromCID(CID.parse(key.slice(key.lastIndexOf('/') + 1), base32))
}

function knownTag({ value, expiry }: StoredTag): KnownTag {
  return { value, expires: expiry === undefined ? Number.POSITIVE_INFINITY : fromClock(Number(expiry)) }
}

/**
 * Reads a public key as libp2p writes it.
 *
 * @throws when the bytes are none, or another peer's
 */
export function decodePublicKey(bytes: Uint8Array, peer: PeerId): PublicKey {
  const key = publicKeyFromProtobuf(bytes)
  if (!peerIdFromCID(key.toCID()).equals(peer)) throw new TypeError('it is another peer’s')
  return key
}
