import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { PubsubConfig } from '../config.ts'
import { RequestError } from '../control/request-error.ts'
import type { Log } from '../log.ts'
import { receiveRpcs } from './inbox.ts'
import { Latest } from './latest.ts'
import { LibraryRouter, type RouterComponents } from './library.ts'
import { messageId } from './message-id.ts'
import { Outbox } from './outbox.ts'
import { refusal, type SignaturePolicy, signaturePolicy } from './policy.ts'
import { type Control, decodeRpc, encodeRpc, MAX_RPC_LENGTH, type PubsubMessage, type Rpc } from './rpc.ts'
import { createSigner, type Signer, Verifier } from './signature.ts'

const FLOODSUB = '/floodsub/1.0.0'

/** Bytes of an RPC's length at the limit: the longest there are. */
const LENGTH_BYTES = 3

/** From so many bytes on, peers are told when a message has arrived, so that they do not send it as well. */
const LARGE_MESSAGE = 4_096

/** How often a stream to a peer that is still connected is opened again, and after how many ms; go's numbers. */
const REOPENINGS = 4
const REOPENING_DELAY = 100

/** A stream that lasted so many ms was a good one: what ends it is not the peer's refusal. */
const GOOD_STREAM = 10_000

/** Messages published between two heartbeats that go's queue of 32 may not have had room for. */
const BURST = 16

/** Heartbeats for which peers are told of such a burst. */
const REMINDERS = 3

export interface RouterOptions {
  readonly config: PubsubConfig
  readonly log: Log
  /** Is given each message once that clients may get: from peers those that the policy accepts, and our own. */
  readonly deliver: (message: PubsubMessage) => void
}

/** What has happened since the start. */
export interface RouterCounters {
  /** By clients of this daemon. */
  published: number
  /** By peers, copies included. */
  received: number
  duplicates: number
  /** Against the signature policy, or with a wrong signature. */
  rejected: number
  /** Not sent to a peer that was too slow. */
  lost: number
}

/**
 * Gossipsub, or floodsub, as go-libp2p-pubsub speaks it. The mesh is kept by `@libp2p/gossipsub`; what is replaced here is
 * what it does otherwise than go on the wire (signature policies, message ids, which messages are split and how), and
 * what it leaves to chance: memory for slow peers, messages for peers that are just being connected, peers that do not
 * answer, streams that end while their connection goes on.
 *
 * Floodsub is the same without a mesh: every peer that is subscribed gets everything. `@libp2p/floodsub` does not know the
 * policies either, loses messages that have no data, and cannot tell when a peer is slow.
 */
export class Router extends LibraryRouter {
  readonly counters: RouterCounters = { published: 0, received: 0, duplicates: 0, rejected: 0, lost: 0 }
  readonly #options: RouterOptions
  readonly #policy: SignaturePolicy
  readonly #sign: Signer
  readonly #self: Uint8Array
  readonly #verifier = new Verifier()
  readonly #latest = new Latest()
  readonly #outboxes = new Map<string, Outbox>()
  readonly #inbound = new Map<string, Stream>()
  readonly #opening = new Set<string>()
  readonly #wireProtocols: readonly string[]
  /** What was published since each of the last heartbeats, by topic. */
  readonly #bursts: Map<string, Uint8Array[]>[] = [new Map()]
  readonly #lost = new Map<string, number>()
  #sequence = BigInt(Date.now()) * 1_000_000n

