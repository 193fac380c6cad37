import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { worthTrying } from './hole-punching.ts'

const through = (relay: TestHost) => `${relay.addresses[0]}/p2p/${relay.peer}/p2p-circuit`
const isRelayed = ({ remoteAddr }: Connection) => `${remoteAddr}`.includes('p2p-circuit')
const circuitsOf = (host: TestHost) => host.addresses.filter(address => `${address}`.includes('p2p-circuit'))

async function becomesDirect(host: TestHost, other: TestHost): Promise<void> {
  await until(async () => host.node.getConnections(other.peer).some(connection => !isRelayed(connection)), {
    deadline: 10_000,
    what: 'a direct connection',
  })
}

test.each([
  ['both listen', [], []],
  ['only the caller listens', [], ['-noListenAddrs']],
  ['only the called listens', ['-noListenAddrs'], []],
])('a call through a relay becomes a direct connection when %s', async (_, callerFlags, calledFlags) => {
  await using relay = await startHost()
  await using caller = await startHost(...callerFlags)
  const listen = calledFlags.length === 0 ? ['-hostAddrs', `/ip4/127.0.0.1/tcp/0,${through(relay)}`] : []
  await using called = await startHost(...calledFlags, ...listen)
  if (listen.length === 0) await reserve(called, relay)
  const relayed = await caller.connect(called, [multiaddr(through(relay))])
  expect(isRelayed(relayed)).toBe(true)
  await becomesDirect(caller, called)
  await becomesDirect(called, caller)
  // what is opened from now on goes the short way, and what runs on the relayed connection is left alone
  const used = await caller.connect(called)
  expect(isRelayed(used)).toBe(false)
  expect(relayed.status).toBe('open')
})

async function reserve(host: TestHost, relay: TestHost): Promise<void> {
  host.relay.reservations.hold(multiaddr(`${relay.addresses[0]}/p2p/${relay.peer}`))
  await until(async () => host.relay.reservations.list().length === 1, { deadline: 5_000, what: 'a reservation' })
}

test('when neither listens, the relayed connection is what there is', async () => {
  await using relay = await startHost()
  await using caller = await startHost('-noListenAddrs')
  await using called = await startHost('-hostAddrs', through(relay))
  await caller.connect(called, circuitsOf(called))
  const attempted = async () =>
    caller.node.getConnections(called.peer).every(({ streams }) => streams.every(({ protocol }) => protocol !== ''))
  await until(attempted, { deadline: 5_000, what: 'no attempt under way' })
  expect(caller.node.getConnections(called.peer).every(isRelayed)).toBe(true)
})

test('-holePunching=false neither tries nor offers it', async () => {
  await using relay = await startHost()
  await using caller = await startHost('-holePunching=false')
  await using called = await startHost('-holePunching=false', '-hostAddrs', `/ip4/127.0.0.1/tcp/0,${through(relay)}`)
  expect(called.node.getProtocols()).not.toContain('/libp2p/dcutr')
  await caller.connect(called, circuitsOf(called))
  const [inbound] = called.node.getConnections(caller.peer) as [Connection]
  await called.identification.settled(inbound, AbortSignal.timeout(5_000))
  expect(caller.node.getConnections(called.peer).every(isRelayed)).toBe(true)
})

test('private addresses are tried only when the relay is on the same kind of network', () => {
  const all = ['/ip4/127.0.0.1/tcp/1', '/ip4/192.168.1.2/tcp/1', '/ip4/1.2.3.4/tcp/1', '/ip6/::1/tcp/1']
  const tried = (relay: string) =>
    worthTrying(all.map(multiaddr), { remoteAddr: multiaddr(`${relay}/p2p-circuit`) } as Connection).map(String)
  expect(tried('/ip4/127.0.0.1/tcp/4001')).toEqual(all)
  expect(tried('/ip4/10.0.0.1/tcp/4001')).toEqual(['/ip4/192.168.1.2/tcp/1', '/ip4/1.2.3.4/tcp/1'])
  expect(tried('/ip4/9.8.7.6/tcp/4001')).toEqual(['/ip4/1.2.3.4/tcp/1'])
  expect(
    worthTrying([multiaddr(`${all[2]}/p2p-circuit`)], { remoteAddr: multiaddr('/ip4/9.8.7.6') } as Connection),
  ).toEqual([])
})
