import { type GossipSubComponents, type GossipsubOpts, gossipsub } from '@libp2p/gossipsub'
import type {
  Connection,
  Libp2pEvents,
  PeerId,
  PeerStore,
  PrivateKey,
  Stream,
  TypedEventTarget,
} from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import type { Control, PubsubMessage, Rpc } from './rpc.ts'

/** What the router is given by libp2p, beside what the library itself asks for. */
export interface RouterComponents {
  readonly peerId: PeerId
  readonly privateKey: PrivateKey
  readonly connectionManager: ConnectionManager
  readonly peerStore: PeerStore
  readonly events: TypedEventTarget<Libp2pEvents>
}

/** The stream to a peer, as the library sees it: it is there, and speaks this protocol. */
export interface OutboundStream {
  readonly protocol: string
  close(): Promise<void>
}

/**
 * What the router uses, or replaces, of `@libp2p/gossipsub` 17.1.1, most of which its types call private. The library
 * keeps the mesh: who is in it, grafts and prunes, gossip, heartbeats, the caches. All that touches the wire is the
 * router's. The package is pinned to one version, and the router's tests tell when another one does not fit.
 */
export interface Library {
  protocols: string[]
  readonly components: RouterComponents
  readonly status: { code: number; heartbeatTimeout?: NodeJS.Timeout; hearbeatStartMs?: number }
  readonly peers: Map<string, PeerId>
  readonly subscriptions: Set<string>
  /** By topic, the peers that are subscribed to it. */
  readonly topics: Map<string, Set<string>>
  readonly mesh: Map<string, Set<string>>
  /** By topic and peer, until when not to graft a peer that has left our mesh. */
  readonly backoff: Map<string, Map<string, number>>
  readonly streamsOutbound: Map<string, OutboundStream>
  readonly floodsubPeers: Set<string>
  readonly seenCache: { has(id: string): boolean; put(id: string): boolean }
  readonly mcache: { put(id: MessageId, message: PubsubMessage, validated: boolean): boolean }
  readonly gossipTracer: { deliverMessage(id: string, duplicate?: boolean): void }
  readonly runHeartbeat: () => void

  start(): Promise<void>
  stop(): Promise<void>
  isStarted(): boolean
  subscribe(topic: string): void
  unsubscribe(topic: string): void
  getPeers(): PeerId[]
  getSubscribers(topic: string): PeerId[]
  addEventListener(event: string, listener: (event: CustomEvent) => void): void

  onPeerDisconnected(peer: PeerId): void
  createOutboundStream(peer: PeerId, connection: Connection): Promise<void>
  createInboundStream(peer: PeerId, stream: Stream): void
  removePeer(peer: PeerId): void
  handleReceivedRpc(from: PeerId, rpc: Rpc): Promise<void>
  handleReceivedSubscription(from: PeerId, topic: string, subscribe: boolean): boolean
  handleReceivedMessage(from: PeerId, message: PubsubMessage): Promise<void>
  handleControlMessage(id: string, control: Control): Promise<void>
  handleIWant(id: string, iwant: Control['iwant']): PubsubMessage[]
  selectPeersToForward(topic: string, source: string): Set<string>
  selectPeersToPublish(topic: string): { readonly tosend: Set<string> }
  sendIDontWants(id: Uint8Array, topic: string, source: string): void
  sendRpc(id: string, rpc: Rpc): boolean
  sendRpcInBatch(ids: Set<string>, rpc: Rpc): void
  emitGossip(peersByTopic: Map<string, Set<string>>): void
  pushGossip(id: string, ihave: Control['ihave'][number]): void
}

/** A message's id as peers gossip about it, and as the key of maps. */
export interface MessageId {
  readonly msgId: Uint8Array
  readonly msgIdStr: string
}

export type LibraryOptions = Partial<GossipsubOpts>

/** Enough to make an object of the library that is never started. */
const NO_COMPONENTS = { logger: { forComponent: () => () => {} } } as unknown as GossipSubComponents

/** The library's class, with the types above. It exports no more than a function that makes objects of it. */
export const LibraryRouter = gossipsub()(NO_COMPONENTS).constructor as unknown as new (
  components: RouterComponents,
  options: LibraryOptions,
) => Library