  constructor(components: RouterComponents, options: RouterOptions) {
    const { config } = options
    super(components, {
      // a peer is as good as any other, as in go's daemon; the library's defaults refuse ten peers of one address
      scoreParams: { IPColocationFactorWeight: 0, behaviourPenaltyWeight: 0, topics: {} },
      idontwantMinDataSize: LARGE_MESSAGE,
      awaitRpcMessageHandler: true,
      tagMeshPeers: false,
      msgIdToStrFn: id => Buffer.from(id).toString('latin1'),
      ...(config.heartbeatInterval > 0 && { heartbeatInterval: config.heartbeatInterval }),
    })
    this.#options = options
    this.#policy = signaturePolicy(config)
    this.#sign = this.#policy === 'unsigned' ? async () => {} : createSigner(components.privateKey)
    this.#self = components.peerId.toMultihash().bytes
    if (config.router === 'floodsub') this.protocols = [FLOODSUB]
    this.#wireProtocols = this.protocols
    components.events.addEventListener('connection:open', ({ detail }) =>
      this.#latest.connected(detail.remotePeer.toString()),
    )
    components.events.addEventListener('peer:disconnect', ({ detail: peer }) => this.onPeerDisconnected(peer))
    this.addEventListener('gossipsub:heartbeat', () => this.#reportLosses())
  }

  override async start(): Promise<void> {
    await super.start()
    // from here on the library takes these for who can be in a mesh, where it would put floodsub's peers as well
    this.protocols = this.#wireProtocols.filter(protocol => protocol !== FLOODSUB)
    const delay = this.#options.config.heartbeatInitialDelay
    if (delay === 0) return
    clearTimeout(this.status.heartbeatTimeout)
    this.status.heartbeatTimeout = setTimeout(this.runHeartbeat, delay)
    this.status.hearbeatStartMs = Date.now() + delay
  }

  override async stop(): Promise<void> {
    clearTimeout(this.status.heartbeatTimeout)
    this.protocols = [...this.#wireProtocols]
    for (const outbox of this.#outboxes.values()) outbox.close()
    for (const stream of this.#inbound.values()) stream.abort(new Error('the daemon is stopping'))
    await super.stop()
  }

  /**
   * Publishes a message of this daemon; resolves when the peers that take messages have taken most of it.
   *
   * @throws RequestError ERR_LIMIT when the message is too long for the peers that want it; nobody has got it then
   */
  async publish(topic: string, data: Uint8Array | undefined): Promise<void> {
    const message = await this.#compose(topic, data)
    const id = messageId(message)
    const rpc = encodeRpc({ subscriptions: [], messages: [message] })
    const { tosend } = this.selectPeersToPublish(topic)
    if (tooLong(rpc)) {
      if (tosend.size > 0) throw tooLongFor(tosend.size, rpc)
    } else {
      this.mcache.put(id, message, true)
      this.#latest.add(topic, rpc)
      this.#rememberBurst(topic, id.msgId)
    }
    this.seenCache.put(id.msgIdStr)
    this.counters.published += 1
    const outboxes = [...tosend].map(peer => this.#post(peer, rpc))
    this.#options.deliver(message)
    await Promise.all(outboxes.map(outbox => outbox?.calm()))
  }

  async #compose(topic: string, data: Uint8Array | undefined): Promise<PubsubMessage> {
    this.#sequence += 1n
    const seqno = Buffer.alloc(8)
    seqno.writeBigUInt64BE(this.#sequence)
    const message: PubsubMessage = { from: this.#self, ...(data !== undefined && { data }), seqno, topic }
    await this.#sign(message)
    return message
  }

  override async handleReceivedMessage(source: PeerId, message: PubsubMessage): Promise<void> {
    this.counters.received += 1
    const { topic, from, data, signature } = message
    if (!this.subscriptions.has(topic)) return
    const reason = refusal(this.#policy, message)
    if (reason !== undefined) return this.#reject(source, reason)
    if (from !== undefined && Buffer.compare(from, this.#self) === 0) return this.#reject(source, 'claims to be ours')
    const id = messageId(message)
    if (this.#isKnown(id.msgIdStr)) return
    if (signature !== undefined && !(await this.#verifier.verifies(message))) {
      return this.#reject(source, 'invalid signature')
    }
    // another peer's copy may have been verified meanwhile
    if (this.#isKnown(id.msgIdStr)) return
    this.seenCache.put(id.msgIdStr)
    this.gossipTracer.deliverMessage(id.msgIdStr)
    this.mcache.put(id, message, true)
    this.#options.deliver(message)
    if ((data?.byteLength ?? 0) >= LARGE_MESSAGE) this.sendIDontWants(id.msgId, topic, source.toString())
    this.#forward(message, source)
  }

  #isKnown(id: string): boolean {
    if (!this.seenCache.has(id)) return false
    this.counters.duplicates += 1
    this.gossipTracer.deliverMessage(id, true)
    return true
  }

  #reject(source: PeerId, reason: string): void {
    this.counters.rejected += 1
    this.#options.log.debug(`message from ${source} dropped: ${reason}`)
  }

  #forward(message: PubsubMessage, source: PeerId): void {
    const peers = this.selectPeersToForward(message.topic, source.toString())
    if (peers.size === 0) return
    const rpc = encodeRpc({ subscriptions: [], messages: [message] })
    const author = message.from
    for (const peer of peers) {
      const id = this.peers.get(peer)?.toMultihash().bytes
      const isAuthor = id !== undefined && author !== undefined && Buffer.compare(id, author) === 0
      if (!isAuthor) this.#post(peer, rpc)
    }
  }

  /** Puts an RPC of messages in the peer's outbox; undefined when it is not there any more. */
  #post(peer: string, rpc: Uint8Array): Outbox | undefined {
    const outbox = this.#outbox(peer)
    if (outbox !== undefined && !outbox.send(rpc)) {
      this.counters.lost += 1
      this.#lost.set(peer, (this.#lost.get(peer) ?? 0) + 1)
    }
    return outbox
  }

  #outbox(peer: string): Outbox | undefined {
    if (!this.peers.has(peer)) return undefined
    let outbox = this.#outboxes.get(peer)
    if (outbox === undefined) {
      outbox = new Outbox()
      this.#outboxes.set(peer, outbox)
    }
    return outbox
  }

  #reportLosses(): void {
    for (const [peer, count] of this.#lost) {
      this.#options.log.warn(`${count} messages dropped for ${peer}, which does not read as fast as they come`)
    }
    this.#lost.clear()
  }

  override sendRpc(peer: string, rpc: Rpc): boolean {
    const outbox = this.#outbox(peer)
    // a peer without a stream will be told of all subscriptions at once
    if (outbox === undefined || !outbox.attached) return false
    const control = this.control.get(peer)
    if (control !== undefined) this.piggybackControl(peer, rpc, control)
    const ihave = this.gossip.get(peer)
    if (ihave !== undefined) this.piggybackGossip(peer, rpc, ihave)
    const bytes = encodeRpc(rpc)
    if (tooLong(bytes) || !outbox.send(bytes)) return false
    this.control.delete(peer)
    this.gossip.delete(peer)
    for (const event of ['graft', 'prune'] as const) {
      for (const { topicID: topic } of rpc.control?.[event] ?? []) {
        this.safeDispatchEvent(`gossipsub:${event}`, { detail: { peerId: peer, topic, direction: 'outbound' } })
      }
    }
    return true
  }

  override sendRpcInBatch(peers: Set<string>, rpc: Rpc): void {
    const bytes = encodeRpc(rpc)
    for (const peer of peers) if (this.#outbox(peer)?.attached) this.#post(peer, bytes)
  }

  override async handleControlMessage(peer: string, control: Control): Promise<void> {
    if (this.protocols.length > 0) await super.handleControlMessage(peer, control)
  }

  override handleIWant(peer: string, iwant: Control['iwant']): PubsubMessage[] {
    // one RPC with all that is wanted could be longer than any peer reads
    for (const message of super.handleIWant(peer, iwant)) {
      this.#post(peer, encodeRpc({ subscriptions: [], messages: [message] }))
    }
    return []
  }

  override handleReceivedSubscription(from: PeerId, topic: string, subscribe: boolean): boolean {
    const peer = from.toString()
    const known = this.topics.get(topic)?.has(peer) ?? false
    const accepted = super.handleReceivedSubscription(from, topic, subscribe)
    if (accepted && subscribe && !known) for (const rpc of this.#latest.missedBy(peer, topic)) this.#post(peer, rpc)
    return accepted
  }

  #rememberBurst(topic: string, id: Uint8Array): void {
    const ids = this.#bursts[0]?.get(topic)
    if (ids === undefined) this.#bursts[0]?.set(topic, [id])
    else ids.push(id)
  }

  /**
   * Gossip goes to peers outside the mesh. A burst is gossiped about to those who should have got it too: go drops what
   * its queue of 32 has no room for without a word, and asks for it again when it hears of it.
   */
  override emitGossip(peersByTopic: Map<string, Set<string>>): void {
    super.emitGossip(peersByTopic)
    for (const burst of this.#bursts) {
      for (const [topicID, messageIDs] of burst) {
        if (messageIDs.length < BURST) continue
        for (const peer of this.topics.get(topicID) ?? []) {
          const told = peersByTopic.get(topicID)?.has(peer)
          if (!told && !this.floodsubPeers.has(peer)) this.pushGossip(peer, { topicID, messageIDs })
        }
      }
    }
    this.#bursts.unshift(new Map())
    this.#bursts.length = Math.min(this.#bursts.length, REMINDERS)
  }

  override onPeerDisconnected(peer: PeerId): void {
    // told late, or of one connection among several
    if (this.components.connectionManager.getConnections(peer).some(({ status }) => status === 'open')) return
    this.#latest.introduced(peer.toString())
    this.removePeer(peer)
  }

  override removePeer(peer: PeerId): void {
    const id = peer.toString()
    super.removePeer(peer)
    this.#outboxes.get(id)?.close()
    this.#outboxes.delete(id)
    this.#inbound.get(id)?.abort(new Error('the peer is gone'))
    this.#inbound.delete(id)
  }

  override createInboundStream(peer: PeerId, stream: Stream): void {
    const id = peer.toString()
    this.#inbound.get(id)?.abort(new Error('the peer has opened another one'))
    this.#inbound.set(id, stream)
    stream.addEventListener('close', () => {
      if (this.#inbound.get(id) === stream) this.#inbound.delete(id)
    })
    receiveRpcs(stream, async bytes => {
      try {
        await this.handleReceivedRpc(peer, decodeRpc(bytes))
        this.#latest.introduced(id)
      } catch (error) {
        this.#options.log.debug(`bad RPC from ${id}: ${(error as Error).message}`)
        stream.abort(error as Error)
      }
    })
  }

  /** Opens the stream to a peer; the library would wait for each, and so for a peer that never answers. */
  override async createOutboundStream(peer: PeerId, connection: Connection): Promise<void> {
    void this.#open(peer, connection, 0)
  }

  async #open(peer: PeerId, connection: Connection, attempt: number): Promise<void> {
    const id = peer.toString()
    if (!this.isStarted() || !this.peers.has(id) || this.streamsOutbound.has(id) || this.#opening.has(id)) return
    this.#opening.add(id)
    let stream: Stream | undefined
    try {
      stream = await connection.newStream([...this.#wireProtocols])
    } catch (error) {
      this.#options.log.debug(`no pubsub stream to ${id}: ${(error as Error).message}`)
    }
    this.#opening.delete(id)
    const outbox = this.#outbox(id)
    if (stream?.status === 'open' && outbox !== undefined && this.isStarted())
      this.#attach(peer, stream, outbox, attempt)
    else if (stream === undefined) this.#reopen(peer, attempt)
    else stream.abort(new Error('the peer is gone'))
  }

  #attach(peer: PeerId, stream: Stream, outbox: Outbox, attempt: number): void {
    const id = peer.toString()
    const { protocol } = stream
    const since = performance.now()
    const outbound = { protocol, close: () => stream.close().catch(error => stream.abort(error)) }
    this.streamsOutbound.set(id, outbound)
    if (protocol === FLOODSUB) this.floodsubPeers.add(id)
    stream.addEventListener('close', () => {
      if (this.streamsOutbound.get(id) !== outbound) return
      this.streamsOutbound.delete(id)
      this.floodsubPeers.delete(id)
      outbox.detach()
      this.#reopen(peer, performance.now() - since > GOOD_STREAM ? 0 : attempt)
    })
    const subscriptions = [...this.subscriptions].map(topic => ({ topic, subscribe: true }))
    // also when it is empty: now the peer knows that there is nothing to wait for
    outbox.attach(stream, encodeRpc({ subscriptions, messages: [] }))
  }

  /** A peer that is still connected may only have lost one of its connections. */
  #reopen(peer: PeerId, attempt: number): void {
    if (!this.isStarted()) return
    if (attempt === REOPENINGS) {
      this.removePeer(peer)
      return
    }
    const timer = setTimeout(
      () => {
        const [connection] = this.components.connectionManager
          .getConnections(peer)
          .filter(({ status, limits }) => status === 'open' && limits === undefined)
        if (connection !== undefined) void this.#open(peer, connection, attempt + 1)
      },
      REOPENING_DELAY * 2 ** attempt,
    )
    timer.unref()
  }
}

function tooLong(rpc: Uint8Array): boolean {
  return rpc.byteLength > MAX_RPC_LENGTH + LENGTH_BYTES
}

function tooLongFor(peers: number, rpc: Uint8Array): RequestError {
  const length = rpc.byteLength - LENGTH_BYTES
  return new RequestError(
    'ERR_LIMIT',
    `message too long for the ${peers} peers that are subscribed: ${length} bytes to send, at most ${MAX_RPC_LENGTH}`,
  )
}
