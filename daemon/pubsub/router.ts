import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { PubsubConfig } from '../config.ts'
import { RequestError } from '../control/request-error.ts'
import type { Log } from '../log.ts'
import { Bursts } from './bursts.ts'
import { Latest } from './latest.ts'
import { LibraryRouter, type RouterComponents } from './library.ts'
import { messageId } from './message-id.ts'
import type { Outbox } from './outbox.ts'
import { PeerStreams } from './peer-streams.ts'
import { inPieces } from './pieces.ts'
import { refusal, type SignaturePolicy, signaturePolicy } from './policy.ts'
import {
  type Control,
  decodeRpc,
  encodeRpc,
  MAX_RPC_LENGTH,
  type PubsubMessage,
  type Rpc,
  type SubOpts,
} from './rpc.ts'
import { createSigner, type Signer, Verifier } from './signature.ts'

const EMPTY: Rpc = { subscriptions: [], messages: [] }

const FLOODSUB = '/floodsub/1.0.0'

/** Bytes of an RPC's length at the limit: the longest there are. */
const LENGTH_BYTES = 3

/** From so many bytes on, peers are told when a message has arrived, so that they do not send it as well. */
const LARGE_MESSAGE = 4_096

/** Peers that a message is forwarded to, at the least, as long as there are so many: the mesh is only just being made. */
const FORWARD_TO = 4

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
  readonly #streams: PeerStreams
  readonly #wireProtocols: readonly string[]
  readonly #bursts = new Bursts()
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
    this.#streams = new PeerStreams({
      connectionManager: components.connectionManager,
      peerStore: components.peerStore,
      log: options.log,
      protocols: this.#wireProtocols,
      wanted: peer => this.isStarted() && this.peers.has(peer),
      hello: () => this.#hello(),
      opened: (peer, protocol) => this.#opened(peer, protocol),
      closed: peer => this.#closed(peer),
      failed: peer => this.removePeer(peer),
      received: (peer, rpc) => this.#received(peer, rpc),
    })
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
    await super.stop()
    this.#streams.closeAll(new Error('the daemon is stopping'))
  }

  /**
   * Publishes a message of this daemon; resolves when the peers that take messages have taken most of it.
   *
   * @throws RequestError ERR_LIMIT when the message is too long for the peers that want it; nobody has got it then
   */
  async publish(topic: string, data: Uint8Array | undefined): Promise<void> {
    const message = await this.#compose(topic, data)
    const id = messageId(message)
    const rpc = encodeRpc({ ...EMPTY, messages: [message] })
    const { tosend } = this.selectPeersToPublish(topic)
    if (tooLong(rpc)) {
      if (tosend.size > 0) throw tooLongFor(tosend.size, rpc)
    } else {
      this.mcache.put(id, message, true)
      this.#latest.add(topic, rpc)
      this.#bursts.add(topic, id.msgId)
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
    this.#addPeersWithoutMesh(peers, message.topic, source.toString())
    if (peers.size === 0) return
    const rpc = encodeRpc({ ...EMPTY, messages: [message] })
    const author = message.from
    for (const peer of peers) {
      const id = this.peers.get(peer)?.toMultihash().bytes
      const isAuthor = id !== undefined && author !== undefined && Buffer.compare(id, author) === 0
      if (!isAuthor) this.#post(peer, rpc)
    }
  }

  /** Until the next heartbeat a peer that has just come is in no mesh; it is not in one either after having refused it. */
  #addPeersWithoutMesh(peers: Set<string>, topic: string, source: string): void {
    const refused = this.backoff.get(topic)
    for (const peer of this.topics.get(topic) ?? []) {
      if (peers.size >= FORWARD_TO) return
      if (peer !== source && !refused?.has(peer)) peers.add(peer)
    }
  }

  /** Puts an RPC of messages in the peer's outbox; undefined when it is not there any more. */
  #post(peer: string, rpc: Uint8Array): Outbox | undefined {
    const outbox = this.#streams.outbox(peer)
    if (outbox !== undefined && !outbox.send(rpc)) {
      this.counters.lost += 1
      this.#lost.set(peer, (this.#lost.get(peer) ?? 0) + 1)
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
    const outbox = this.#streams.outbox(peer)
    // a peer without a stream will be told of all subscriptions at once
    if (outbox === undefined || !outbox.attached) return false
    const messages = rpc.messages.map(message => ({ ...EMPTY, messages: [message] }))
    return [...inPieces(rpc), ...messages].every(piece => outbox.send(encodeRpc(piece)))
  }

  #hello(): Uint8Array {
    const subscriptions = [...this.subscriptions].map(subscription)
    const pieces = subscriptions.length > 0 ? inPieces({ subscriptions }) : [EMPTY]
    return Buffer.concat([...pieces].map(encodeRpc))
  }

  override sendRpcInBatch(peers: Set<string>, rpc: Rpc): void {
    const bytes = encodeRpc(rpc)
    for (const peer of peers) if (this.#streams.outbox(peer)?.attached) this.#post(peer, bytes)
  }

  override async handleControlMessage(peer: string, control: Control): Promise<void> {
    if (this.protocols.length > 0) await super.handleControlMessage(peer, control)
  }

  override handleIWant(peer: string, iwant: Control['iwant']): PubsubMessage[] {
    // one RPC with all that is wanted could be longer than any peer reads
    for (const message of super.handleIWant(peer, iwant)) {
      this.#post(peer, encodeRpc({ ...EMPTY, messages: [message] }))
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

  override emitGossip(peersByTopic: Map<string, Set<string>>): void {
    super.emitGossip(peersByTopic)
    for (const ihave of this.#bursts.remind()) {
      for (const peer of this.topics.get(ihave.topicID) ?? []) {
        const told = peersByTopic.get(ihave.topicID)?.has(peer) ?? false
        if (!told && !this.floodsubPeers.has(peer)) this.pushGossip(peer, ihave)
      }
    }
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
    this.#streams.close(id, new Error('the peer is gone'))
  }

  override createInboundStream(peer: PeerId, stream: Stream): void {
    this.#streams.accept(peer, stream)
  }

  /** Opens the stream to a peer; the library would wait for each, and so for a peer that never answers. */
  override async createOutboundStream(peer: PeerId, connection: Connection): Promise<void> {
    void this.#streams.open(peer, connection)
  }

  #opened(peer: string, protocol: string): void {
    this.streamsOutbound.set(peer, { protocol, close: async () => {} })
    if (protocol === FLOODSUB) this.floodsubPeers.add(peer)
  }

  #closed(peer: string): void {
    this.streamsOutbound.delete(peer)
    this.floodsubPeers.delete(peer)
  }

  async #received(peer: PeerId, bytes: Uint8Array): Promise<void> {
    try {
      await this.handleReceivedRpc(peer, decodeRpc(bytes))
      this.#latest.introduced(peer.toString())
    } catch (error) {
      this.#options.log.debug(`bad RPC from ${peer}: ${(error as Error).message}`)
      this.#streams.reject(peer, error as Error)
    }
  }
}

function subscription(topic: string): SubOpts {
  return { topic, subscribe: true }
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
