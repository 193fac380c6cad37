import { EventEmitter } from 'node:events'
import type { Connection, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { pause } from '../abort.ts'
import type { Dialer } from '../dialer.ts'
import { isRelayed } from './protocol.ts'
import { type Reservation, ReservationRefused, reserve } from './reserve.ts'

/** How long, in ms, connecting to a relay and asking it may take. */
const ATTEMPT_TIMEOUT = 15_000

/** A reservation is renewed this long, in ms, before it ends, or after half of its time when it is short. */
const RENEWAL_MARGIN = 2 * 60_000

/** A reservation is not renewed more often, in ms, whatever the relay says. */
const SHORTEST_RENEWAL = 500

/** Renewed after this time, in ms, when the relay’s clock differs so much that its word on the end is of no use. */
const BLIND_RENEWAL = 60_000

/** Between attempts, in ms: twice as long each time, within these bounds. */
const SHORTEST_PAUSE = 250
const LONGEST_PAUSE = 60_000

export interface HoldEvents {
  gained: [reservation: Reservation]
  /** The reservation is gone, and why. */
  lost: [reservation: Reservation, reason: Error]
  /** An attempt to reserve has failed. */
  failed: [reason: Error]
}

/** `always`: try again for ever; `once`: give up at the first failure or loss. */
export type HoldPolicy = 'always' | 'once'

/** Keeps a reservation at one relay: renews it before it ends, and makes it again when the relay was away. */
export class Hold extends EventEmitter<HoldEvents> {
  readonly relay: PeerId
  /** Resolves when the first attempt has succeeded or failed. */
  readonly settled: Promise<void>
  /** Resolves when it is released, or has given up. */
  readonly over: Promise<void>
  readonly #dialer: Dialer
  readonly #addresses: Multiaddr[]
  readonly #released = new AbortController()
  #policy: HoldPolicy
  #users = 1
  #reservation: Reservation | undefined
  /** When it ends, by `performance.now`, whatever is done to the clock. */
  #ends = 0

  constructor(dialer: Dialer, relay: PeerId, addresses: readonly Multiaddr[], policy: HoldPolicy) {
    super()
    this.#dialer = dialer
    this.relay = relay
    this.#addresses = [...addresses]
    this.#policy = policy
    const { promise, resolve } = Promise.withResolvers<void>()
    this.settled = promise
    this.once('gained', () => resolve())
    this.once('failed', () => resolve())
    this.over = this.#run().finally(resolve)
  }

  get reservation(): Reservation | undefined {
    return this.#reservation
  }

  /** Serves somebody else too, who may know further addresses of the relay, and whose policy may be stricter. */
  share(addresses: readonly Multiaddr[], policy: HoldPolicy): this {
    this.#users += 1
    if (policy === 'always') this.#policy = policy
    for (const address of addresses) {
      if (!this.#addresses.some(known => known.equals(address))) this.#addresses.push(address)
    }
    return this
  }

  /** One user less; with the last, the reservation is let go. */
  release(): void {
    this.#users -= 1
    if (this.#users === 0) this.end()
  }

  /** Lets the reservation go; the protocol has no word for it, so that the relay forgets it in its own time. */
  end(): void {
    this.#released.abort(new Error('the reservation is no longer wanted'))
  }

  async #run(): Promise<void> {
    const { signal } = this.#released
    // listeners come before the first event
    await Promise.resolve()
    for (let failures = 0; !signal.aborted; ) {
      try {
        const connection = await this.#attempt()
        failures = 0
        await this.#untilRenewal(connection)
      } catch (error) {
        failures += 1
        this.#fail(error as Error)
        if (this.#policy === 'once' && this.#reservation === undefined) return
        await pause(Math.min(SHORTEST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE), signal)
      }
    }
    this.#lose(signal.reason)
  }

  async #attempt(): Promise<Connection> {
    const signal = AbortSignal.any([this.#released.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT)])
    const connection = await this.#dialer.connect(this.relay, this.#addresses, signal)
    const reservation = await reserve(connection, signal)
    this.#released.signal.throwIfAborted()
    const before = this.#reservation
    this.#reservation = reservation
    this.#ends = performance.now() + (reservation.expires.getTime() - Date.now())
    if (before === undefined || String(before.addresses) !== String(reservation.addresses)) {
      if (before !== undefined) this.emit('lost', before, new Error('the relay has other addresses now'))
      this.emit('gained', reservation)
    }
    return connection
  }

  /** Resolves when it is time to renew; rejects when the relay is gone, which forgets the reservation then. */
  async #untilRenewal(connection: Connection): Promise<void> {
    const gone = new AbortController()
    const onClose = (): void => gone.abort(new Error('the connection to the relay has closed'))
    connection.addEventListener('close', onClose)
    if (connection.status !== 'open') onClose()
    try {
      await pause(renewalDelay(this.#reservation), AbortSignal.any([gone.signal, this.#released.signal]))
      // another connection to the relay keeps the reservation
      if (gone.signal.aborted && !this.#isConnected()) throw gone.signal.reason
    } finally {
      connection.removeEventListener('close', onClose)
    }
  }

  #isConnected(): boolean {
    const connection = this.#dialer.existing(this.relay)
    return connection !== undefined && !isRelayed(connection.remoteAddr)
  }

  #fail(reason: Error): void {
    if (this.#released.signal.aborted) return
    const lasts = this.#ends > performance.now()
    // a relay that is only slow to answer still passes calls on
    if (lasts && this.#isConnected() && !(reason instanceof ReservationRefused)) return
    this.#lose(reason)
    this.emit('failed', reason)
  }

  #lose(reason: Error): void {
    const before = this.#reservation
    if (before === undefined) return
    this.#reservation = undefined
    this.emit('lost', before, reason)
  }
}

function renewalDelay(reservation: Reservation | undefined): number {
  const left = (reservation?.expires.getTime() ?? 0) - Date.now()
  if (left <= 0) return BLIND_RENEWAL
  return Math.max(left - Math.min(RENEWAL_MARGIN, left / 2), SHORTEST_RENEWAL)
}
