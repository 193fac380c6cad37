import { randomBytes } from 'node:crypto'
import type { PeerInfo, PeerRouting } from '@libp2p/interface'
import type { Contact } from './lookup.ts'
import type { DhtParts } from './parts.ts'
import { findClosestPeers, findPeer } from './peers.ts'

/** How long, in ms, those who set no limit of their own have. */
const TIMEOUT = 60_000

/** The DHT as other parts of libp2p use it: to find a peer, or peers at all. */
export function peerRouting(dht: DhtParts): PeerRouting {
  const limited = (signal: AbortSignal = AbortSignal.timeout(TIMEOUT)): AbortSignal =>
    AbortSignal.any([signal, dht.stopped])
  return {
    findPeer: async (peer, { signal } = {}) => toPeerInfo(await findPeer(dht, peer, limited(signal ?? undefined))),
    async *getClosestPeers(key = randomBytes(32), { signal } = {}) {
      yield* (await findClosestPeers(dht, key, limited(signal ?? undefined))).map(toPeerInfo)
    },
  }
}

function toPeerInfo({ peer, addrs }: Contact): PeerInfo {
  return { id: peer, multiaddrs: [...addrs] }
}
