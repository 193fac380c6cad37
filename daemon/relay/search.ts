import { randomBytes } from 'node:crypto'
import type { IdentifyResult, Libp2pEvents, PeerId, PeerRouting, PeerStore, TypedEventTarget } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import { pause } from '../abort.ts'
import type { Dialer } from '../dialer.ts'
import type { Hold } from './hold.ts'
import { HOP_PROTOCOL, isRelayed } from './protocol.ts'

/** Reservations that a search is content with when no relays are named; go's number. */
const ENOUGH = 2

/** Relays met and remembered in case they are needed. */
const MAX_DISCOVERED = 64

/** A relay that failed is tried again after this long, in ms, twice as long each time. */
const SHORTEST_BACKOFF = 1_000
const LONGEST_BACKOFF = 60_000

/** A relay that was only met is forgotten after so many failures in a row. */
const MAX_FAILURES = 3

/** Between the times, in ms, that the DHT is asked for peers that may be relays: soon, then twice as long each time. */
const SHORTEST_WALK_PAUSE = 1_000
const LONGEST_WALK_PAUSE = 30_000

/** How long, in ms, one look at the DHT, and a dial of a peer found there, may take. */
const WALK_TIMEOUT = 20_000
const WALK_DIAL_TIMEOUT = 5_000

export interface SearchComponents {
  readonly dialer: Dialer
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly connectionManager: ConnectionManager
  readonly peerStore: PeerStore
  readonly peerRouting: PeerRouting
}

export interface SearchOptions {
  /** Relays that were named. */
  readonly relays: readonly { readonly peer: PeerId; readonly address: Multiaddr }[]
  /** Take any relay that this peer happens to be connected to. */
  readonly discovery: boolean
  /** Ask the DHT for more peers while there are too few relays. */
  readonly walk: boolean
}

interface Candidate {
  readonly peer: PeerId
  readonly addresses: readonly Multiaddr[]
  readonly named: boolean
  failures: number
  /** When it may be tried, by the clock that nobody sets. */
  notBefore: number
  hold: Hold | undefined
}

/** Keeps reservations at relays that were named or met: when one goes, another takes its place. */
export class RelaySearch {
  /** Resolves when the first attempts at the relays known at the start are over. */
  readonly settled: Promise<void>
  readonly #components: SearchComponents
  readonly #wanted: number
  readonly #reserve: (relay: PeerId, addresses: readonly Multiaddr[]) => Hold
  readonly #candidates = new Map<string, Candidate>()
  readonly #stopped = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(
    components: SearchComponents,
    options: SearchOptions,
    reserve: (relay: PeerId, addresses: readonly Multiaddr[]) => Hold,
  ) {
    this.#components = components
    this.#reserve = reserve
    this.#wanted = Math.max(options.relays.length, options.discovery ? ENOUGH : 0)
    for (const { peer, address } of options.relays) this.#add(peer, [address], true)
    if (options.discovery) components.events.addEventListener('peer:identify', this.#onIdentify)
    this.#fill()
    this.settled = Promise.all([...this.#holds()].map(({ settled }) => settled)).then(() => {})
    if (options.discovery) void this.#lookAround()
    if (options.walk) void this.#explore()
  }

  /** Where this peer can be called through the relays found. */
  addresses(): readonly Multiaddr[] {
    return [...this.#holds()].flatMap(({ reservation }) => reservation?.addresses ?? [])
  }

  release(): void {
    this.#stopped.abort()
    clearTimeout(this.#timer)
    this.#components.events.removeEventListener('peer:identify', this.#onIdentify)
    for (const hold of this.#holds()) hold.release()
  }

  *#holds(): Generator<Hold> {
    for (const { hold } of this.#candidates.values()) if (hold !== undefined) yield hold
  }

  #add(peer: PeerId, addresses: readonly Multiaddr[], named: boolean): void {
    const key = peer.toString()
    if (this.#candidates.has(key) || (!named && this.#candidates.size >= MAX_DISCOVERED)) return
    this.#candidates.set(key, { peer, addresses, named, failures: 0, notBefore: 0, hold: undefined })
  }

  readonly #onIdentify = ({ detail: { peerId, protocols, connection } }: CustomEvent<IdentifyResult>): void => {
    if (!protocols.includes(HOP_PROTOCOL) || isRelayed(connection.remoteAddr)) return
    this.#add(peerId, [], false)
    this.#fill()
  }

  /** Peers that were met before the search began. */
  async #lookAround(): Promise<void> {
    const { connectionManager, peerStore } = this.#components
    for (const { remotePeer, remoteAddr } of connectionManager.getConnections()) {
      const known = await peerStore.get(remotePeer).catch(() => undefined)
      if (known?.protocols.includes(HOP_PROTOCOL) && !isRelayed(remoteAddr)) this.#add(remotePeer, [], false)
    }
    this.#fill()
  }

  /** Reserves at as many relays as are wanted, or as may be tried now. */
  #fill(): void {
    if (this.#stopped.signal.aborted) return
    clearTimeout(this.#timer)
    const now = performance.now()
    let missing = this.#wanted - [...this.#holds()].length
    const free = [...this.#candidates.values()].filter(({ hold }) => hold === undefined)
    for (const candidate of free.filter(({ notBefore }) => notBefore <= now)) {
      if (missing <= 0) return
      missing -= 1
      this.#try(candidate)
    }
    const next = Math.min(...free.map(({ notBefore }) => notBefore).filter(time => time > now))
    if (missing > 0 && next < Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#fill(), next - now).unref()
    }
  }

  #try(candidate: Candidate): void {
    const hold = this.#reserve(candidate.peer, candidate.addresses)
    candidate.hold = hold
    hold.once('gained', () => {
      candidate.failures = 0
    })
    void hold.over.then(() => {
      candidate.hold = undefined
      candidate.notBefore = performance.now() + Math.min(SHORTEST_BACKOFF * 2 ** candidate.failures, LONGEST_BACKOFF)
      candidate.failures += 1
      if (!candidate.named && candidate.failures >= MAX_FAILURES) this.#candidates.delete(candidate.peer.toString())
      this.#fill()
    })
  }

  /** Meets random peers of the DHT, so that relays among them are identified, whenever there are too few. */
  async #explore(): Promise<void> {
    const { signal } = this.#stopped
    for (let rest = SHORTEST_WALK_PAUSE; !signal.aborted; rest = Math.min(2 * rest, LONGEST_WALK_PAUSE)) {
      if (!this.#hasEnough()) await this.#walk(AbortSignal.any([signal, AbortSignal.timeout(WALK_TIMEOUT)]))
      await pause(rest, signal)
    }
  }

  #hasEnough(): boolean {
    return [...this.#holds()].filter(({ reservation }) => reservation !== undefined).length >= this.#wanted
  }

  async #walk(signal: AbortSignal): Promise<void> {
    const { dialer, peerRouting } = this.#components
    try {
      for await (const { id, multiaddrs } of peerRouting.getClosestPeers(randomBytes(32), { signal })) {
        if (this.#hasEnough() || signal.aborted) return
        const dial = AbortSignal.any([signal, AbortSignal.timeout(WALK_DIAL_TIMEOUT)])
        await dialer.connect(id, multiaddrs, dial).catch(() => {})
      }
    } catch {
      // the DHT knows nobody yet
    }
  }
}
