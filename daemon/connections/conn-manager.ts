import { type Connection, KEEP_ALIVE, type Libp2p, type PeerId } from '@libp2p/interface'
import type { ConnManagerConfig } from '../config.ts'
import { hangUp } from '../hang-up.ts'
import { LimitError } from '../limits/limit-error.ts'
import type { Log } from '../log.ts'
import { ManagedPeer } from './managed-peer.ts'
import { chooseForTrim, type TrimCandidate } from './trim.ts'

/** How often, in ms, the number of connections is compared with the high mark; go-libp2p's silence period. */
const SILENCE = 10_000

/** Tags that clients may have set at one time, on all peers together, and bytes that a tag's name may have. */
const MAX_TAGS = 65_536
const MAX_TAG_LENGTH = 1_024

/** What the connection manager needs of a libp2p node. */
export type ManagedNode = Pick<Libp2p, 'addEventListener' | 'removeEventListener' | 'peerStore' | 'hangUp'>

/** What other parts of the daemon think of a peer, whose id is given. */
export interface Interests {
  /** Whether its connections are needed: those are protected. */
  isNeeded?: (key: string) => boolean
  /** What it is worth, beside its tags; 0 by default. */
  worth?: (peer: PeerId) => number
}

/**
 * Keeps the number of connections between two marks as go-libp2p's manager does: at the high one, the least valuable
 * peers go until the low one is left, except those connected for less than the grace period and those that are
 * protected, which in js-libp2p have a tag called `keep-alive…`. A peer's value is the sum of the tags that clients gave
 * it and of those in js-libp2p's peer store, which takes no values below 0 or above 100 and so cannot hold the former.
 * Clients' tags are forgotten when the peer's last connection closes.
 */
export class ConnManager {
  readonly #node: ManagedNode
  readonly #marks: ConnManagerConfig
  readonly #log: Log
  readonly #isNeeded: (key: string) => boolean
  readonly #worth: (peer: PeerId) => number
  readonly #peers = new Map<string, ManagedPeer>()
  readonly #timer: NodeJS.Timeout
  #connections = 0
  #tags = 0
  #trimming: Promise<void> | undefined
  #trims = 0
  #trimmed = 0

  constructor(node: ManagedNode, marks: ConnManagerConfig, log: Log, { isNeeded, worth }: Interests = {}) {
    this.#isNeeded = isNeeded ?? (() => false)
    this.#node = node
    this.#worth = worth ?? (() => 0)
    this.#marks = marks
    this.#log = log
    node.addEventListener('connection:open', this.#onOpen)
    node.addEventListener('connection:close', this.#onClose)
    this.#timer = setInterval(this.#onTick, SILENCE).unref()
  }

  /**
   * Tags a peer, connected or not, in place of an earlier value of that tag.
   *
   * @throws LimitError when there are too many tags, or the name is too long
   */
  tag(key: string, tag: string, value: number): void {
    if (Buffer.byteLength(tag) > MAX_TAG_LENGTH) throw new LimitError(MAX_TAG_LENGTH, 'bytes in the name of a tag')
    if (!this.#peers.get(key)?.tags.has(tag)) {
      if (this.#tags >= MAX_TAGS) throw new LimitError(MAX_TAGS, 'tags of peers')
      this.#tags += 1
    }
    this.#track(key).tags.set(tag, value)
  }

  /** How often there was too much, and how many connections were closed for that. */
  get trimmed(): { readonly trims: number; readonly connections: number } {
    return { trims: this.#trims, connections: this.#trimmed }
  }

  /** Takes a tag from a peer, which need not have it. */
  untag(key: string, tag: string): void {
    const peer = this.#peers.get(key)
    if (!peer?.tags.delete(tag)) return
    this.#tags -= 1
    if (peer.tags.size === 0 && peer.connections.size === 0) this.#forget(key)
  }

  /** Closes what is above the low mark; resolves when it is closed. A trim that runs already is enough. */
  trim(): Promise<void> {
    this.#trimming ??= this.#trim().finally(() => {
      this.#trimming = undefined
    })
    return this.#trimming
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#node.removeEventListener('connection:open', this.#onOpen)
    this.#node.removeEventListener('connection:close', this.#onClose)
  }

  readonly #onOpen = ({ detail: connection }: CustomEvent<Connection>): void => {
    const peer = this.#track(connection.remotePeer.toString())
    if (peer.connections.size === 0) peer.since = performance.now()
    peer.connections.add(connection)
    this.#connections += 1
  }

  readonly #onClose = ({ detail: connection }: CustomEvent<Connection>): void => {
    const key = connection.remotePeer.toString()
    const peer = this.#peers.get(key)
    if (!peer?.connections.delete(connection)) return
    this.#connections -= 1
    if (peer.connections.size === 0) this.#forget(key)
  }

  readonly #onTick = (): void => {
    if (this.#connections < this.#marks.highWater) return
    this.trim().catch(error =>
      this.#log.error(`connections could not be trimmed: ${error.message}`, { stack: error.stack }),
    )
  }

  #track(key: string): ManagedPeer {
    const peer = this.#peers.get(key) ?? new ManagedPeer()
    this.#peers.set(key, peer)
    return peer
  }

  #forget(key: string): void {
    this.#tags -= this.#peers.get(key)?.tags.size ?? 0
    this.#peers.delete(key)
  }

  async #trim(): Promise<void> {
    const { lowWater, highWater, gracePeriod } = this.#marks
    // a mark of zero switches trimming off, as in go
    if (lowWater === 0 || highWater === 0 || this.#connections <= lowWater) return
    const youngest = performance.now() - gracePeriod
    const grown = [...this.#peers].filter(([, { since }]) => since <= youngest)
    const candidates = (await Promise.all(grown.map(([key, peer]) => this.#judge(key, peer)))).filter(
      candidate => candidate !== undefined,
    )
    const connections = candidates.reduce((sum, candidate) => sum + candidate.connections, 0)
    // with most of them in their grace period, the useful ones would have to go
    if (connections < lowWater) return
    const chosen = chooseForTrim(candidates, lowWater)
    this.#trims += 1
    this.#trimmed += chosen.reduce((sum, candidate) => sum + candidate.connections, 0)
    await Promise.all(chosen.map(({ key }) => this.#close(key)))
  }

  /** What the peer is worth; undefined when it is protected. */
  async #judge(key: string, peer: ManagedPeer): Promise<(TrimCandidate & { readonly key: string }) | undefined> {
    if (this.#isNeeded(key)) return undefined
    const { id, tags, connections, streams, inbound } = peer
    const stored = id === undefined ? undefined : await this.#node.peerStore.get(id).catch(() => undefined)
    const values = new Map(stored?.tags.entries().map(([name, { value }]) => [name, value]))
    if (values.keys().some(name => name.startsWith(KEEP_ALIVE))) return undefined
    for (const [name, value] of tags) values.set(name, value)
    const value = values.values().reduce((sum, one) => sum + one, id === undefined ? 0 : this.#worth(id))
    return { key, temporary: id === undefined, value, connections: connections.size, streams, inbound }
  }

  async #close(key: string): Promise<void> {
    const id = this.#peers.get(key)?.id
    if (id === undefined) this.#forget(key)
    else await hangUp(this.#node, id)
  }
}
