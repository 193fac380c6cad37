import { publicKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { DHTRequest, DHTResponse, encode, type PeerInfo, type Request, Response } from '../../proto/codec.ts'
import { RequestError, required, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { type Deadline, timeoutOf, withTimeout } from '../control/timeout.ts'
import { decodeCid } from '../dht/cid.ts'
import type { Dht } from '../dht/dht.ts'
import type { Contact } from '../dht/lookup.ts'
import { nobodyKnows } from '../dht/parts.ts'
import { withoutPeer } from '../dialer.ts'
import { decodePeer } from '../peer.ts'

/** Providers that are enough for a FIND_PROVIDERS that does not say how many. */
const DEFAULT_COUNT = 20

/** What serving one request takes. */
interface Task {
  readonly dht: Dht
  readonly wanted: DHTRequest
  /** Aborts when the request's time is up, or its client is gone. */
  readonly signal: AbortSignal
}

/** DHT: one answer, or where there can be several, BEGIN, and the values one by one until END. */
export async function dht(request: Request, { host, session }: RequestContext): Promise<Reply> {
  if (host.dht === undefined) throw new RequestError('ERR_NOT_ENABLED', 'DHT not enabled')
  const wanted = required(request.dht)
  const serve = HANDLERS[wanted.type]
  if (serve === undefined) throw new RequestError('ERR_REQUEST_UNKNOWN', TEXT.unexpectedRequest)
  const deadline = withTimeout(wanted.timeout, session.signal)
  try {
    const reply = await serve({ dht: host.dht, wanted, signal: deadline.signal })
    if (reply.frames !== undefined) return { ...reply, frames: until(reply.frames, deadline) }
    deadline[Symbol.dispose]()
    return reply
  } catch (error) {
    deadline[Symbol.dispose]()
    throw error
  }
}

/** The frames, whose end is that of the request too. */
async function* until(frames: AsyncGenerator<Uint8Array>, deadline: Deadline): AsyncGenerator<Uint8Array> {
  using _ = deadline
  yield* frames
}

const HANDLERS: Readonly<Record<number, (task: Task) => Promise<Reply>>> = {
  async [DHTRequest.Type.FIND_PEER]({ dht, wanted, signal }) {
    return value({ peer: toPeerInfo(await dht.findPeer(peerOf(wanted, dht), signal)) })
  },

  async [DHTRequest.Type.FIND_PEERS_CONNECTED_TO_PEER]() {
    throw new RequestError('ERR_NOT_SUPPORTED', 'not supported')
  },

  async [DHTRequest.Type.FIND_PROVIDERS]({ dht, wanted, signal }) {
    const multihash = decodeCid(field('cid', wanted.cid))
    const count = wanted.count !== null && wanted.count !== undefined && wanted.count > 0 ? wanted.count : DEFAULT_COUNT
    return values(signal, async function* (until) {
      for await (const contact of dht.findProviders(multihash, count, until)) yield { peer: toPeerInfo(contact) }
    })
  },

  async [DHTRequest.Type.GET_CLOSEST_PEERS]({ dht, wanted, signal }) {
    const contacts = await dht.findClosestPeers(field('key', wanted.key), signal)
    return values(signal, async function* () {
      for (const { peer } of contacts) yield { value: peer.toMultihash().bytes }
    })
  },

  async [DHTRequest.Type.GET_PUBLIC_KEY]({ dht, wanted, signal }) {
    return value({ value: publicKeyToProtobuf(await dht.findPublicKey(peerOf(wanted, dht), signal)) })
  },

  async [DHTRequest.Type.GET_VALUE]({ dht, wanted, signal }) {
    return value({ value: await dht.getValue(field('key', wanted.key), signal) })
  },

  async [DHTRequest.Type.SEARCH_VALUE]({ dht, wanted, signal }) {
    const key = field('key', wanted.key)
    return values(signal, async function* (until) {
      for await (const value of dht.searchValue(key, until)) yield { value }
    })
  },

  async [DHTRequest.Type.PUT_VALUE]({ dht, wanted, signal }) {
    await dht.putValue(field('key', wanted.key), field('value', wanted.value), signal)
    return { response: { type: Response.Type.OK } }
  },

  async [DHTRequest.Type.PROVIDE]({ dht, wanted, signal }) {
    await dht.provide(decodeCid(field('cid', wanted.cid)), timeoutOf(wanted.timeout), signal)
    return { response: { type: Response.Type.OK } }
  },
}

/** @throws RequestError when the field is missing; an empty one is there, as in go */
function field(name: string, bytes: Uint8Array | null | undefined): Uint8Array {
  if (bytes !== null && bytes !== undefined) return bytes
  throw new RequestError('ERR_REQUEST_MALFORMED', `Malformed request; missing ${name} parameter`)
}

/** The peer asked for. */
function peerOf({ peer }: DHTRequest, dht: Dht): PeerId {
  const { id } = decodePeer(field('peer', peer))
  if (id !== undefined) return id
  throw nobodyKnows(dht)
}

/** A peer as clients know it: some libraries tell others their addresses with the peer id at the end. */
function toPeerInfo({ peer, addrs }: Contact): PeerInfo {
  const plain = new Map(addrs.map(withoutPeer).map(address => [address.toString(), address.bytes]))
  return { id: peer.toMultihash().bytes, addrs: [...plain.values()] }
}

type Value = Omit<DHTResponse, 'type'>

function value(content: Value): Reply {
  return { response: { type: Response.Type.OK, dht: { type: DHTResponse.Type.VALUE, ...content } } }
}

/** BEGIN now; then, in frames of their own, the values that `find` gives, and END. Whoever stops reading ends the search. */
function values(signal: AbortSignal, find: (signal: AbortSignal) => AsyncGenerator<Value>): Reply {
  return {
    response: { type: Response.Type.OK, dht: { type: DHTResponse.Type.BEGIN } },
    frames: frames(signal, find),
  }
}

async function* frames(
  signal: AbortSignal,
  find: (signal: AbortSignal) => AsyncGenerator<Value>,
): AsyncGenerator<Uint8Array> {
  const over = new AbortController()
  try {
    for await (const content of find(AbortSignal.any([signal, over.signal]))) {
      yield encode(DHTResponse, { type: DHTResponse.Type.VALUE, ...content })
    }
    yield encode(DHTResponse, { type: DHTResponse.Type.END })
  } finally {
    over.abort()
  }
}
