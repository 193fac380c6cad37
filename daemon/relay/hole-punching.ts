import { EventEmitter } from 'node:events'
import type { Connection, IdentifyResult, Libp2pEvents, PeerId, Stream, TypedEventTarget } from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar } from '@libp2p/interface-internal'
import { peerIdFromString } from '@libp2p/peer-id'
import { isLoopback, isPrivate } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { HolePunch } from '../../proto/libp2p.ts'
import { pause } from '../abort.ts'
import type { Dialer } from '../dialer.ts'
import type { Log } from '../log.ts'
import { MessageStream } from '../message-stream.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import type { LocalPorts, MeetingOptions } from '../transports/local-ports.ts'
import { isRelayed, splitCircuit } from './protocol.ts'

export const DCUTR_PROTOCOL = '/libp2p/dcutr'

/** How long, in ms, one attempt may take, and how many there are; go's numbers. */
const ATTEMPT_TIMEOUT = 10_000
const ATTEMPTS = 3

/** Addresses of the other side that are tried. */
const MAX_ADDRESSES = 16

/** Attempts at once; a call beyond that stays relayed. Strangers choose the addresses that are dialled. */
const MAX_UPGRADES = 32

export interface HolePunchingComponents {
  readonly dialer: Dialer
  readonly registrar: Registrar
  readonly addressManager: AddressManager
  readonly connectionManager: ConnectionManager
  readonly events: TypedEventTarget<Libp2pEvents>
}

export interface HolePunchingEvents {
  /** No direct connection could be made to who called through a relay. */
  failed: [relayed: Connection, reason: Error]
}

/**
 * Turns a connection through a relay into a direct one, where one of the two can be dialled or both can be made to meet
 * (DCUtR). The relayed connection stays, for the streams on it; new streams prefer the direct one.
 *
 * Two that are both behind routers meet by TCP: each dials the other at the same moment, from the port and to the address
 * at which the relay sees them. A router lets in what answers its own side, and each dial looks like the other's answer.
 *
 * js-libp2p's own service never tries private addresses, closes the relayed connection under its streams, and dials from
 * any port.
 */
export class HolePunching extends EventEmitter<HolePunchingEvents> {
  readonly #components: HolePunchingComponents
  readonly #ports: LocalPorts
  readonly #log: Log
  /** Where a peer says that it sees this one. */
  readonly #seen = new WeakMap<Connection, Multiaddr>()
  /** The relayed connections that an attempt was made for: peers are identified more than once. */
  readonly #tried = new WeakSet<Connection>()
  #running = 0
  readonly #stopped = new AbortController()

  constructor(components: HolePunchingComponents, ports: LocalPorts, log: Log) {
    super()
    this.#components = components
    this.#ports = ports
    this.#log = log
  }

  async start(): Promise<void> {
    const { registrar, events } = this.#components
    events.addEventListener('peer:identify', this.#onIdentify)
    await registrar.handle(DCUTR_PROTOCOL, (stream, connection) => this.#onStream(stream, connection), {
      maxInboundStreams: 1,
      runOnLimitedConnection: true,
    })
  }

