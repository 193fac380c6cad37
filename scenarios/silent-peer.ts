import { identify } from '@libp2p/identify'
import type { Connection, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { lpStream } from '@libp2p/utils'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Player } from '../harness/scenario.ts'
import { KadMessage, KadType } from '../proto/kad.ts'

const KAD_PROTOCOL = '/ipfs/kad/1.0.0'

/** A DHT server that answers until it is told to be silent, and leaves every question open from then on. */
export interface SilentPeer extends AsyncDisposable {
  silence(): void
}

/** Starts a peer that passes for a DHT server, and connects it to a daemon. */
export async function connectSilentPeer(
  { peer, addrs }: Player,
  host: string,
  signal: AbortSignal,
): Promise<SilentPeer> {
  let silent = false
  const node = await createLibp2p({
    addresses: { listen: [`/ip4/${host}/tcp/0`] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    services: { identify: identify(), ping: ping() },
  })
  await node.handle(KAD_PROTOCOL, async (stream: Stream, _connection: Connection) => {
    const messages = lpStream(stream)
    try {
      for (;;) {
        const { type } = KadMessage.decode((await messages.read()).subarray())
        if (silent) return
        // go takes a server that names nobody for a broken one
        const itself = { id: node.peerId.toMultihash().bytes, addrs: node.getMultiaddrs().map(({ bytes }) => bytes) }
        await messages.write(KadMessage.encode({ type: type ?? KadType.PUT_VALUE, closerPeers: [itself] }).finish())
      }
    } catch {
      // the daemon has asked all that it wanted
    }
  })
  await node.dial(
    addrs.map(address => multiaddr(`${address}/p2p/${peer}`)),
    { signal },
  )
  return {
    silence() {
      silent = true
    },
    [Symbol.asyncDispose]: async () => node.stop(),
  }
}
