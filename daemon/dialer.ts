import type { Connection, PeerId, PeerStore } from '@libp2p/interface'
import type { ConnectionManager, TransportManager } from '@libp2p/interface-internal'
import { isPrivate } from '@libp2p/utils'
import { CODE_P2P, type Multiaddr } from '@multiformats/multiaddr'
import { abortable } from './abort.ts'
import { dialOrder } from './dial-order.ts'
import { ATTEMPT_TIMEOUT, dialReason, undialableReason } from './dial-reason.ts'
import { resolveDnsaddrs } from './dnsaddr.ts'
import type { ConnectionLimit } from './limits/connection-limit.ts'
import { LimitError } from './limits/limit-error.ts'
import { addressText, unique, withPeer } from './peer-address.ts'
import type { AddressBook } from './peerstore/address-book.ts'
import { StoredAddresses } from './peerstore/stored-addresses.ts'
import { isRelayed } from './relay/protocol.ts'
import type { MeetingOptions } from './transports/local-ports.ts'
import { resolveHosts } from './transports/resolve-hosts.ts'

/** How long, in ms, one address may take: go's limits for loopback and private addresses, and for all others. */
const PRIVATE_ADDRESS_TIMEOUT = 5_000
const PUBLIC_ADDRESS_TIMEOUT = 15_000

/** After this long, in ms, without an answer the next address is tried beside the first (RFC 8305's delay). */
const STAGGER = 250

/** How long, in ms, addresses given by a client are remembered, as in go. */
const GIVEN_ADDRESS_TTL = 2 * 60_000

/** Why a peer could not be dialled, in go's words, address by address. */
export class DialFailure extends Error {
  override readonly name = 'DialFailure'
}

export interface DialerComponents {
  readonly peerId: PeerId
  readonly peerStore: PeerStore
  readonly transportManager: TransportManager
  readonly connectionManager: ConnectionManager
}

/**
 * Connects to peers as go does: all known addresses, a new one every 250 ms or as soon as one fails, first come wins.
 * libp2p's own dial queue tries one after the other, each for its full timeout, and keeps the reasons to itself.
 */
export class Dialer {
  readonly #components: DialerComponents
  readonly #limit: ConnectionLimit
  readonly #dials = new Map<string, SharedDial>()
  readonly #book: AddressBook
  readonly #stored: StoredAddresses

  constructor(components: DialerComponents, limit: ConnectionLimit, book: AddressBook) {
    this.#components = components
    this.#limit = limit
    this.#book = book
    this.#stored = new StoredAddresses(components.peerStore)
  }

  /** How many peers are being dialled. */
  get dials(): number {
    return this.#dials.size
  }

  /** An open connection to the peer, a direct one before a relayed one. */
  existing(peer: PeerId): Connection | undefined {
    const open = this.#components.connectionManager.getConnections(peer).filter(({ status }) => status === 'open')
    return (
      open.find(({ remoteAddr }) => !isRelayed(remoteAddr)) ??
      open.find(({ limits }) => limits === undefined) ??
      open[0]
    )
  }

