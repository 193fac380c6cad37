import type { Libp2p, PeerId } from '@libp2p/interface'

/** How long, in ms, a connection has to close in an orderly way before it is aborted. */
const CLOSE_TIMEOUT = 1_000

/** Closes every connection to the peer; resolves when they are closed. */
export async function hangUp(node: Pick<Libp2p, 'hangUp'>, peer: PeerId): Promise<void> {
  await node.hangUp(peer, { signal: AbortSignal.timeout(CLOSE_TIMEOUT) })
}
