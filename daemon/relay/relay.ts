import { KEEP_ALIVE, type PeerId } from '@libp2p/interface'
import type { TransportManager } from '@libp2p/interface-internal'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Reachability } from '../reachability/reachability.ts'
import type { LocalPorts } from '../transports/local-ports.ts'
import { AutoRelay } from './auto-relay.ts'
import { HolePunching, type HolePunchingComponents } from './hole-punching.ts'
import { isRelayed, splitCircuit } from './protocol.ts'
import { Reservations, relayId } from './reservations.ts'
import type { SearchComponents } from './search.ts'
import { RelayService, type RelayServiceComponents } from './service.ts'

/** What the peer of a reservation is tagged with for as long as it lasts. */
export const RELAY_TAG = `${KEEP_ALIVE}-relay-reservation`

export type RelayComponents = SearchComponents &
  RelayServiceComponents &
  HolePunchingComponents & { readonly transportManager: TransportManager; readonly reachability: Reachability }

/**
 * Everything about circuit relays: being one, and being reached through others.
 *
 * For notifications: `reservations.list()` is the present state, its events `gained` and `lost` are what changes.
 */
export class Relay {
  /** Undefined when this daemon is no relay. */
  readonly service: RelayService | undefined
  readonly reservations: Reservations
  readonly #autoRelay: AutoRelay | undefined
  /** Undefined when relayed connections are left as they are. */
  readonly holePunching: HolePunching | undefined

  /** @throws Error `invalid p2p multiaddr` when an address of a relay does not say who it is */
  constructor(components: RelayComponents, config: Config, log: Log, ports: LocalPorts) {
    const { enabled, discovery, relays } = config.relay
    for (const address of config.hostAddrs.filter(isRelayed)) {
      const relay = splitCircuit(address)?.relay
      if (relay !== undefined) relayId(relay)
    }
    const any = discovery || relays.length === 0
    this.reservations = new Reservations(components, { discovery: any, walk: any && config.dht !== undefined }, relays)
    this.#logFailures(log)
    this.#protect(components.peerStore)
    if (config.relay.auto) {
      this.#autoRelay = new AutoRelay(components.transportManager, components.reachability, log)
    }
    if (config.relay.holePunching) this.holePunching = new HolePunching(components, ports, log)
    if (enabled) {
      const { reservations, reservationTtl, circuits, circuitsPerPeer, dataLimit, timeLimit } = config.relay
      const limits = { data: dataLimit, time: timeLimit }
      this.service = new RelayService(components, { reservations, reservationTtl, circuits, circuitsPerPeer, limits })
    }
  }

  /** Says once, and not at every attempt, that a relay gives no reservation. */
  #logFailures(log: Log): void {
    const failing = new Set<string>()
    this.reservations.on('gained', ({ relay, addresses }) => {
      failing.delete(relay.toString())
      log.info(`reserved at relay ${relay}: ${addresses.join(', ')}`)
    })
    this.reservations.on('lost', ({ relay }, reason) =>
      log.info(`reservation at relay ${relay} is gone: ${reason.message}`),
    )
    this.reservations.on('failed', (relay, reason) => {
      if (failing.has(relay.toString())) return
      failing.add(relay.toString())
      log.warn(`no reservation at relay ${relay}: ${reason.message}`)
    })
  }

  /** The connection manager spares peers with such a tag: the reservation ends with the connection. */
  #protect(peerStore: RelayComponents['peerStore']): void {
    const tag = (peer: PeerId, value: { value: number } | undefined): void => {
      peerStore.merge(peer, { tags: { [RELAY_TAG]: value } }).catch(() => {})
    }
    this.reservations.on('gained', ({ relay }) => tag(relay, { value: 1 }))
    this.reservations.on('lost', ({ relay }) => tag(relay, undefined))
  }

  async start(): Promise<void> {
    await this.service?.start()
    await this.holePunching?.start()
  }

  async afterStart(): Promise<void> {
    await this.#autoRelay?.start()
  }

  async stop(): Promise<void> {
    this.#autoRelay?.stop()
    this.reservations.stop()
    await this.holePunching?.stop()
    await this.service?.stop()
  }
}