  /** The addresses that a dial would try: those that clients have given for the peer, and those it has told itself. */
  known(peer: PeerId): Promise<Multiaddr[]> {
    return this.#candidates(
      peer,
      this.#book.get(peer).map(({ address }) => address),
    )
  }

  /**
   * An open connection to the peer, dialling the addresses given and those known where there is none.
   *
   * @param directly dials no address of a relay: what is to carry a circuit cannot be one, and two peers that are each
   *   other's relay would wait for each other
   * @throws DialFailure; LimitError when there are too many already; the signal's reason when it aborts
   */
  async connect(
    peer: PeerId,
    addresses: readonly Multiaddr[],
    signal: AbortSignal,
    { directly = false } = {},
  ): Promise<Connection> {
    const existing = this.existing(peer)
    if (existing !== undefined && !(directly && isRelayed(existing.remoteAddr))) return existing
    if (peer.equals(this.#components.peerId)) throw new DialFailure('dial to self attempted')
    this.#limit.check()

    const given = this.#book.remember(peer, addresses, GIVEN_ADDRESS_TTL)
    const key = directly ? `${peer} directly` : peer.toString()
    const running = this.#dials.get(key)
    if (running?.covers(given)) return running.join(signal)

    const all = await this.#candidates(peer, given)
    const candidates = directly ? all.filter(address => !isRelayed(address)) : all
    const dial = new SharedDial(candidates, abort => this.#dialAll(peer, candidates, abort))
    this.#dials.set(key, dial)
    try {
      return await dial.join(signal)
    } finally {
      if (this.#dials.get(key) === dial) this.#dials.delete(key)
    }
  }

  /**
   * A new connection to the peer at exactly these addresses, relayed ones left out, beside any that is open already.
   *
   * @param meeting for two that dial each other at the same moment
   * @throws DialFailure; LimitError when there are too many already; the signal's reason when it aborts
   */
  async connectAfresh(
    peer: PeerId,
    addresses: readonly Multiaddr[],
    signal: AbortSignal,
    meeting: MeetingOptions = {},
  ): Promise<Connection> {
    this.#limit.check()
    const direct = addresses.filter(address => !isRelayed(address)).map(address => withPeer(address, peer))
    const candidates = unique(direct.filter(address => address !== undefined))
    // the signal may abort long after the dial, which must not touch the connection
    return new SharedDial(candidates, abort => this.#dialAll(peer, candidates, abort, meeting)).join(signal)
  }

  async #candidates(peer: PeerId, given: readonly Multiaddr[]): Promise<Multiaddr[]> {
    return unique([...given, ...(await this.#stored.get(peer))])
  }

  async #dialAll(
    peer: PeerId,
    named: readonly Multiaddr[],
    signal: AbortSignal,
    meeting: MeetingOptions = {},
  ): Promise<Connection> {
    const placed = named.filter(address => address.getComponents().length > 1)
    if (placed.length === 0) throw new DialFailure(`failed to dial ${peer}: no addresses`)
    const candidates = unique(await resolveHosts(await resolveDnsaddrs(placed, signal), signal))
    signal.throwIfAborted()
    const { transportManager } = this.#components
    const isDialable = (address: Multiaddr): boolean =>
      transportManager.dialTransportForMultiaddr(address) !== undefined
    const failures: [Multiaddr, string][] = candidates
      .filter(address => !isDialable(address))
      .map(address => [address, undialableReason(address)])
    const good = dialOrder(candidates.filter(isDialable))
    if (good.length === 0) throw new DialFailure(`failed to dial ${peer}: no good addresses${lines(failures)}`)
    let overLimit: LimitError | undefined
    const dial = (address: Multiaddr, attempt: AbortController) => this.#attempt(address, attempt, meeting)
    const connection = await this.#race(good, signal, dial, (address, error) => {
      if (error instanceof LimitError) overLimit = error
      failures.push([address, dialReason(error, address, peer)])
    })
    if (connection !== undefined) return connection
    if (overLimit !== undefined) throw overLimit
    signal.throwIfAborted()
    throw new DialFailure(`failed to dial ${peer}: all dials failed${lines(failures)}`)
  }

  /** Resolves with the first connection, or with undefined when every address has failed. */
  async #race(
    addresses: readonly Multiaddr[],
    signal: AbortSignal,
    dial: (address: Multiaddr, attempt: AbortController) => Promise<Connection>,
    failed: (address: Multiaddr, error: unknown) => void,
  ): Promise<Connection | undefined> {
    const { promise, resolve } = Promise.withResolvers<Connection | undefined>()
    const waiting = [...addresses]
    const running = new Set<AbortController>()
    let over = false
    let timer: NodeJS.Timeout | undefined

    const next = (): void => {
      clearTimeout(timer)
      const address = waiting.shift()
      if (over || address === undefined) return
      const attempt = new AbortController()
      running.add(attempt)
      dial(address, attempt)
        .then(
          connection => {
            // two addresses can answer in the same instant; the second connection is not needed
            if (over) connection.abort(new Error('another address answered first'))
            over = true
            resolve(connection)
          },
          error => {
            failed(address, error)
            next()
          },
        )
        .finally(() => {
          running.delete(attempt)
          if (over) for (const loser of running) loser.abort()
          else if (running.size === 0) resolve(undefined)
        })
      timer = setTimeout(next, STAGGER)
    }
    const abandon = (): void => {
      over = true
      for (const attempt of running) attempt.abort(signal.reason)
      resolve(undefined)
    }
    signal.addEventListener('abort', abandon)
    next()
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abandon)
    }
  }

  /** The signal belongs to this attempt alone: one that aborts later would destroy the connection it has made. */
  async #attempt(address: Multiaddr, attempt: AbortController, meeting: MeetingOptions): Promise<Connection> {
    const limit = isPrivate(address) ? PRIVATE_ADDRESS_TIMEOUT : PUBLIC_ADDRESS_TIMEOUT
    const timeout = new Error(ATTEMPT_TIMEOUT)
    const timer = setTimeout(() => attempt.abort(timeout), limit)
    try {
      return await this.#components.transportManager.dial(address, { ...meeting, signal: attempt.signal })
    } catch (error) {
      throw attempt.signal.reason === timeout ? timeout : error
    } finally {
      clearTimeout(timer)
    }
  }
}

/** One dial that several requests may wait for; it ends when the last of them has lost interest. */
class SharedDial {
  readonly #addresses: ReadonlySet<string>
  readonly #controller = new AbortController()
  readonly #result: Promise<Connection>
  #waiters = 0

  constructor(addresses: readonly Multiaddr[], run: (signal: AbortSignal) => Promise<Connection>) {
    this.#addresses = new Set(addresses.map(String))
    this.#result = run(this.#controller.signal)
    this.#result.catch(() => {})
  }

  covers(addresses: readonly Multiaddr[]): boolean {
    return addresses.every(address => this.#addresses.has(address.toString()))
  }

  async join(signal: AbortSignal): Promise<Connection> {
    this.#waiters += 1
    try {
      return await abortable(this.#result, signal)
    } finally {
      this.#waiters -= 1
      if (this.#waiters === 0) this.#controller.abort()
    }
  }
}

function lines(failures: readonly (readonly [Multiaddr, string])[]): string {
  return failures.map(([address, text]) => `\n  * [${addressText(withoutPeer(address))}] ${text}`).join('')
}

/** go writes addresses without the peer id that js-libp2p keeps at their end. */
export function withoutPeer(address: Multiaddr): Multiaddr {
  return address.getComponents().at(-1)?.code === CODE_P2P ? address.decapsulateCode(CODE_P2P) : address
}
