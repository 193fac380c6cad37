import type { PeerId, StreamHandler } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { Dht, type DhtComponents } from './dht.ts'
import { makePeers } from './fixtures.ts'
import { KAD_PROTOCOL } from './messenger.ts'

let self: PeerId
let others: PeerId[]
beforeAll(async () => {
  ;[self, ...others] = (await makePeers(4)) as [PeerId, ...PeerId[]]
})

/** As much of a libp2p node as the DHT needs to know when it is asked to serve. */
let events: EventTarget
let serving: Map<string, StreamHandler>
beforeEach(() => {
  events = new EventTarget()
  serving = new Map()
})

async function start(config: Pick<Config, 'dht' | 'reachability'>): Promise<Dht> {
  const components = {
    peerId: self,
    events,
    registrar: {
      handle: async (protocol: string, handler: StreamHandler) => void serving.set(protocol, handler),
      unhandle: async (protocol: string) => void serving.delete(protocol),
    },
    dialer: { existing: () => undefined },
  } as unknown as DhtComponents
  const dht = new Dht(components, config, {} as Log)
  await dht.start()
  return dht
}

function identified(peerId: PeerId, protocols: readonly string[]): void {
  events.dispatchEvent(new CustomEvent('peer:identify', { detail: { peerId, protocols } }))
}

function announces(...addresses: string[]): void {
  const listed = addresses.map(address => ({ multiaddr: multiaddr(address) as Multiaddr }))
  events.dispatchEvent(new CustomEvent('self:peer:update', { detail: { peer: { addresses: listed } } }))
}

test('a peer is known from when it says that it is a DHT server until it says that it is none', async () => {
  const dht = await start({ dht: 'client', reachability: undefined })
  const [server, client] = others as [PeerId, PeerId]
  identified(server, ['/ipfs/id/1.0.0', KAD_PROTOCOL])
  identified(client, ['/ipfs/id/1.0.0'])
  expect(dht.table.nearest(dht.table.self).map(({ peer }) => peer)).toEqual([server])
  identified(server, ['/ipfs/id/1.0.0'])
  expect(dht.table.size).toBe(0)
})

describe.each<[Config['dht'], Config['reachability'], 'client' | 'server']>([
  ['server', undefined, 'server'],
  ['server', 'private', 'server'],
  ['client', undefined, 'client'],
  ['client', 'public', 'client'],
  ['full', 'public', 'server'],
  ['full', 'private', 'client'],
])('mode %s, reachability %s', (mode, reachability, expected) => {
  test(`is a ${expected}, whatever its addresses`, async () => {
    const dht = await start({ dht: mode, reachability })
    expect([dht.mode, serving.has(KAD_PROTOCOL)]).toEqual([expected, expected === 'server'])
    announces(expected === 'server' ? '/ip4/127.0.0.1/tcp/1' : '/ip4/8.8.8.8/tcp/1')
    await dht.start()
    expect(dht.mode).toBe(expected)
  })
})

test('mode full serves as long as a public address is known to work', async () => {
  const dht = await start({ dht: 'full', reachability: undefined })
  const becomes = (mode: string): Promise<unknown> =>
    until(() => dht.mode === mode && serving.has(KAD_PROTOCOL) === (mode === 'server'), { deadline: 1_000, what: mode })
  announces('/ip4/127.0.0.1/tcp/1', `/ip4/8.8.8.8/tcp/1/p2p/${others[0]}/p2p-circuit`)
  await becomes('client')
  announces('/ip4/127.0.0.1/tcp/1', '/ip4/8.8.8.8/tcp/1')
  await becomes('server')
  announces('/ip4/8.8.8.8/tcp/1', '/ip4/10.0.0.1/tcp/1')
  await becomes('server')
  announces('/ip4/10.0.0.1/tcp/1')
  await becomes('client')
})
