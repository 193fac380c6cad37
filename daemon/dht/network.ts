import type { Connection, PeerId, PeerStore, PublicKey } from '@libp2p/interface'
import type { AddressManager } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { KadMessage } from '../../proto/kad.ts'
import { type Dialer, withoutPeer } from '../dialer.ts'
import type { KnownProtocols } from '../streams/known-protocols.ts'
import { Tally } from '../tally.ts'
import { KadStreams } from './kad-streams.ts'
import type { Contact } from './lookup.ts'
import { nameOfType, toContacts } from './messenger.ts'

/** What lookups are interested in of a peer's answer. */
export interface Answer {
  readonly closer: readonly Contact[]
  readonly providers: readonly Contact[]
  readonly value: Uint8Array | undefined
}

export interface KadNetworkComponents {
  readonly peerId: PeerId
  readonly peerStore: PeerStore
  readonly addressManager: AddressManager
  readonly dialer: Dialer
  readonly knownProtocols: KnownProtocols
}

/** How the DHT reaches other peers: by the daemon's own dialer, with what is known to the rest of the daemon. */
export class KadNetwork {
  readonly self: PeerId
  /** The messages to other peers by type, and those of them that got no answer. */
  readonly sent = new Tally()
  readonly failed = new Tally()
  readonly #components: KadNetworkComponents
  readonly #dialer: Dialer
  readonly #streams: KadStreams

  constructor(components: KadNetworkComponents) {
    this.self = components.peerId
    this.#components = components
    this.#dialer = components.dialer
    this.#streams = new KadStreams(components.knownProtocols)
  }

  isConnected(peer: PeerId): boolean {
    return this.#dialer.existing(peer) !== undefined
  }

  /** The addresses known of a peer, or announced by this daemon itself, without the peer's id. */
  async addresses(peer: PeerId): Promise<Contact['addrs']> {
    const known = peer.equals(this.self)
      ? this.#components.addressManager.getAddresses()
      : await this.#dialer.known(peer)
    return known.map(bare)
  }

  /** The public key of a peer, as far as it is known without asking anybody. */
  async publicKey(peer: PeerId): Promise<PublicKey | undefined> {
    if (peer.equals(this.self)) return this.self.publicKey
    const met = this.#dialer.existing(peer)?.remotePeer.publicKey
    if (peer.publicKey ?? met) return peer.publicKey ?? met
    return (await this.#components.peerStore.get(peer).catch(() => undefined))?.id.publicKey
  }

  /** Asks a peer, and connects to it first where there is no connection. */
  async ask(contact: Contact, message: KadMessage, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#counted(message, async () =>
      this.#streams.request(await this.#connect(contact, signal), message, signal),
    )
    return {
      closer: toContacts(answer.closerPeers),
      providers: toContacts(answer.providerPeers),
      value: answer.record?.value ?? undefined,
    }
  }

  /** Tells a peer something that it does not answer. */
  async tell(contact: Contact, message: KadMessage, signal: AbortSignal): Promise<void> {
    await this.#counted(message, async () => this.#streams.send(await this.#connect(contact, signal), message, signal))
  }

  async #counted<T>(message: KadMessage, talk: () => Promise<T>): Promise<T> {
    const name = nameOfType(message)
    this.sent.add(name)
    try {
      return await talk()
    } catch (error) {
      this.failed.add(name)
      throw error
    }
  }

  #connect({ peer, addrs }: Contact, signal: AbortSignal): Promise<Connection> {
    return this.#dialer.connect(peer, addrs, signal)
  }
}

/** Addresses without the peer's id, by those with it: the same ones are told again and again. */
const BARE = new WeakMap<Multiaddr, Multiaddr>()

function bare(address: Multiaddr): Multiaddr {
  const known = BARE.get(address) ?? withoutPeer(address)
  BARE.set(address, known)
  return known
}
