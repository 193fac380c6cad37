import { once } from 'node:events'
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { CircuitStatus, HopMessage } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { HOP_PROTOCOL } from './protocol.ts'
import type { Reservation } from './reserve.ts'

const through = (relay: TestHost) => `${relay.addresses[0]}/p2p/${relay.peer}/p2p-circuit`
const relays = ({ relay }: TestHost) => relay.reservations.list().map(reservation => reservation.relay.toString())

async function holds(host: TestHost, ...expected: TestHost[]): Promise<void> {
  const wanted = expected.map(({ peer }) => peer.toString()).sort()
  await until(async () => JSON.stringify(relays(host).sort()) === JSON.stringify(wanted), {
    deadline: 10_000,
    what: `reservations at ${wanted}`,
  })
}

/** Counts what happens to a host's reservations. */
function record(host: TestHost) {
  const events = { gained: 0, lost: 0 }
  host.relay.reservations.on('gained', () => events.gained++)
  host.relay.reservations.on('lost', () => events.lost++)
  return events
}

test('a reservation is renewed before it ends, which is no event', async () => {
  await using relay = await startHost('-relayReservationTTL=2s')
  await using host = await startHost('-hostAddrs', through(relay))
  const events = record(host)
  const [first] = host.relay.reservations.list() as [Reservation]
  expect(first.addresses.map(String)).toEqual([through(relay)])
  expect(first.limits).toEqual({ bytes: 131_072n, seconds: 120 })
  const renewed = async () => Number(host.relay.reservations.list()[0]?.expires) > Number(first.expires) + 2_000
  await until(renewed, { deadline: 15_000, what: 'the reservation to be renewed twice' })
  expect(events).toEqual({ gained: 0, lost: 0 })
  expect(relay.relay.service?.usage.reservations).toBe(1)
})

test('a reservation is lost with the connection to the relay, and made again', async () => {
  await using relay = await startHost()
  await using host = await startHost('-hostAddrs', `/ip4/127.0.0.1/tcp/0,${through(relay)}`)
  expect(host.addresses).toHaveLength(2)
  const lost = once(host.relay.reservations, 'lost')
  const gained = once(host.relay.reservations, 'gained')
  await relay.node.hangUp(host.peer)
  const [, reason] = await lost
  expect(reason.message).toBe('the connection to the relay has closed')
  expect(host.addresses).toHaveLength(1)
  await gained
  expect(host.addresses).toHaveLength(2)
})

test('a daemon starts although its relay is away or refuses, and says why', async () => {
  await using relay = await startHost('-relayReservations=0')
  await using host = await startHost('-hostAddrs', through(relay))
  expect(host.addresses).toEqual([])
  const [, refused] = await once(host.relay.reservations, 'failed')
  expect(refused.message).toBe('reservation refused: RESERVATION_REFUSED (200)')
  await using other = await startHost('-hostAddrs', `/ip4/127.0.0.1/tcp/1/p2p/${relay.peer}/p2p-circuit`)
  const [, away] = await once(other.relay.reservations, 'failed')
  expect(away.message).toContain('connection refused')
})

test('a relay’s address must say who it is', async () => {
  await expect(startHost('-hostAddrs', '/ip4/127.0.0.1/tcp/1/p2p-circuit')).rejects.toThrow('invalid p2p multiaddr')
  await expect(startHost('-autoRelay', '-relays', '/ip4/127.0.0.1/tcp/1')).rejects.toThrow('invalid p2p multiaddr')
})

test('/p2p-circuit reserves at relays that turn up, at two at most, and replaces one that goes', async () => {
  await using host = await startHost('-hostAddrs', '/p2p-circuit')
  await using plain = await startHost('-relay=false')
  await using first = await startHost()
  await using second = await startHost()
  await using third = await startHost()
  expect(relays(host)).toEqual([])
  await host.connect(plain)
  await host.connect(first)
  await holds(host, first)
  await host.connect(second)
  await holds(host, first, second)
  await host.connect(third)
  await first.stop()
  await holds(host, second, third)
})

