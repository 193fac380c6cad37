import type { PeerId } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { bootstrap } from './bootstrap.ts'
import { makePeers } from './dht/fixtures.ts'
import type { Host } from './host.ts'

let peers: PeerId[]
beforeAll(async () => {
  peers = await makePeers(7)
})

const RUNNING = new AbortController().signal

/** A host that can reach some peers, and notes what is done with it. */
let connected: Set<string>
let dialled: { peer: string; addresses: string[] }[]
let tagged: string[]
let refreshed: number
let host: Host
beforeEach(() => {
  connected = new Set()
  dialled = []
  tagged = []
  refreshed = 0
})

function reaching(reachable: readonly PeerId[]): Host {
  host = {
    dialer: {
      existing: (peer: PeerId) => (connected.has(peer.toString()) ? {} : undefined),
      async connect(peer: PeerId, addresses: readonly Multiaddr[]) {
        dialled.push({ peer: peer.toString(), addresses: addresses.map(String) })
        if (!reachable.some(other => other.equals(peer))) throw new Error('cannot be reached')
        connected.add(peer.toString())
        return {}
      },
    },
    identification: { settled: async () => {} },
    connManager: { tag: (...args: unknown[]) => tagged.push(args.join(' ')) },
    dht: {
      refresh: async () => {
        refreshed += 1
      },
    },
    node: { getConnections: () => [...connected] },
  } as unknown as Host
  return host
}

const list = (of: readonly PeerId[]): Multiaddr[] =>
  of.map((peer, at) => multiaddr(`/ip4/127.0.0.1/tcp/${at + 1}/p2p/${peer}`))

test('four of the list are connected to, tagged, and the DHT is refreshed', async () => {
  await bootstrap(reaching(peers), { enabled: true, peers: list(peers) }, RUNNING)
  expect(connected.size).toBe(4)
  expect(tagged.toSorted()).toEqual([...connected].map(peer => `${peer} bootstrap 1`).toSorted())
  expect(refreshed).toBe(1)
})

test('those that cannot be reached are passed over', async () => {
  await bootstrap(reaching(peers.slice(5)), { enabled: true, peers: list(peers) }, RUNNING)
  expect([...connected].toSorted()).toEqual(peers.slice(5).map(String).toSorted())
  expect(dialled).toHaveLength(peers.length)
})

test('all addresses of a peer are tried together', async () => {
  const [peer] = peers as [PeerId]
  const addresses = ['/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/2']
  const given = addresses.map(address => multiaddr(`${address}/p2p/${peer}`))
  await bootstrap(reaching(peers), { enabled: true, peers: given }, RUNNING)
  expect(dialled).toEqual([{ peer: peer.toString(), addresses }])
})

test('when none can be reached, the daemon does not start', async () => {
  const none = bootstrap(reaching([]), { enabled: true, peers: list(peers) }, RUNNING)
  await expect(none).rejects.toThrow(/^failed to connect to bootstrap peers$/)
})

test('a peer of the list that has come by itself will do', async () => {
  reaching([])
  connected.add(String(peers[0]))
  await bootstrap(host, { enabled: true, peers: list(peers.slice(0, 1)) }, RUNNING)
  expect(dialled).toEqual([])
})

test.each([
  '/ip4/127.0.0.1/tcp/1',
  '/ip4/127.0.0.1/tcp/1/p2p/{peer}/p2p-circuit',
])('an address that does not end in the peer is refused: %s', async address => {
  const given = [multiaddr(address.replace('{peer}', String(peers[0])))]
  await expect(bootstrap(reaching(peers), { enabled: true, peers: given }, RUNNING)).rejects.toThrow(
    /^invalid p2p multiaddr$/,
  )
})
