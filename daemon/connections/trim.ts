/** A peer as a trim weighs it. */
export interface TrimCandidate {
  /** Tagged ahead of its first connection. */
  readonly temporary: boolean
  /** The sum of its tags' values. */
  readonly value: number
  readonly connections: number
  readonly streams: number
  /** Whether any of its connections was opened by the peer. */
  readonly inbound: boolean
}

/**
 * The peers to give up so that `low` connections remain of those that may be closed: whole peers, the least valuable
 * first, in the order of go-libp2p's connection manager. Nobody, when fewer than that many may be closed.
 */
export function chooseForTrim<Peer extends TrimCandidate>(candidates: readonly Peer[], low: number): Peer[] {
  let excess = candidates.reduce((sum, { connections }) => sum + connections, 0) - low
  const chosen: Peer[] = []
  for (const peer of candidates.toSorted(compare)) {
    if (excess <= 0) break
    chosen.push(peer)
    excess -= peer.connections
  }
  return chosen
}

/** Negative when `a` goes before `b`. */
function compare(a: TrimCandidate, b: TrimCandidate): number {
  if (a.temporary !== b.temporary) return a.temporary ? -1 : 1
  if (a.value !== b.value) return a.value - b.value
  // a peer that nothing happens with goes before a busy one, then one that came by itself, then the less busy one
  if (a.streams !== b.streams && (a.streams === 0 || b.streams === 0)) return a.streams - b.streams
  if (a.inbound !== b.inbound) return a.inbound ? -1 : 1
  return a.streams - b.streams
}
