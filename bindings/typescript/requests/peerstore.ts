import { publicKeyFromProtobuf, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PeerId, PublicKey } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import {
  type PeerRecord,
  PeerstoreRequest,
  type PeerstoreResponse,
  type PeerTag,
  Request,
} from '../../../proto/codec.ts'
import type { RequestOptions } from '../connection.ts'
import type { Control } from '../control.ts'
import { ClientError } from '../errors.ts'
import { promised, toMultiaddr, toPeerAddresses, toPeerId } from '../peer-info.ts'

/** An address that the daemon knows of a peer. */
export interface KnownAddress {
  readonly addr: Multiaddr
  /** Seconds until it is forgotten; undefined when it has no end of its own. */
  readonly ttl: number | undefined
  /** The peer has signed it. */
  readonly certified: boolean
}

/** What a peer is worth to somebody. */
export interface KnownTag {
  readonly value: number
  /** Seconds until it is taken away; undefined: never. */
  readonly ttl: number | undefined
}

/** All that the daemon knows of a peer. */
export interface KnownPeer {
  readonly peer: PeerId
  readonly addrs: readonly KnownAddress[]
  readonly protocols: readonly string[]
  readonly publicKey: PublicKey | undefined
  readonly tags: ReadonlyMap<string, KnownTag>
  readonly metadata: ReadonlyMap<string, Uint8Array>
}

/** What is to be known of a peer from now on, beside what is known already. */
export interface PeerAddition {
  readonly addrs?: readonly Multiaddr[] | undefined
  /** How long the addresses are kept, in whole seconds; for ever unless given. */
  readonly ttl?: number | undefined
  readonly protocols?: readonly string[] | undefined
  readonly publicKey?: PublicKey | undefined
  /** By name; values from 0 to 100, `ttl` in whole seconds. */
  readonly tags?: Readonly<Record<string, { readonly value?: number; readonly ttl?: number | undefined }>> | undefined
  readonly metadata?: Readonly<Record<string, Uint8Array>> | undefined
}

/** What is to be known of a peer no longer; tags by name, metadata by key. */
export interface PeerRemoval {
  readonly addrs?: readonly Multiaddr[] | undefined
  readonly protocols?: readonly string[] | undefined
  readonly tags?: readonly string[] | undefined
  readonly metadata?: readonly string[] | undefined
}

/** What the daemon knows of peers. Of one that it does not know every question rejects with `ERR_NOT_FOUND`. */
export interface PeerstoreClient {
  /** The protocols that a peer speaks, as it has said itself. js-libp2p's daemon knows this request too. */
  protocols(peer: PeerId, options?: RequestOptions): Promise<readonly string[]>
  /** Where a peer can be reached, as far as is known. */
  addresses(peer: PeerId, options?: RequestOptions): Promise<readonly Multiaddr[]>
  /** Everybody of whom something is known. */
  list(options?: RequestOptions): Promise<readonly PeerId[]>
  get(peer: PeerId, options?: RequestOptions): Promise<KnownPeer>
  /** Adds to what is known; once it resolves, a daemon that keeps its peerstore on disk has it there. */
  add(peer: PeerId, addition: PeerAddition, options?: RequestOptions): Promise<void>
  /** Removes what is known of it as far as it is. */
  remove(peer: PeerId, removal: PeerRemoval, options?: RequestOptions): Promise<void>
  /** Forgets the peer; not an error when it is not known. */
  delete(peer: PeerId, options?: RequestOptions): Promise<void>
}

export interface PeerstoreRequests {
  readonly peerstore: PeerstoreClient
}

const { Type } = PeerstoreRequest

/** PEERSTORE. */
export function peerstoreRequests(control: Control): PeerstoreRequests {
  const ask = async (peerStore: PeerstoreRequest, options?: RequestOptions): Promise<PeerstoreResponse> => {
    const response = await control.request({ type: Request.Type.PEERSTORE, peerStore }, options)
    return response.peerStore ?? {}
  }
  const idOf = (peer: PeerId): Uint8Array => peer.toMultihash().bytes

  const peerstore: PeerstoreClient = {
    async protocols(peer, options) {
      return (await ask({ type: Type.GET_PROTOCOLS, id: idOf(peer) }, options)).protos ?? []
    },

    async addresses(peer, options) {
      const response = await ask({ type: Type.GET_PEER_INFO, id: idOf(peer) }, options)
      return toPeerAddresses(promised(response.peer, 'a peer')).addrs
    },

    async list(options) {
      return ((await ask({ type: Type.LIST_PEERS }, options)).ids ?? []).map(toPeerId)
    },

    async get(peer, options) {
      const response = await ask({ type: Type.GET_RECORD, id: idOf(peer) }, options)
      return toKnownPeer(promised(response.record, 'a record'))
    },

    async add(peer, { addrs = [], ttl, protocols = [], publicKey, tags = {}, metadata = {} }, options) {
      await ask(
        {
          type: Type.ADD,
          id: idOf(peer),
          addrs: addrs.map(({ bytes }) => bytes),
          ttl: ttl ?? null,
          protos: [...protocols],
          publicKey: publicKey === undefined ? null : publicKeyToProtobuf(publicKey),
          tags: Object.entries(tags).map(([name, { value, ttl }]) => ({
            name,
            value: value ?? null,
            ttl: ttl ?? null,
          })),
          metadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
        },
        options,
      )
    },

    async remove(peer, { addrs = [], protocols = [], tags = [], metadata = [] }, options) {
      await ask(
        {
          type: Type.REMOVE,
          id: idOf(peer),
          addrs: addrs.map(({ bytes }) => bytes),
          protos: [...protocols],
          tags: tags.map(name => ({ name })),
          metadata: metadata.map(key => ({ key })),
        },
        options,
      )
    },

    async delete(peer, options) {
      await ask({ type: Type.DELETE_PEER, id: idOf(peer) }, options)
    },
  }
  return { peerstore }
}

function toKnownPeer({ id, addrs, protos, publicKey, tags, metadata }: PeerRecord): KnownPeer {
  return {
    peer: toPeerId(id),
    addrs: (addrs ?? []).map(({ addr, ttl, certified }) => ({
      addr: toMultiaddr(addr),
      ttl: ttl ?? undefined,
      certified: certified ?? false,
    })),
    protocols: protos ?? [],
    publicKey: publicKey == null ? undefined : toPublicKey(publicKey),
    tags: new Map((tags ?? []).map(tag => [tag.name, toKnownTag(tag)])),
    metadata: new Map((metadata ?? []).map(({ key, value }) => [key, value ?? new Uint8Array(0)])),
  }
}

function toKnownTag({ value, ttl }: PeerTag): KnownTag {
  return { value: value ?? 0, ttl: ttl ?? undefined }
}

function toPublicKey(bytes: Uint8Array): PublicKey {
  try {
    return publicKeyFromProtobuf(bytes)
  } catch (cause) {
    throw new ClientError('ERR_PROTOCOL', `expected a public key, got ${Buffer.from(bytes).toString('hex')}`, { cause })
  }
}
