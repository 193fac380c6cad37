import { EventEmitter } from 'node:events'
import type {
  Connection,
  IdentifyResult,
  Libp2pEvents,
  Listener,
  PeerId,
  PeerStore,
  TypedEventTarget,
} from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar, TransportManager } from '@libp2p/interface-internal'
import { isPrivate } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Config } from '../config.ts'
import type { Dialer } from '../dialer.ts'
import type { Log } from '../log.ts'
import { isRelayed } from '../relay/protocol.ts'
import { askForDialBack } from './autonat-client.ts'
import { AUTONAT_PROTOCOL, AutoNatService } from './autonat-service.ts'
import { InterfaceWatch } from './interface-watch.ts'
import { Jury, type Verdict } from './verdict.ts'

/** How long, in ms, one peer may take to dial back and answer. */
const ASK_TIMEOUT = 30_000

/** How often, in ms, peers are asked while nothing is known, and afterwards; go's times. */
const RETRY_INTERVAL = 90_000
const REFRESH_INTERVAL = 15 * 60_000

/** Addresses that this daemon listens on are announced for as long as it does. */
const FOR_EVER = 100 * 365 * 24 * 3_600_000

export interface ReachabilityComponents {
  readonly peerId: PeerId
  readonly peerStore: PeerStore
  readonly registrar: Registrar
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly addressManager: AddressManager
  readonly transportManager: TransportManager
  readonly connectionManager: ConnectionManager
  readonly dialer: Dialer
}

/**
 * Whether other peers can dial this one: forced by a flag, or found out by asking peers (AutoNAT). Emits `changed`.
 */
export class Reachability extends EventEmitter<{ changed: [verdict: Verdict] }> {
  readonly #components: ReachabilityComponents
  readonly #forced: 'public' | 'private' | undefined
  readonly #log: Log
  readonly #service: AutoNatService | undefined
  readonly #jury = new Jury()
  readonly #interfaces: InterfaceWatch
  readonly #stopped = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #asking = false

  constructor(components: ReachabilityComponents, config: Config, log: Log) {
    super()
    this.#components = components
    this.#log = log
    // nobody dials a peer that listens nowhere
    this.#forced = config.reachability ?? (config.hostAddrs.every(isRelayed) ? 'private' : undefined)
    this.#service = config.autonat ? new AutoNatService(components, log) : undefined
    this.#interfaces = new InterfaceWatch(components)
    components.events.addEventListener('transport:listening', this.#onListening)
  }

  /** What peers that asked were told of themselves, by status; nothing without `-autonat`. */
  get answers(): Iterable<readonly [status: string, count: number]> {
    return this.#service?.answers ?? []
  }

  get verdict(): Verdict {
    return this.#forced ?? this.#jury.verdict
  }

  async start(): Promise<void> {
    this.#interfaces.start()
    await this.#service?.start()
    if (this.#forced !== undefined) return
    this.#components.events.addEventListener('peer:identify', this.#onIdentify)
    this.#schedule()
  }

  async stop(): Promise<void> {
    const { events } = this.#components
    events.removeEventListener('peer:identify', this.#onIdentify)
    events.removeEventListener('transport:listening', this.#onListening)
    clearTimeout(this.#timer)
    this.#interfaces.stop()
    this.#stopped.abort(new Error('the daemon is stopping'))
    await this.#service?.stop()
  }

  /** js-libp2p keeps public addresses to itself until AutoNAT confirms them; go announces what it listens on. */
  readonly #onListening = ({ detail }: CustomEvent<Listener>): void => {
    for (const address of detail.getAddrs()) {
      this.#components.addressManager.confirmObservedAddr(address, { type: 'transport', ttl: FOR_EVER })
    }
  }

  /** Somebody who may know has turned up. */
  readonly #onIdentify = ({ detail: { protocols, connection } }: CustomEvent<IdentifyResult>): void => {
    if (this.#jury.verdict !== 'unknown' || !protocols.includes(AUTONAT_PROTOCOL)) return
    void this.#ask(connection)
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (this.#stopped.signal.aborted) return
    const interval = this.#jury.verdict === 'unknown' ? RETRY_INTERVAL : REFRESH_INTERVAL
    this.#timer = setTimeout(() => void this.#askAnybody(), interval).unref()
  }

  async #askAnybody(): Promise<void> {
    const servers: Connection[] = []
    for (const connection of this.#components.connectionManager.getConnections()) {
      const peer = await this.#components.peerStore.get(connection.remotePeer).catch(() => undefined)
      if (peer?.protocols.includes(AUTONAT_PROTOCOL) && this.#isWitness(connection)) servers.push(connection)
    }
    const server = servers[Math.floor(Math.random() * servers.length)]
    if (server !== undefined) await this.#ask(server)
    this.#schedule()
  }

  async #ask(connection: Connection): Promise<void> {
    if (this.#asking || !this.#isWitness(connection)) return
    this.#asking = true
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(ASK_TIMEOUT)])
    try {
      const result = await askForDialBack(connection, this.#components.peerId, this.#addresses(), signal)
      if (result === undefined) return
      if (result.word === 'public') this.#confirm(result.address)
      if (this.#jury.hear(result.word)) {
        this.#log.info(`this peer is ${result.word}, says ${connection.remotePeer}`)
        this.emit('changed', result.word)
        this.#schedule()
      }
    } catch (error) {
      this.#log.debug(`${connection.remotePeer} does not say whether this peer can be reached: ${error}`)
    } finally {
      this.#asking = false
    }
  }

  /** A peer on this private network cannot speak for the rest of the world, unless there is no other world. */
  #isWitness({ remoteAddr, status }: Connection): boolean {
    if (isRelayed(remoteAddr) || status !== 'open') return false
    if (!isPrivate(remoteAddr)) return true
    return this.#components.connectionManager.getConnections().every(other => isPrivate(other.remoteAddr))
  }

  #addresses(): Multiaddr[] {
    const { addressManager } = this.#components
    return [...addressManager.getAddresses(), ...addressManager.getObservedAddrs()].filter(
      address => !isRelayed(address),
    )
  }

  /** An address that others see this peer at is announced once it is known to work. */
  #confirm(address: Multiaddr | undefined): void {
    const { addressManager } = this.#components
    if (address !== undefined && addressManager.getObservedAddrs().some(observed => observed.equals(address))) {
      addressManager.confirmObservedAddr(address)
    }
  }
}
