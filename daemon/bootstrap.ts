import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { CODE_P2P, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { BootstrapConfig } from './config.ts'
import { withoutPeer } from './dialer.ts'
import { ConfigError } from './failure.ts'
import type { Host } from './host.ts'

/** Peers of the list that the daemon wants to be connected to, and how often, in ms, it sees to that; as go. */
const WANTED = 4
const INTERVAL = 15 * 60_000

/** How long, in ms, one round of connecting may take. */
const ROUND_TIMEOUT = 60_000

/** The public network's entrances, as go-libp2p-daemon names them. */
const PUBLIC_PEERS = [
  '/dnsaddr/bootstrap.libp2p.io/p2p/QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN',
  '/dnsaddr/bootstrap.libp2p.io/p2p/QmQCU2EcMqAqQPR2i9bChDtGNJchTbq5TbXJJ16u19uLTa',
  '/dnsaddr/bootstrap.libp2p.io/p2p/QmbLHAnMoJPWSCR5Zhtx6BHJX9KiKNN6tpvbUcqanj75Nb',
  '/dnsaddr/bootstrap.libp2p.io/p2p/QmcZf59bWwK5XFi76CZX8cbJ4BhTzzA3gU1ZjYZcYW3dwt',
  '/ip4/104.131.131.82/tcp/4001/p2p/QmaCpDMGvV2BGHeYERUEnRQAwe3N8SzbUtfsmvsqQLuvuJ',
]

/** A peer of the list, with all the addresses that the list has of it. */
interface BootstrapPeer {
  readonly peer: PeerId
  readonly addresses: readonly Multiaddr[]
}

/**
 * Connects to the peers through which this daemon enters a network, and keeps it connected to some as long as it runs.
 *
 * @param signal aborts when the daemon stops
 * @throws ConfigError go's `invalid p2p multiaddr` and `failed to connect to bootstrap peers`
 */
export async function bootstrap(host: Host, { peers }: BootstrapConfig, signal: AbortSignal): Promise<void> {
  const list = groupByPeer(peers ?? PUBLIC_PEERS.map(address => multiaddr(address)))
  await connectSome(host, list, WANTED, signal)
  // unlike go, peers that have come by themselves in the meantime will do
  if (!list.some(({ peer }) => host.dialer.existing(peer))) {
    throw new ConfigError('failed to connect to bootstrap peers')
  }
  const timer = setInterval(() => {
    const missing = WANTED - host.node.getConnections().length
    void connectSome(host, list, missing, signal).then(() => host.dht?.refresh())
  }, INTERVAL).unref()
  signal.addEventListener('abort', () => clearInterval(timer))
  await host.dht?.refresh()
}

function groupByPeer(addresses: readonly Multiaddr[]): BootstrapPeer[] {
  const groups = Map.groupBy(addresses, address => {
    const last = address.getComponents().at(-1)
    if (last?.code !== CODE_P2P || last.value === undefined) throw new ConfigError('invalid p2p multiaddr')
    return last.value
  })
  return [...groups].map(([peer, addresses]) => ({
    peer: peerIdFromString(peer),
    addresses: addresses.map(withoutPeer),
  }))
}

/** Connects to as many more peers of the list as wanted, in random order, so that the first is not everybody's. */
async function connectSome(
  { dialer, identification, connManager }: Host,
  list: readonly BootstrapPeer[],
  wanted: number,
  signal: AbortSignal,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(ROUND_TIMEOUT)])
  let missing = wanted
  for (const { peer, addresses } of shuffled(list)) {
    if (missing <= 0 || limit.aborted) return
    if (dialer.existing(peer) !== undefined) continue
    try {
      const connection = await dialer.connect(peer, addresses, limit)
      await identification.settled(connection, limit)
      connManager.tag(peer.toString(), 'bootstrap', 1)
      missing -= 1
    } catch {
      // another one will do
    }
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map(item => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
