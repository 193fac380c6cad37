import type { Libp2p, PeerId } from '@libp2p/interface'

/** Of one peer's protocols so many are listed. */
const MOST_PROTOCOLS = 50

/** What the connected peers have said of themselves. */
export async function describePeers(node: Libp2p): Promise<string[]> {
  const peers = node.getPeers()
  const lines = await Promise.all(peers.map(peer => describePeer(node, peer)))
  return [`${peers.length} peers:`, ...lines.flat()]
}

async function describePeer({ peerStore }: Libp2p, id: PeerId): Promise<string[]> {
  const peer = await peerStore.get(id).catch(() => undefined)
  const said = (name: string): string => Buffer.from(peer?.metadata.get(name) ?? []).toString() || 'unknown'
  const protocols = (peer?.protocols ?? []).toSorted()
  const more = protocols.length - MOST_PROTOCOLS
  return [
    `  ${id} agent ${said('AgentVersion')}, version ${said('ProtocolVersion')}`,
    `    protocols: ${protocols.slice(0, MOST_PROTOCOLS).join(' ')}${more > 0 ? ` and ${more} more` : ''}`,
  ]
}
