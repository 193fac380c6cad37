import type { Connection, Stream } from '@libp2p/interface'
import type { StreamInfo } from '../proto/codec.ts'
import { withoutPeer } from './dialer.ts'

/** What all streams of a connection have in common; thousands of streams are opened on one. */
const peers = new WeakMap<Connection, Omit<StreamInfo, 'proto'>>()

/** Who is at the other end of a stream, and what is spoken on it, as applications are told. */
export function streamInfo(stream: Stream, connection: Connection): StreamInfo {
  let peer = peers.get(connection)
  if (peer === undefined) {
    const { remotePeer, remoteAddr } = connection
    peer = { peer: remotePeer.toMultihash().bytes, addr: withoutPeer(remoteAddr).bytes }
    peers.set(connection, peer)
  }
  return { ...peer, proto: stream.protocol }
}
