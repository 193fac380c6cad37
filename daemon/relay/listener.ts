import type { Listener, ListenerEvents } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import { splitCircuit } from './protocol.ts'
import type { Reservations } from './reservations.ts'

/** How long, in ms, the daemon's start waits for a relay's first answer, so that the banner names the address. */
const START_TIMEOUT = 5_000

/** Listening at a relay: has addresses while there is a reservation. */
export class CircuitListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #reservations: Reservations
  #wanted: Wanted | undefined

  constructor(reservations: Reservations) {
    super()
    this.#reservations = reservations
  }

  /** Returns although there is no reservation yet when the relay takes its time, or is away: it is asked again. */
  async listen(address: Multiaddr): Promise<void> {
    const { relay } = splitCircuit(address) ?? {}
    this.#wanted = relay === undefined ? this.#reservations.search() : this.#reservations.hold(relay)
    this.#reservations.on('gained', this.#onChange)
    this.#reservations.on('lost', this.#onChange)
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, START_TIMEOUT)
    await Promise.race([this.#wanted.settled, promise]).finally(() => clearTimeout(timer))
    this.#onChange()
  }

  getAddrs(): Multiaddr[] {
    return [...(this.#wanted?.addresses() ?? [])]
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#reservations.off('gained', this.#onChange)
    this.#reservations.off('lost', this.#onChange)
    this.#wanted?.release()
    this.#wanted = undefined
    queueMicrotask(() => this.safeDispatchEvent('close'))
  }

  readonly #onChange = (): void => {
    this.safeDispatchEvent('listening')
  }
}

/** A reservation that is wanted somewhere, until it is released. */
export interface Wanted {
  /** Resolves when it is known whether there is one for now. */
  readonly settled: Promise<void>
  addresses(): readonly Multiaddr[]
  release(): void
}
