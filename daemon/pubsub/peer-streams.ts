import type { Connection, PeerId, PeerStore, Stream } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import type { Log } from '../log.ts'
import { receiveRpcs } from './inbox.ts'
import { Outbox } from './outbox.ts'
import { Pace } from './pace.ts'

/** How long, in ms, a peer has to agree on a protocol. */
const OPEN_TIMEOUT = 30_000

/** How often a stream to a peer that is still connected is opened again, and after how many ms; go's numbers. */
const REOPENINGS = 4
const REOPENING_DELAY = 100

/** A stream that lasted so many ms was a good one: what ends it is not the peer's refusal. */
const GOOD_STREAM = 10_000

/** Who takes bursts as they come: js-libp2p has no queue that could overflow, and rust-libp2p reads no faster than it works. */
const TAKES_BURSTS = /^(p2pd\/|js-libp2p\/|rust-libp2p)/

export interface PeerStreamsOptions {
  readonly connectionManager: Pick<ConnectionManager, 'getConnections'>
  readonly peerStore: Pick<PeerStore, 'get'>
  readonly log: Log
  /** In order of preference. */
  readonly protocols: readonly string[]
  /** Whether streams are to be held with the peer. */
  wanted(peer: string): boolean
  /** What a peer is told first: never nothing, so that it knows what there is to know. */
  hello(): Uint8Array
  opened(peer: string, protocol: string): void
  closed(peer: string): void
  /** There is no way to open a stream to the peer. */
  failed(peer: PeerId): void
  received(peer: PeerId, rpc: Uint8Array): Promise<void>
}

/** The streams with each pubsub peer: one to it, for what waits in its outbox, and the latest one that it has opened. */
export class PeerStreams {
  readonly #options: PeerStreamsOptions
  readonly #outboxes = new Map<string, Outbox>()
  readonly #outbound = new Map<string, Stream>()
  readonly #inbound = new Map<string, Stream>()
  readonly #opening = new Set<string>()

  constructor(options: PeerStreamsOptions) {
    this.#options = options
  }

  /** Where to put what is for the peer, whether or not there is a stream already; undefined for strangers. */
  outbox(peer: string): Outbox | undefined {
    if (!this.#options.wanted(peer)) return undefined
    let outbox = this.#outboxes.get(peer)
    if (outbox === undefined) {
      outbox = new Outbox()
      this.#outboxes.set(peer, outbox)
    }
    return outbox
  }

  /** Takes the stream that a peer has opened, in place of an earlier one. */
  accept(peer: PeerId, stream: Stream): void {
    const id = peer.toString()
    this.#inbound.get(id)?.abort(new Error('the peer has opened another one'))
    this.#inbound.set(id, stream)
    stream.addEventListener('close', () => {
      if (this.#inbound.get(id) === stream) this.#inbound.delete(id)
    })
    receiveRpcs(stream, rpc => this.#options.received(peer, rpc))
  }

  /** Refuses to read on: what came was not pubsub. */
  reject(peer: PeerId, reason: Error): void {
    this.#inbound.get(peer.toString())?.abort(reason)
  }

  /** Opens a stream to the peer, unless there is one. */
  async open(peer: PeerId, connection: Connection, attempt = 0): Promise<void> {
    const { wanted, protocols, log } = this.#options
    const id = peer.toString()
    if (!wanted(id) || this.#outbound.has(id) || this.#opening.has(id)) return
    this.#opening.add(id)
    try {
      const pace = (await this.#takesBursts(peer)) ? undefined : new Pace(connection)
      const stream = await connection.newStream([...protocols], { signal: AbortSignal.timeout(OPEN_TIMEOUT) })
      const outbox = this.outbox(id)
      if (outbox === undefined) stream.abort(new Error('the peer is not wanted any more'))
      else this.#attach(peer, stream, outbox, pace, attempt)
    } catch (error) {
      log.debug(`no pubsub stream to ${id}: ${(error as Error).message}`)
      this.#reopen(peer, attempt)
    } finally {
      this.#opening.delete(id)
    }
  }

  /** Ends everything with the peer. */
  close(peer: string, reason: Error): void {
    this.#outboxes.get(peer)?.close()
    this.#outboxes.delete(peer)
    const streams = [this.#outbound.get(peer), this.#inbound.get(peer)]
    this.#outbound.delete(peer)
    this.#inbound.delete(peer)
    for (const stream of streams) stream?.abort(reason)
  }

  closeAll(reason: Error): void {
    const peers = new Set([...this.#outboxes.keys(), ...this.#outbound.keys(), ...this.#inbound.keys()])
    for (const peer of peers) this.close(peer, reason)
  }

  async #takesBursts(peer: PeerId): Promise<boolean> {
    const known = await this.#options.peerStore.get(peer).catch(() => undefined)
    return TAKES_BURSTS.test(Buffer.from(known?.metadata.get('AgentVersion') ?? []).toString())
  }

  #attach(peer: PeerId, stream: Stream, outbox: Outbox, pace: Pace | undefined, attempt: number): void {
    const { opened, closed, hello } = this.#options
    const id = peer.toString()
    const since = performance.now()
    this.#outbound.set(id, stream)
    stream.addEventListener('close', () => {
      if (this.#outbound.get(id) !== stream) return
      this.#outbound.delete(id)
      outbox.detach()
      closed(id)
      this.#reopen(peer, performance.now() - since > GOOD_STREAM ? 0 : attempt)
    })
    outbox.attach(stream, hello(), pace)
    opened(id, stream.protocol)
  }

  /** A peer that is still connected may only have lost one of its connections. */
  #reopen(peer: PeerId, attempt: number): void {
    const { wanted, failed, connectionManager } = this.#options
    if (!wanted(peer.toString())) return
    if (attempt === REOPENINGS) {
      failed(peer)
      return
    }
    const timer = setTimeout(
      () => {
        const [connection] = connectionManager
          .getConnections(peer)
          .filter(({ status, limits }) => status === 'open' && limits === undefined)
        if (connection !== undefined) void this.open(peer, connection, attempt + 1)
      },
      REOPENING_DELAY * 2 ** attempt,
    )
    timer.unref()
  }
}
