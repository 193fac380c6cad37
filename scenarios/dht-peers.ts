import { randomBytes } from 'node:crypto'
import type { PeerId } from '@libp2p/interface'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import * as Digest from 'multiformats/hashes/digest'
import type { Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { succeeds } from '../harness/verify.ts'

/** Milliseconds until what one daemon says has become known to another. */
export const NOTICE = 10_000

const SHA2_256 = 0x12

/** A CID that nobody else uses. */
export function makeCid(): CID {
  return CID.createV1(raw.code, Digest.create(SHA2_256, randomBytes(32)))
}

/** Everything that an iteration gives. */
export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all = []
  for await (const value of values) all.push(value)
  return all
}

/** The ids of peers, as texts in a fixed order. */
export function idsOf(peers: readonly { readonly peer: PeerId }[]): string[] {
  return peers.map(({ peer }) => peer.toString()).sort()
}

/** Connects two daemons, and waits until the first has taken the second into its routing table. */
export async function join(newcomer: Player, member: Player, signal: AbortSignal): Promise<void> {
  await succeeds('CONNECT', newcomer.client.connect(member.peer, member.addrs, { signal }))
  await knows(newcomer, member, signal)
}

/** Waits until a daemon has another in its routing table. */
export async function knows(who: Player, whom: Player, signal: AbortSignal): Promise<void> {
  await until(
    async () => {
      // an error while the table is empty
      const closest = collect(who.client.dht.getClosestPeers(whom.peer.toMultihash().bytes, { signal })).catch(() => [])
      return (await closest).some(peer => peer.equals(whom.peer))
    },
    { deadline: NOTICE, what: 'a connected daemon to be known as a DHT server', signal },
  )
}