  async stop(): Promise<void> {
    const { registrar, events } = this.#components
    events.removeEventListener('peer:identify', this.#onIdentify)
    this.#stopped.abort(new Error('the daemon is stopping'))
    await registrar.unhandle(DCUTR_PROTOCOL)
  }

  /** Who is called through a relay makes the first move, as soon as it knows the caller's addresses. */
  readonly #onIdentify = ({ detail }: CustomEvent<IdentifyResult>): void => {
    const { connection, peerId, listenAddrs, protocols, observedAddr } = detail
    if (observedAddr !== undefined) this.#seen.set(connection, observedAddr)
    if (!isRelayed(connection.remoteAddr) || connection.direction !== 'inbound' || this.#isDirect(peerId)) return
    if (this.#tried.has(connection)) return
    this.#tried.add(connection)
    this.#attempt(peerId, async () => {
      try {
        await this.#upgrade(connection, listenAddrs, protocols.includes(DCUTR_PROTOCOL))
      } catch (error) {
        if (this.#stopped.signal.aborted || connection.status !== 'open' || this.#isDirect(peerId)) return
        this.#log.info(`the connection to ${peerId} stays relayed: ${(error as Error).message}`)
        this.emit('failed', connection, error as Error)
      }
    })
  }

  #attempt(peer: PeerId, run: () => Promise<void>): void {
    if (this.#running >= MAX_UPGRADES) return
    this.#running += 1
    run()
      .catch(error => this.#log.debug(`no direct connection to ${peer}: ${error.message}`))
      .finally(() => {
        this.#running -= 1
      })
  }

  #isDirect(peer: PeerId): boolean {
    const connection = this.#components.dialer.existing(peer)
    return connection !== undefined && !isRelayed(connection.remoteAddr)
  }

  async #upgrade(relayed: Connection, addresses: readonly Multiaddr[], both: boolean): Promise<void> {
    const gone = new AbortController()
    relayed.addEventListener('close', () => gone.abort(new Error('the relayed connection has closed')))
    const signal = AbortSignal.any([gone.signal, this.#stopped.signal])
    const caller = worthTrying(addresses, relayed)
    let failure = new Error('the caller has no address that could work')
    if (caller.length > 0) {
      const dialled = this.#dial(relayed.remotePeer, caller, signal)
      const outcome = await dialled.then(
        () => undefined,
        error => error as Error,
      )
      if (outcome === undefined) return
      failure = outcome
    }
    for (let attempt = 0; both && attempt < ATTEMPTS; attempt++) {
      signal.throwIfAborted()
      try {
        await this.#meet(relayed, signal)
        return
      } catch (error) {
        failure = error as Error
      }
      if (this.#isDirect(relayed.remotePeer)) return
    }
    throw failure
  }

  /** Agrees with the caller on the moment at which each dials the other. */
  async #meet(relayed: Connection, lasting: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([lasting, AbortSignal.timeout(ATTEMPT_TIMEOUT)])
    const stream = await relayed.newStream(DCUTR_PROTOCOL, { signal, runOnLimitedConnection: true })
    try {
      const messages = new MessageStream(stream)
      const asked = performance.now()
      messages.write(HolePunch, { type: HolePunch.Type.CONNECT, ObsAddrs: this.#ownAddresses(relayed) })
      const { type, ObsAddrs } = await messages.read(HolePunch, signal)
      if (type !== HolePunch.Type.CONNECT) throw new Error('the caller did not answer with its addresses')
      const roundTrip = performance.now() - asked
      messages.write(HolePunch, { type: HolePunch.Type.SYNC })
      await stream.close({ signal })
      // by then the message has arrived
      await pause(roundTrip / 2, signal)
      // who makes the first move takes the part of the server when both dials meet
      await this.#dialOrWait(relayed, readAddresses(ObsAddrs), true, signal)
    } catch (error) {
      stream.abort(error as Error)
      throw error
    }
  }

  #onStream(stream: Stream, relayed: Connection): void {
    if (isRelayed(relayed.remoteAddr) && relayed.direction === 'outbound' && this.#running < MAX_UPGRADES) {
      this.#attempt(relayed.remotePeer, () => this.#answer(stream, relayed))
    } else {
      stream.abort(new Error('there is nothing to upgrade, or too much'))
    }
  }

  /** The caller's side: says where it is, and dials when the other says so. */
  async #answer(stream: Stream, relayed: Connection): Promise<void> {
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT)])
    try {
      const messages = new MessageStream(stream)
      const { type, ObsAddrs } = await messages.read(HolePunch, signal)
      if (type !== HolePunch.Type.CONNECT) throw new Error('expected the other side’s addresses')
      messages.write(HolePunch, { type: HolePunch.Type.CONNECT, ObsAddrs: this.#ownAddresses(relayed) })
      const sync = await messages.read(HolePunch, signal)
      if (sync.type !== HolePunch.Type.SYNC) throw new Error('expected the moment to dial')
      await stream.close({ signal })
      if (this.#isDirect(relayed.remotePeer)) return
      await this.#dialOrWait(relayed, readAddresses(ObsAddrs), false, signal)
    } catch (error) {
      stream.abort(error as Error)
      throw error
    }
  }

  /** Whoever has no address, or one that leads nowhere, may still be dialled by the other. */
  async #dialOrWait(
    relayed: Connection,
    addresses: readonly Multiaddr[],
    asServer: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const peer = relayed.remotePeer
    const tried = worthTrying(addresses, relayed)
    const localPort = this.#wayOut(relayed)?.localPort
    if (tried.length > 0) return this.#dial(peer, tried, signal, localPort === undefined ? {} : { localPort, asServer })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onOpen = ({ detail: { remotePeer, remoteAddr } }: CustomEvent<Connection>): void => {
      if (remotePeer.equals(peer) && !isRelayed(remoteAddr)) resolve()
    }
    const onAbort = (): void => reject(signal.reason)
    this.#components.events.addEventListener('connection:open', onOpen)
    signal.addEventListener('abort', onAbort)
    if (this.#isDirect(peer)) resolve()
    await promise.finally(() => {
      this.#components.events.removeEventListener('connection:open', onOpen)
      signal.removeEventListener('abort', onAbort)
    })
  }

  async #dial(
    peer: PeerId,
    addresses: readonly Multiaddr[],
    lasting: AbortSignal,
    meeting: MeetingOptions = {},
  ): Promise<void> {
    const signal = AbortSignal.any([lasting, AbortSignal.timeout(ATTEMPT_TIMEOUT)])
    const { remoteAddr } = await this.#components.dialer.connectAfresh(peer, addresses, signal, meeting)
    this.#log.info(`connected directly to ${peer} at ${remoteAddr}`)
  }

  /** The port that this peer calls the relay from, and the address at which the relay sees it. */
  #wayOut(relayed: Connection): { readonly localPort: number; readonly seen: Multiaddr } | undefined {
    const relay = splitCircuit(relayed.remoteAddr)?.relayId
    if (relay === undefined) return undefined
    for (const connection of this.#components.connectionManager.getConnections(peerIdFromString(relay))) {
      const localPort = this.#ports.of(connection)
      const seen = this.#seen.get(connection)
      if (localPort !== undefined && seen !== undefined) return { localPort, seen }
    }
    return undefined
  }

  #ownAddresses(relayed: Connection): Uint8Array[] {
    const { addressManager } = this.#components
    const seen = this.#wayOut(relayed)?.seen
    const all = [...(seen ? [seen] : []), ...addressManager.getAddresses(), ...addressManager.getObservedAddrs()]
    return all.filter(address => !isRelayed(address)).map(address => address.bytes)
  }
}

/**
 * The addresses at which a peer met through a relay may be found: public ones, and private ones only where the relay is
 * on this private network too. Nobody shall have this machine probed from afar.
 */
export function worthTrying(addresses: readonly Multiaddr[], { remoteAddr: relay }: Connection): Multiaddr[] {
  return addresses
    .filter(address => !isRelayed(address))
    .filter(address => !isPrivate(address) || (isLoopback(address) ? isLoopback(relay) : isPrivate(relay)))
    .slice(0, MAX_ADDRESSES)
}

function readAddresses(all: readonly Uint8Array[] | null | undefined): Multiaddr[] {
  return (all ?? []).flatMap(bytes => {
    try {
      return [decodeMultiaddr(bytes)]
    } catch {
      return []
    }
  })
}
