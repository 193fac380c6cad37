import type { Peer, PeerData, PeerId, PeerStore } from '@libp2p/interface'

/** Peers that are remembered at once: those of busy connections. */
const MAX_PEERS = 1_024

/**
 * js-libp2p tells the peer store with every stream, on both sides, that the peer speaks the stream's protocol, and waits
 * until it has been locked, read and compared: a good part of what opening a stream costs. What was told last is
 * remembered here, for as long as nobody else writes about that peer.
 */
export function rememberProtocols(store: PeerStore): void {
  const known = new Map<string, Peer>()
  const { merge } = store

  store.merge = async (id: PeerId, data: PeerData, ...rest) => {
    const key = id.toString()
    const peer = known.get(key)
    if (peer !== undefined && onlyNames(data, peer.protocols)) return peer
    known.delete(key)
    const merged = await merge.call(store, id, data, ...rest)
    if (Object.keys(data).length === 1 && data.protocols !== undefined) {
      if (known.size >= MAX_PEERS) known.clear()
      known.set(key, merged)
    }
    return merged
  }
  for (const method of ['save', 'patch', 'delete'] as const) {
    const write = store[method] as (id: PeerId, ...rest: unknown[]) => Promise<never>
    store[method] = async (id: PeerId, ...rest: unknown[]) => {
      const forget = (): void => void known.delete(id.toString())
      forget()
      // a stream may be opened while it is being written
      return write.call(store, id, ...rest).finally(forget)
    }
  }
}

function onlyNames(data: PeerData, protocols: readonly string[]): boolean {
  return (
    data.protocols !== undefined &&
    Object.keys(data).length === 1 &&
    data.protocols.every(protocol => protocols.includes(protocol))
  )
}
