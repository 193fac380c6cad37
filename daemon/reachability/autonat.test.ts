import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { AutoNatMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { askForDialBack } from './autonat-client.ts'
import { AUTONAT_PROTOCOL } from './autonat-service.ts'
import { withObservedIp } from './observed-ip.ts'

const DEAD = multiaddr('/ip4/127.0.0.1/tcp/1')

async function ask(server: TestHost, client: TestHost, addresses = client.addresses) {
  return askForDialBack(await client.connect(server), client.peer, addresses, AbortSignal.timeout(10_000))
}

async function answer(server: TestHost, client: TestHost, message: AutoNatMessage) {
  const connection = await client.connect(server)
  const messages = new MessageStream(await connection.newStream(AUTONAT_PROTOCOL))
  messages.write(AutoNatMessage, message)
  return (await messages.read(AutoNatMessage, AbortSignal.timeout(5_000))).dialResponse
}

test('only -autonat offers the service', async () => {
  await using server = await startHost('-autonat')
  await using plain = await startHost()
  expect(server.node.getProtocols()).toContain(AUTONAT_PROTOCOL)
  expect(plain.node.getProtocols()).not.toContain(AUTONAT_PROTOCOL)
})

test('a peer that listens is dialled back by a connection of its own, which is not kept', async () => {
  await using server = await startHost('-autonat')
  await using client = await startHost('-forceReachabilityPublic')
  await using nowhere = await startHost('-noListenAddrs')
  let inbound = 0
  client.node.addEventListener('connection:open', ({ detail: { direction } }) => {
    if (direction === 'inbound') inbound += 1
  })
  expect(await ask(server, client)).toEqual({ word: 'public', address: client.addresses[0] })
  expect(inbound).toBe(1)
  await until(async () => server.node.getConnections(client.peer).length === 1, {
    deadline: 5_000,
    what: 'it to close',
  })
  expect(await ask(server, nowhere, [DEAD])).toEqual({ word: 'private' })
  expect(await ask(server, nowhere, [])).toEqual({ word: 'private' })
})

test('one address that works among others is enough', async () => {
  await using server = await startHost('-autonat')
  await using client = await startHost('-forceReachabilityPublic')
  expect(await ask(server, client, [DEAD, ...client.addresses])).toMatchObject({ word: 'public' })
})

test('nobody can have somebody else dialled, or the same peer too often', async () => {
  await using server = await startHost('-autonat')
  await using client = await startHost('-forceReachabilityPublic')
  const { DIAL, DIAL_RESPONSE } = AutoNatMessage.Type
  const { E_BAD_REQUEST, E_DIAL_REFUSED } = AutoNatMessage.Status
  expect(await answer(server, client, { type: DIAL_RESPONSE })).toMatchObject({ status: E_BAD_REQUEST })
  expect(await answer(server, client, { type: DIAL })).toMatchObject({ statusText: 'expected DIAL message' })
  expect(await answer(server, client, { type: DIAL, dial: {} })).toMatchObject({ statusText: 'missing peer info' })
  const bad = { id: Uint8Array.of(1, 2, 3) }
  expect(await answer(server, client, { type: DIAL, dial: { peer: bad } })).toMatchObject({ statusText: 'bad peer id' })
  const other = { id: server.peer.toMultihash().bytes, addrs: server.addresses.map(({ bytes }) => bytes) }
  const mismatch = await answer(server, client, { type: DIAL, dial: { peer: other } })
  expect(mismatch).toMatchObject({ status: E_BAD_REQUEST, statusText: 'peer id mismatch' })

  const own = { id: client.peer.toMultihash().bytes, addrs: client.addresses.map(({ bytes }) => bytes) }
  const answers = []
  for (let count = 0; count < 4; count++)
    answers.push(await answer(server, client, { type: DIAL, dial: { peer: own } }))
  expect(answers.map(response => response?.status)).toEqual([0, 0, 0, E_DIAL_REFUSED])
})

test('every address is dialled at the IP that the peer comes from', () => {
  const observed = multiaddr('/ip4/1.2.3.4/tcp/50000')
  const given = ['/ip4/5.6.7.8/tcp/1', '/ip4/5.6.7.9/tcp/1', '/ip6/::1/udp/2/quic-v1', '/dns4/example.com/tcp/3']
  const relayed = '/ip4/5.6.7.8/tcp/4/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N/p2p-circuit'
  expect(withObservedIp([...given, relayed].map(multiaddr), observed).map(String)).toEqual([
    '/ip4/1.2.3.4/tcp/1',
    '/ip4/1.2.3.4/udp/2/quic-v1',
  ])
  const many = Array.from({ length: 100 }, (_, port) => multiaddr(`/ip4/1.1.1.1/tcp/${port + 1}`))
  expect(withObservedIp(many, observed)).toHaveLength(16)
  expect(withObservedIp(many, multiaddr('/dns4/example.com/tcp/1'))).toEqual([])
})

test('a daemon finds out by itself, and -autoRelay acts on it', async () => {
  await using server = await startHost('-autonat')
  await using reached = await startHost()
  await reached.connect(server)
  await until(async () => reached.reachability.verdict === 'public', { deadline: 10_000, what: 'the verdict' })

  const relay = `${server.addresses[0]}/p2p/${server.peer}`
  await using hidden = await startHost('-announceAddrs', `${DEAD}`, '-autoRelay', '-relays', relay)
  await hidden.connect(server)
  await until(async () => hidden.reachability.verdict === 'private', { deadline: 10_000, what: 'the verdict' })
  await until(async () => hidden.relay.reservations.list().length === 1, { deadline: 10_000, what: 'a reservation' })
})

test('a forced verdict is not asked about', async () => {
  await using server = await startHost('-autonat')
  await using forced = await startHost('-forceReachabilityPrivate')
  const asked: string[] = []
  await server.node.handle(AUTONAT_PROTOCOL, stream => void asked.push(stream.id), { force: true })
  await forced.connect(server)
  expect(forced.reachability.verdict).toBe('private')
  expect(asked).toEqual([])
})
