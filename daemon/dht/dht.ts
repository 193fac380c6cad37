import {
  type Connection,
  type Libp2pEvents,
  type PeerId,
  type PeerRouting,
  type PublicKey,
  peerRoutingSymbol,
  type Startable,
  type Stream,
  serviceCapabilities,
  type TypedEventTarget,
} from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { DhtMode } from '../config.ts'
import type { Log } from '../log.ts'
import type { Reachability } from '../reachability/reachability.ts'
import type { Verdict } from '../reachability/verdict.ts'
import { DIRECT } from '../streams/inbound.ts'
import { Tally } from '../tally.ts'
import { randomKey } from './keyspace.ts'
import { type Contact, lookup } from './lookup.ts'
import { KAD_PROTOCOL } from './messenger.ts'
import { KadNetwork, type KadNetworkComponents } from './network.ts'
import type { DhtParts } from './parts.ts'
import { findClosestPeers, findPeer, towards } from './peers.ts'
import { findProviders, provide } from './providers.ts'
import { connectRouted } from './routed.ts'
import { peerRouting } from './routing.ts'
import { RoutingTable } from './routing-table.ts'
import { type ServerParts, serveKad } from './server.ts'
import { ProviderStore, ValueStore } from './store.ts'
import { findPublicKey, getValue, putValue, searchValue } from './values.ts'

/** How often, in ms, the routing table is refreshed, and how long one of its lookups may take; as go. */
const REFRESH_INTERVAL = 10 * 60_000
const REFRESH_TIMEOUT = 30_000

/** The closest bucket that a random key is looked for in; it takes twice as many attempts for each bit. */
const MAX_REFRESHED_BITS = 12

/** How its protocol is served. */
const SERVED = {
  maxInboundStreams: Number.POSITIVE_INFINITY,
  runOnLimitedConnection: true,
  force: true,
  [DIRECT]: true,
} as const

export interface DhtComponents extends KadNetworkComponents {
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly registrar: Registrar
  readonly reachability: Reachability
}

/**
 * This daemon's part in the DHT: it knows the servers that it meets, keeps that knowledge fresh, and answers others when
 * it is a server itself. What its methods do, and throw, stands at the functions of the same names.
 */
export class Dht implements DhtParts, Startable {
  readonly [serviceCapabilities] = ['@libp2p/peer-routing']
  readonly [peerRoutingSymbol]: PeerRouting
  readonly network: KadNetwork
  readonly table: RoutingTable
  readonly values = new ValueStore()
  readonly providers = new ProviderStore()
  /** The questions of other peers by type. */
  readonly received = new Tally()
  readonly #components: DhtComponents
  readonly #wanted: DhtMode
  readonly #log: Log
  readonly #stop = new AbortController()
  /** The streams on which other peers ask. */
  readonly #served = new Set<Stream>()
  #serving = false
  #switching: Promise<void> = Promise.resolve()

  constructor(components: DhtComponents, mode: DhtMode, log: Log) {
    this.#components = components
    this.#wanted = mode
    this.#log = log
    this.network = new KadNetwork(components)
    this.table = new RoutingTable(components.peerId, peer => this.network.isConnected(peer))
    this[peerRoutingSymbol] = peerRouting(this)
  }

  get stopped(): AbortSignal {
    return this.#stop.signal
  }

  /** Whether it answers other peers now. */
  get mode(): 'client' | 'server' {
    return this.#serving ? 'server' : 'client'
  }

  /** Meets peers, and serves them: at once, never, or whenever other peers can reach this one. */
  async start(): Promise<void> {
    const { events, reachability } = this.#components
    // told at the beginning of a connection, and whenever it changes
    events.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => {
      if (protocols.includes(KAD_PROTOCOL)) this.table.add(peerId)
      else this.table.remove(peerId)
    })
    if (this.#wanted === 'server') await this.#serve(true)
    if (this.#wanted === 'full') {
      await this.#serve(reachability.verdict === 'public')
      reachability.on('changed', this.#onReachability)
    }
    const timer = setInterval(() => void this.refresh(), REFRESH_INTERVAL).unref()
    this.stopped.addEventListener('abort', () => clearInterval(timer))
  }

  stop(): void {
    this.#components.reachability.off('changed', this.#onReachability)
    this.#stop.abort(new Error('the daemon is stopping'))
  }

  findPeer(peer: PeerId, signal: AbortSignal): Promise<Contact> {
    return findPeer(this, peer, signal)
  }

  connect(peer: PeerId, addresses: readonly Multiaddr[], signal: AbortSignal): Promise<Connection> {
    return connectRouted(this.#components.dialer, this, peer, addresses, signal)
  }

  findClosestPeers(key: Uint8Array, signal: AbortSignal): Promise<Contact[]> {
    return findClosestPeers(this, key, signal)
  }

  findPublicKey(peer: PeerId, signal: AbortSignal): Promise<PublicKey> {
    return findPublicKey(this, peer, signal)
  }

  provide(multihash: Uint8Array, timeout: number, signal: AbortSignal): Promise<void> {
    return provide(this, multihash, timeout, signal)
  }

  findProviders(multihash: Uint8Array, count: number, signal: AbortSignal): AsyncIterable<Contact> {
    return findProviders(this, multihash, count, signal)
  }

  putValue(key: Uint8Array, value: Uint8Array, signal: AbortSignal): Promise<void> {
    return putValue(this, key, value, signal)
  }

  getValue(key: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    return getValue(this, key, signal)
  }

  searchValue(key: Uint8Array, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return searchValue(this, key, signal)
  }

  /** Looks for the peers around this one, and for some in every other part of the key space. */
  async refresh(): Promise<void> {
    const buckets = this.table.buckets.filter(([bits]) => bits <= MAX_REFRESHED_BITS)
    const keys = [this.network.self.toMultihash().bytes, ...buckets.map(([bits]) => randomKey(this.table.self, bits))]
    for (const key of keys) {
      const signal = AbortSignal.any([this.stopped, AbortSignal.timeout(REFRESH_TIMEOUT)])
      // an empty table cannot be refreshed, and need not
      await lookup(key, towards(this, key), signal).catch(() => {})
    }
  }

  readonly #onReachability = (verdict: Verdict): void => void this.#serve(verdict === 'public')

  /** Switches between server and client, one switch after the other. */
  #serve(wanted: boolean): Promise<void> {
    this.#switching = this.#switching
      .then(() => this.#switchTo(wanted))
      .catch(error => {
        this.#log.error(`cannot switch the DHT to ${wanted ? 'server' : 'client'}: ${error.message}`)
      })
    return this.#switching
  }

  async #switchTo(wanted: boolean): Promise<void> {
    const { registrar, peerId: self } = this.#components
    if (wanted === this.#serving) return
    this.#serving = wanted
    if (!wanted) {
      await registrar.unhandle(KAD_PROTOCOL)
      // peers keep their streams for the next question
      for (const stream of this.#served) stream.abort(new Error('this peer serves no more'))
      return
    }
    const { table, values, providers, network } = this
    const parts = {
      self,
      table,
      values,
      providers,
      received: this.received,
      addresses: (peer: PeerId) => network.addresses(peer),
      isConnected: (peer: PeerId) => network.isConnected(peer),
    }
    await registrar.handle(KAD_PROTOCOL, (stream, connection) => this.#answer(parts, stream, connection), SERVED)
  }

  async #answer(parts: ServerParts, stream: Stream, connection: Connection): Promise<void> {
    this.#served.add(stream)
    await serveKad(parts, stream, connection)
    this.#served.delete(stream)
  }
}
