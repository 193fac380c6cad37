import { publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PeerId, PublicKey } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type PeerRecord, PeerstoreRequest, type PeerstoreResponse, type Request, Response } from '../../proto/codec.ts'
import { RequestError, required, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { withoutPeer } from '../dialer.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import { decodePeer, type RequestedPeer } from '../peer.ts'
import { withPeer } from '../peer-address.ts'
import { decodePublicKey, type KnownPeer, type KnownTag, type Peerstore } from '../peerstore/peerstore.ts'
import { steadyNow } from '../steady-clock.ts'

const OK: Reply = { response: { type: Response.Type.OK } }

/** js-libp2p's peer store takes no other values. */
const MAX_TAG_VALUE = 100

/** The last moment that a date can name, in ms since 1970: longer is for ever. */
const END_OF_TIME = 8.64e15

/** PEERSTORE: js-libp2p-daemon's two requests, and this daemon's for everything that is known of peers. */
export async function peerstore(request: Request, { host }: RequestContext): Promise<Reply> {
  const wanted = required(request.peerStore)
  const store = host.peerstore
  switch (wanted.type) {
    case PeerstoreRequest.Type.GET_PROTOCOLS:
      return answer({ protos: [...(await known(store, wanted)).protocols] })
    case PeerstoreRequest.Type.GET_PEER_INFO: {
      const { id, addresses } = await known(store, wanted)
      const addrs = addresses.map(({ address }) => withoutPeer(address).bytes)
      return answer({ peer: { id: id.toMultihash().bytes, addrs } })
    }
    case PeerstoreRequest.Type.LIST_PEERS:
      return answer({ ids: store.peers().map(peer => peer.toMultihash().bytes) })
    case PeerstoreRequest.Type.GET_RECORD:
      return answer({ record: toRecord(await known(store, wanted)) })
    case PeerstoreRequest.Type.ADD:
      await add(store, wanted, otherPeer(wanted, host.node.peerId))
      await store.flushed()
      return OK
    case PeerstoreRequest.Type.REMOVE:
      await remove(store, wanted, otherPeer(wanted, host.node.peerId))
      await store.flushed()
      return OK
    case PeerstoreRequest.Type.DELETE_PEER:
      await store.delete(otherPeer(wanted, host.node.peerId))
      await store.flushed()
      return OK
    default:
      throw new RequestError('ERR_REQUEST_UNKNOWN', TEXT.unexpectedRequest)
  }
}

function answer(peerStore: PeerstoreResponse): Reply {
  return { response: { type: Response.Type.OK, peerStore } }
}

function namedPeer({ id }: PeerstoreRequest): RequestedPeer {
  return decodePeer(required(id))
}

async function known(store: Peerstore, wanted: PeerstoreRequest): Promise<KnownPeer> {
  const { id, text } = namedPeer(wanted)
  const peer = id === undefined ? undefined : await store.get(id)
  if (peer === undefined) throw new RequestError('ERR_NOT_FOUND', `nothing is known of peer ${text}`)
  return peer
}

/** A peer whose record can be changed. */
function otherPeer(wanted: PeerstoreRequest, self: PeerId): PeerId {
  const { id, text } = namedPeer(wanted)
  if (id === undefined) throw new RequestError('ERR_PEER_ID_INVALID', `no key can have the peer id ${text}`)
  if (id.equals(self)) throw new RequestError('ERR_NOT_SUPPORTED', 'the daemon’s own record cannot be changed')
  return id
}

async function add(store: Peerstore, wanted: PeerstoreRequest, peer: PeerId): Promise<void> {
  const { ttl, protos, publicKey, tags, metadata } = wanted
  await store.add(peer, {
    addresses: addressesOf(wanted, peer),
    expires: expiry(ttl),
    protocols: protos ?? [],
    publicKey: publicKey == null ? undefined : keyOf(publicKey, peer),
    tags: new Map(
      (tags ?? []).map(({ name, value, ttl }): [string, KnownTag] => [
        present(name, 'the name of a tag'),
        { value: tagValue(value ?? 0), expires: expiry(ttl) },
      ]),
    ),
    metadata: new Map(
      (metadata ?? []).map(({ key, value }) => [present(key, 'the key of metadata'), value ?? new Uint8Array(0)]),
    ),
  })
}

async function remove(store: Peerstore, wanted: PeerstoreRequest, peer: PeerId): Promise<void> {
  await store.remove(peer, {
    addresses: addressesOf(wanted, peer),
    protocols: wanted.protos ?? [],
    tags: (wanted.tags ?? []).map(({ name }) => name),
    metadata: (wanted.metadata ?? []).map(({ key }) => key),
  })
}

function addressesOf({ addrs }: PeerstoreRequest, peer: PeerId): Multiaddr[] {
  return (addrs ?? []).map(decodeMultiaddr).map(address => {
    const own = withPeer(address, peer)
    if (own === undefined) throw new RequestError('ERR_ADDRESS_INVALID', `${address} is an address of another peer`)
    return own
  })
}

function keyOf(bytes: Uint8Array, peer: PeerId): PublicKey {
  try {
    return decodePublicKey(bytes, peer)
  } catch (error) {
    const message = `not the public key of peer ${peer}: ${(error as Error).message}`
    throw new RequestError('ERR_REQUEST_MALFORMED', message)
  }
}

/** When what is kept for so many seconds ends, in ms since 1970. */
function expiry(ttl: number | null | undefined): number {
  if (ttl == null) return Number.POSITIVE_INFINITY
  if (ttl < 1) throw new RequestError('ERR_REQUEST_MALFORMED', `a ttl of ${ttl} seconds, at least 1 is needed`)
  const expires = steadyNow() + ttl * 1_000
  return expires > END_OF_TIME ? Number.POSITIVE_INFINITY : expires
}

function tagValue(value: number): number {
  if (value >= 0 && value <= MAX_TAG_VALUE) return value
  throw new RequestError('ERR_REQUEST_MALFORMED', `a tag’s value of ${value}, it must be from 0 to ${MAX_TAG_VALUE}`)
}

function present(text: string, what: string): string {
  if (text === '') throw new RequestError('ERR_REQUEST_MALFORMED', `Malformed request; missing ${what}`)
  return text
}

function toRecord({ id, addresses, protocols, publicKey, tags, metadata }: KnownPeer): PeerRecord {
  return {
    id: id.toMultihash().bytes,
    addrs: addresses.map(({ address, expires, certified }) => ({
      addr: withoutPeer(address).bytes,
      ttl: secondsLeft(expires),
      certified,
    })),
    protos: [...protocols],
    publicKey: publicKey === undefined ? null : publicKeyToProtobuf(publicKey),
    tags: [...tags].map(([name, { value, expires }]) => ({ name, value, ttl: secondsLeft(expires) })),
    metadata: [...metadata].map(([key, value]) => ({ key, value })),
  }
}

/** What is about to end still has a second, so that it is not taken for what has no end. */
function secondsLeft(expires: number): number | null {
  return Number.isFinite(expires) ? Math.max(1, Math.round((expires - steadyNow()) / 1_000)) : null
}