test('-autoRelay reserves at the relays named while this peer is private, and not while it is public', async () => {
  await using relay = await startHost()
  const flags = ['-autoRelay', '-relays', `${relay.addresses[0]}/p2p/${relay.peer}`]
  await using hidden = await startHost(...flags, '-forceReachabilityPrivate')
  expect(relays(hidden)).toEqual([relay.peer.toString()])
  expect(hidden.addresses.map(String)).toContain(through(relay))
  await using listensNowhere = await startHost(...flags, '-noListenAddrs')
  expect(relays(listensNowhere)).toEqual([relay.peer.toString()])
  await using open = await startHost(...flags, '-forceReachabilityPublic')
  await open.connect(relay)
  await using undecided = await startHost(...flags)
  await undecided.connect(relay)
  expect(relays(open)).toEqual([])
  expect(relays(undecided)).toEqual([])
})

test('-autoRelay follows what peers find out of this one', async () => {
  await using relay = await startHost('-relay=true')
  await using host = await startHost('-autoRelay', '-relays', `${relay.addresses[0]}/p2p/${relay.peer}`)
  const verdicts = ['private', 'public'] as const
  for (const verdict of verdicts) {
    host.reachability.emit('changed', verdict)
    await holds(host, ...(verdict === 'private' ? [relay] : []))
  }
  expect(host.addresses.some(address => `${address}`.includes('p2p-circuit'))).toBe(false)
})

test('-relayDiscovery takes relays among the peers met, those met before it was needed too', async () => {
  await using relay = await startHost()
  await using host = await startHost('-autoRelay', '-relayDiscovery')
  await host.connect(relay)
  host.reachability.emit('changed', 'private')
  await holds(host, relay)
})

test('junk among a relay’s addresses is left out', async () => {
  await using relay = await startHost('-relay=false')
  await using host = await startHost('-noListenAddrs')
  const addrs = [
    Uint8Array.of(0xff),
    multiaddr('/ip4/127.0.0.1/tcp/1').bytes,
    multiaddr(`/ip4/127.0.0.1/tcp/2/p2p/${relay.peer}/p2p/${relay.peer}`).bytes,
    multiaddr(`/ip4/127.0.0.1/tcp/3/p2p/${host.peer}`).bytes,
    multiaddr(`/ip4/127.0.0.1/tcp/4/p2p/${relay.peer}/p2p-circuit`).bytes,
  ]
  const answer = async (stream: Stream): Promise<void> => {
    const messages = new MessageStream(stream)
    await messages.read(HopMessage, AbortSignal.timeout(5_000))
    const expire = Math.round(Date.now() / 1_000) + 60
    messages.write(HopMessage, {
      type: HopMessage.Type.STATUS,
      status: CircuitStatus.OK,
      reservation: { expire, addrs },
    })
  }
  await relay.node.handle(HOP_PROTOCOL, answer)
  host.relay.reservations.hold(multiaddr(`${relay.addresses[0]}/p2p/${relay.peer}`))
  await holds(host, relay)
  expect(host.relay.reservations.list()[0]?.addresses.map(String)).toEqual([
    through(relay),
    `/ip4/127.0.0.1/tcp/1/p2p/${relay.peer}/p2p-circuit`,
    `/ip4/127.0.0.1/tcp/2/p2p/${relay.peer}/p2p-circuit`,
  ])
})

test('relays are looked for in the DHT, beyond the peers that are met', async () => {
  await using relay = await startHost('-dhtServer')
  await using between = await startHost('-dhtServer', '-relay=false')
  await using host = await startHost('-dhtClient', '-autoRelay', '-forceReachabilityPrivate')
  await between.connect(relay)
  await host.connect(between)
  await holds(host, relay)
})

test('a relay that says when the end of time is does not drive the daemon mad', async () => {
  await using relay = await startHost('-relay=false')
  await using host = await startHost('-noListenAddrs')
  let asked = 0
  const answer = async (stream: Stream): Promise<void> => {
    asked += 1
    const messages = new MessageStream(stream)
    await messages.read(HopMessage, AbortSignal.timeout(5_000))
    const { STATUS } = HopMessage.Type
    messages.write(HopMessage, { type: STATUS, status: CircuitStatus.OK, reservation: { expire: 2 ** 60 } })
  }
  await relay.node.handle(HOP_PROTOCOL, answer)
  host.relay.reservations.hold(multiaddr(`${relay.addresses[0]}/p2p/${relay.peer}`))
  await holds(host, relay)
  expect(host.relay.reservations.list()[0]?.expires.getTime()).toBeGreaterThan(Date.now())
  await host.connect(relay)
  expect(asked).toBe(1)
})
