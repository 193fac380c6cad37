import { createServer } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import { ConnManagerRequest, DHTRequest, type Event, PeerstoreRequest, PSRequest, Request } from '../../proto/codec.ts'

/** An address that accepts and never says anything. */
export interface SilentAddress extends AsyncDisposable {
  readonly bytes: Uint8Array
}

export async function startSilent(): Promise<SilentAddress> {
  const server = createServer({ pauseOnConnect: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as { port: number }
  return {
    bytes: multiaddr(`/ip4/127.0.0.1/tcp/${port}`).bytes,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

/** Whom and what the sample requests are about. */
export interface Subjects {
  /** A peer that is connected. */
  readonly peer: Uint8Array
  /** Its protocols: one that ends at once, one whose streams stay, and one whose application never accepts. */
  readonly protocols: { readonly echo: string; readonly held: string; readonly stuck: string }
  /** A peer that is connected, and has stopped to answer. */
  readonly frozen: Uint8Array
  /** Seconds that requests wait for who does not answer. */
  readonly patience: number
  /** An address where nobody answers. */
  readonly silent: Uint8Array
  /** An address of an application, for handlers. */
  readonly application: Uint8Array
}

/** A peer that nobody is. */
export const STRANGER = Buffer.from(`1220${'ab'.repeat(32)}`, 'hex')

/** One well-formed request of every kind that the control protocol knows, those of its families included. */
export function sampleRequests({
  peer,
  protocols,
  frozen,
  patience: timeout,
  silent,
  application,
}: Subjects): Readonly<Record<string, Request>> {
  const { Type } = Request
  const { echo, held, stuck } = protocols
  const key = Buffer.from('/pk/some key')
  const cid = Buffer.from(`017012${'20'}${'cd'.repeat(32)}`, 'hex')
  const dht = (type: DHTRequest['type'], rest: Partial<DHTRequest> = {}) => ({
    type: Type.DHT,
    dht: { type, timeout: 5, ...rest },
  })
  const pubsub = (type: PSRequest['type'], data?: Uint8Array) => ({
    type: Type.PUBSUB,
    pubsub: { type, topic: 'a topic', ...(data && { data }) },
  })
  const peerStore = (type: number, rest = {}) => ({ type: Type.PEERSTORE, peerStore: { type, id: peer, ...rest } })
  const addrs = [silent]
  const kinds: Record<string, Request> = {
    IDENTIFY: { type: Type.IDENTIFY },
    'CONNECT to a silent address': { type: Type.CONNECT, connect: { peer: STRANGER, addrs, timeout } },
    'CONNECT to a connected peer': { type: Type.CONNECT, connect: { peer, addrs } },
    'CONNECT without an address': { type: Type.CONNECT, connect: { peer: STRANGER.with(5, 1), timeout: 1 } },
    'STREAM_OPEN to an echo': { type: Type.STREAM_OPEN, streamOpen: { peer, proto: [echo] } },
    'STREAM_OPEN to an application that keeps it': { type: Type.STREAM_OPEN, streamOpen: { peer, proto: [held] } },
    'STREAM_OPEN to an application that does not come': {
      type: Type.STREAM_OPEN,
      streamOpen: { peer, proto: [stuck] },
    },
    'STREAM_OPEN of unknown protocols': { type: Type.STREAM_OPEN, streamOpen: { peer, proto: ['/no', '/never'] } },
    'STREAM_OPEN to a silent peer': { type: Type.STREAM_OPEN, streamOpen: { peer: STRANGER, proto: [echo] } },
    'STREAM_OPEN to a frozen peer': {
      type: Type.STREAM_OPEN,
      streamOpen: { peer: frozen, proto: ['/a', '/b'], timeout },
    },
    STREAM_HANDLER: { type: Type.STREAM_HANDLER, streamHandler: { addr: application, proto: ['/sample'] } },
    REMOVE_STREAM_HANDLER: {
      type: Type.REMOVE_STREAM_HANDLER,
      removeStreamHandler: { addr: application, proto: ['/sample/of/nobody'] },
    },
    LIST_PEERS: { type: Type.LIST_PEERS },
    DISCONNECT: { type: Type.DISCONNECT, disconnect: { peer: STRANGER } },
    CONNMANAGER_TAG_PEER: {
      type: Type.CONNMANAGER,
      connManager: { type: ConnManagerRequest.Type.TAG_PEER, peer, tag: 'sample', weight: -1 },
    },
    CONNMANAGER_UNTAG_PEER: {
      type: Type.CONNMANAGER,
      connManager: { type: ConnManagerRequest.Type.UNTAG_PEER, peer, tag: 'sample' },
    },
    CONNMANAGER_TRIM: { type: Type.CONNMANAGER, connManager: { type: ConnManagerRequest.Type.TRIM } },
    VERSION: { type: Type.VERSION },
    EVENTS: { type: Type.EVENTS, events: { types: [] as Event['type'][] } },
  }
  for (const [name, type] of Object.entries(DHTRequest.Type)) {
    if (typeof type === 'number') kinds[`DHT_${name}`] = dht(type, { peer: STRANGER, key, cid, value: key, count: 1 })
  }
  for (const [name, type] of Object.entries(PSRequest.Type)) {
    if (typeof type === 'number') kinds[`PUBSUB_${name}`] = pubsub(type, type === 2 ? key : undefined)
  }
  for (const [name, type] of Object.entries(PeerstoreRequest.Type)) {
    if (typeof type === 'number') kinds[`PEERSTORE_${name}`] = peerStore(type, { ttl: 60, addrs, protos: ['/sample'] })
  }
  return kinds
}
