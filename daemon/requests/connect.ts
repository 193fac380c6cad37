import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type Request, Response } from '../../proto/codec.ts'
import { RequestError, required, TEXT } from '../control/request-error.ts'
import type { Reply, RequestContext } from '../control/session.ts'
import { withTimeout } from '../control/timeout.ts'
import { nobodyKnows } from '../dht/parts.ts'
import { DialFailure, withoutPeer } from '../dialer.ts'
import { hangUp } from '../hang-up.ts'
import type { Host } from '../host.ts'
import { LimitError } from '../limits/limit-error.ts'
import { decodeMultiaddr } from '../multiaddr.ts'
import { decodePeer, type RequestedPeer } from '../peer.ts'

const OK: Reply = { response: { type: Response.Type.OK } }

/** CONNECT: answers once connected and identified; an existing connection is enough. */
export async function connect(request: Request, { host, session }: RequestContext): Promise<Reply> {
  const wanted = required(request.connect)
  const peer = decodePeer(wanted.peer)
  const addresses = (wanted.addrs ?? []).map(decodeMultiaddr)
  using deadline = withTimeout(wanted.timeout, session.signal)
  const { remotePeer, remoteAddr, status } = await reach(host, peer, addresses, deadline.signal)
  // QUIC's handshake is over for us before the other side has looked whether it wants us
  if (status !== 'open' && host.dialer.existing(remotePeer) === undefined) {
    const reason = 'the connection was closed by the other side'
    throw new RequestError(
      'ERR_DIAL',
      `failed to dial: failed to dial ${peer.text}: [${withoutPeer(remoteAddr)}] ${reason}`,
    )
  }
  return OK
}

/**
 * An identified connection to the peer.
 *
 * @throws RequestError with go's text for why there is none
 */
export async function reach(
  { dialer, identification, dht }: Host,
  peer: RequestedPeer,
  addresses: readonly Multiaddr[],
  signal: AbortSignal,
): Promise<Connection> {
  if (peer.id === undefined) {
    throw dht === undefined
      ? new RequestError('ERR_DIAL', `failed to dial: failed to dial ${peer.text}: no addresses`)
      : nobodyKnows(dht)
  }
  try {
    const connection = await (dht === undefined
      ? dialer.connect(peer.id, addresses, signal)
      : dht.connect(peer.id, addresses, signal))
    await identification.settled(connection, signal)
    return connection
  } catch (error) {
    // the DHT's own words, when it found no address
    if (error instanceof RequestError) throw error
    if (signal.aborted) throw new RequestError('ERR_TIMEOUT', `failed to dial: ${TEXT.deadlineExceeded}`)
    if (error instanceof LimitError) throw new RequestError('ERR_LIMIT', `failed to dial: ${error.message}`)
    if (error instanceof DialFailure) throw new RequestError('ERR_DIAL', `failed to dial: ${error.message}`)
    throw error
  }
}

/** DISCONNECT: closes every connection to the peer; OK also when there is none. */
export async function disconnect(request: Request, { host }: RequestContext): Promise<Reply> {
  const { peer: bytes } = required(request.disconnect)
  const peer = decodePeer(bytes)
  if (peer.id !== undefined) await hangUp(host.node, peer.id)
  return OK
}

/** LIST_PEERS: one entry a connection, with the remote address of that connection. */
export async function listPeers(_request: Request, { host: { node } }: RequestContext): Promise<Reply> {
  const peers = node
    .getConnections()
    .filter(({ status }) => status === 'open')
    .map(({ remotePeer, remoteAddr }) => ({
      id: remotePeer.toMultihash().bytes,
      addrs: [withoutPeer(remoteAddr).bytes],
    }))
  return { response: { type: Response.Type.OK, peers } }
}
