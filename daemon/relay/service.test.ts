import { RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { decode } from '../../proto/codec.ts'
import { CircuitStatus, HopMessage, ReservationVoucher } from '../../proto/libp2p.ts'
import { MessageStream } from '../message-stream.ts'
import { decodePeer } from '../peer.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { askHop, callTo, hopStatus, openHop, RESERVE } from './raw-hop.ts'

/** What the relay holds for others. */
function usage(relay: TestHost) {
  return relay.relay.service?.usage
}

async function settles(relay: TestHost, expected: { reservations: number; circuits: number }): Promise<void> {
  const what = `the relay to hold ${JSON.stringify(expected)}`
  await until(async () => JSON.stringify(usage(relay)) === JSON.stringify(expected), { deadline: 5_000, what })
}

test('a reservation names the relay’s addresses, its end, its limits in seconds and bytes, and is signed for', async () => {
  await using relay = await startHost('-relayReservationTTL=10m', '-relayTimeLimit=90s', '-relayDataLimit=1000')
  await using client = await startHost()
  const before = Date.now()
  const { answer } = await askHop(client, relay, RESERVE)
  expect(answer).toMatchObject({
    type: HopMessage.Type.STATUS,
    status: CircuitStatus.OK,
    limit: { duration: 90, data: 1000 },
  })
  expect(answer.reservation?.addrs?.map(bytes => `${multiaddr(bytes)}`)).toEqual(relay.node.getMultiaddrs().map(String))
  const expire = answer.reservation?.expire ?? 0
  expect(Math.abs(expire * 1_000 - before - 600_000)).toBeLessThan(60_000)
  const voucher = answer.reservation?.voucher ?? new Uint8Array()
  const envelope = await RecordEnvelope.openAndCertify(voucher, 'libp2p-relay-rsvp')
  const signed = decode(ReservationVoucher, envelope.payload)
  expect(signed.expiration).toBe(expire)
  expect(decodePeer(signed.relay as Uint8Array).text).toBe(relay.peer.toString())
  expect(decodePeer(signed.peer as Uint8Array).text).toBe(client.peer.toString())
})

test('without limits none are named', async () => {
  await using relay = await startHost('-relayTimeLimit=0s', '-relayDataLimit=0')
  await using client = await startHost()
  expect((await askHop(client, relay, RESERVE)).answer.limit ?? undefined).toBeUndefined()
})

test('who has no reservation cannot be called, nor who has lost it with its connection, or by time', async () => {
  await using relay = await startHost('-relayReservationTTL=2s')
  await using caller = await startHost()
  await using called = await startHost()
  expect(await hopStatus(caller, relay, callTo(called))).toBe('NO_RESERVATION (204)')
  await called.connect(relay)
  expect(await hopStatus(caller, relay, callTo(called))).toBe('NO_RESERVATION (204)')

  expect(await hopStatus(called, relay, RESERVE)).toBe('OK (100)')
  expect(usage(relay)).toEqual({ reservations: 1, circuits: 0 })
  await called.node.hangUp(relay.peer)
  await settles(relay, { reservations: 0, circuits: 0 })
  expect(await hopStatus(caller, relay, callTo(called))).toBe('NO_RESERVATION (204)')

  expect(await hopStatus(called, relay, RESERVE)).toBe('OK (100)')
  await settles(relay, { reservations: 0, circuits: 0 })
  expect(await hopStatus(caller, relay, callTo(called))).toBe('NO_RESERVATION (204)')
})

test('there are so many reservations and no more; a renewal takes no further place', async () => {
  await using relay = await startHost('-relayReservations=1')
  await using first = await startHost()
  await using second = await startHost()
  expect(await hopStatus(first, relay, RESERVE)).toBe('OK (100)')
  expect(await hopStatus(second, relay, RESERVE)).toBe('RESERVATION_REFUSED (200)')
  expect(await hopStatus(first, relay, RESERVE)).toBe('OK (100)')
  await first.node.hangUp(relay.peer)
  await settles(relay, { reservations: 0, circuits: 0 })
  expect(await hopStatus(second, relay, RESERVE)).toBe('OK (100)')
})

test.each([
  ['of one peer', '-relayCircuitsPerPeer=2'],
  ['in all', '-relayHopLimit=2'],
])('there are so many circuits %s and no more, until one ends', async (_, flag) => {
  await using relay = await startHost(flag, '-holePunching=false')
  await using called = await startHost()
  await using caller = await startHost()
  await hopStatus(called, relay, RESERVE)
  const circuits = [await askHop(caller, relay, callTo(called)), await askHop(caller, relay, callTo(called))]
  expect(circuits.map(({ answer }) => answer.status)).toEqual([CircuitStatus.OK, CircuitStatus.OK])
  expect(usage(relay)).toEqual({ reservations: 1, circuits: 2 })
  expect(await hopStatus(caller, relay, callTo(called))).toBe('RESOURCE_LIMIT_EXCEEDED (201)')
  circuits[0]?.stream.abort(new Error('enough'))
  await settles(relay, { reservations: 1, circuits: 1 })
  expect(await hopStatus(caller, relay, callTo(called))).toBe('OK (100)')
})

test('nonsense is answered as the protocol says, and leaves nothing behind', async () => {
  await using relay = await startHost()
  await using client = await startHost()
  const malformed = await openHop(client, relay)
  malformed.send(Uint8Array.of(3, 0xff, 0xff, 0xff))
  const { status } = await new MessageStream(malformed).read(HopMessage, AbortSignal.timeout(5_000))
  expect(status).toBe(CircuitStatus.MALFORMED_MESSAGE)

  const { CONNECT, STATUS } = HopMessage.Type
  expect(await hopStatus(client, relay, { type: STATUS })).toBe('UNEXPECTED_MESSAGE (401)')
  expect(await hopStatus(client, relay, { type: 77 as never })).toBe('UNEXPECTED_MESSAGE (401)')
  expect(await hopStatus(client, relay, { type: CONNECT })).toBe('MALFORMED_MESSAGE (400)')
  expect(await hopStatus(client, relay, { type: CONNECT, peer: { id: Uint8Array.of(1) } })).toBe(
    'MALFORMED_MESSAGE (400)',
  )
  expect(await hopStatus(client, relay, callTo(relay))).toBe('NO_RESERVATION (204)')

  const tooLong = await openHop(client, relay)
  tooLong.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f))
  const ended = new Promise(resolve => tooLong.addEventListener('close', resolve))
  await ended
  expect(usage(relay)).toEqual({ reservations: 0, circuits: 0 })
})

test('a flood of requests, answered or given up on, leaves nothing behind and keeps nobody else out', async () => {
  await using relay = await startHost('-relayReservations=4', '-holePunching=false')
  await using hostile = await startHost()
  await using called = await startHost('-noListenAddrs')
  await using caller = await startHost('-noListenAddrs')
  await hopStatus(called, relay, RESERVE)
  for (let round = 0; round < 4; round++) {
    const asked = Array.from({ length: 100 }, async (_, index) => {
      const stream = await openHop(hostile, relay)
      const messages = new MessageStream(stream)
      messages.write(HopMessage, index % 2 ? RESERVE : callTo(called))
      if (index % 3 === 0) stream.abort(new Error('never mind'))
      else await messages.read(HopMessage, AbortSignal.timeout(10_000))
      stream.abort(new Error('never mind'))
    })
    await Promise.allSettled(asked)
  }
  await settles(relay, { reservations: 2, circuits: 0 })
  expect(await hopStatus(caller, relay, callTo(called))).toBe('OK (100)')
})
