import type { Connection, Stream } from '@libp2p/interface'
import type { StreamInfo } from '../proto/codec.ts'
import { withoutPeer } from './dialer.ts'

/** Who is at the other end of a stream, and what is spoken on it, as applications are told. */
export function streamInfo(stream: Stream, { remotePeer, remoteAddr }: Connection): StreamInfo {
  return { peer: remotePeer.toMultihash().bytes, addr: withoutPeer(remoteAddr).bytes, proto: stream.protocol }
}
