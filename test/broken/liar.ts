import type { Socket } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import { DHTRequest, DHTResponse, decode, encode, FrameDecoder, Request, Response } from '../../proto/codec.ts'
import type { Stranger } from './stranger.ts'

/** Answers OK to whatever a client asks, with as little in it as there can be. */
export function lie(stranger: Stranger, socket: Socket): void {
  const frames = new FrameDecoder()
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk)
    for (let body = frames.next(); body !== undefined; body = frames.next()) {
      const request = decode(Request, body)
      socket.write(encode(Response, { type: Response.Type.OK, ...bodyOf(request, stranger) }))
      if (isSearch(request)) socket.write(encode(DHTResponse, { type: DHTResponse.Type.END }))
      // what follows is a stream's bytes
      if (request.type === Request.Type.STREAM_OPEN) socket.removeAllListeners('data').resume()
    }
  })
}

function bodyOf({ type, streamOpen, dht }: Request, { id, addresses }: Stranger): Omit<Response, 'type'> {
  switch (type) {
    case Request.Type.IDENTIFY:
      return { identify: { id, addrs: addresses.map(address => multiaddr(address).bytes) } }
    case Request.Type.STREAM_OPEN: {
      const { peer = id, proto } = streamOpen ?? {}
      return { streamInfo: { peer, addr: multiaddr('/ip4/127.0.0.1/tcp/1').bytes, proto: proto?.[0] ?? '' } }
    }
    case Request.Type.DHT:
      return { dht: dhtBodyOf(dht) }
    case Request.Type.PUBSUB:
      return { pubsub: {} }
    case Request.Type.PEERSTORE:
      return { peerStore: { peer: { id }, record: { id } } }
    case Request.Type.VERSION:
      return { version: { name: 'liar', version: '1.0.0', protocolRevision: 1 } }
    default:
      return {}
  }
}

const SEARCHES: readonly (number | undefined)[] = [
  DHTRequest.Type.FIND_PEERS_CONNECTED_TO_PEER,
  DHTRequest.Type.FIND_PROVIDERS,
  DHTRequest.Type.GET_CLOSEST_PEERS,
  DHTRequest.Type.SEARCH_VALUE,
]

function isSearch({ type, dht }: Request): boolean {
  return type === Request.Type.DHT && SEARCHES.includes(dht?.type)
}

function dhtBodyOf(request: Request['dht']): DHTResponse {
  if (SEARCHES.includes(request?.type)) return { type: DHTResponse.Type.BEGIN }
  return { type: DHTResponse.Type.VALUE, value: new Uint8Array(), ...(request?.peer && { peer: { id: request.peer } }) }
}
