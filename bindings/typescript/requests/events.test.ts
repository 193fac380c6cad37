import { expect, test } from 'vitest'
import { ConnectionInfo, Event } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import type { Connection } from '../connection.ts'
import { describeMessage } from '../describe.ts'
import { failure, fakeAddr, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

const peer = fakePeer.toMultihash().bytes
const time = 1_000

/** Answers OK, and then sends these events. */
const sending = (...events: Event[]) => {
  return async (connection: Connection) => {
    await connection.receive('Request')
    connection.send('Response', ok())
    for (const event of events) connection.send('Event', event)
  }
}

const connection: ConnectionInfo = {
  id: 'c1',
  peer,
  addr: fakeAddr.bytes,
  direction: ConnectionInfo.Direction.INBOUND,
  security: '/noise',
  relayed: true,
  opened: 5_000,
}

test('events are told apart by their type', async () => {
  await using daemon = await startFakeDaemon(
    sending(
      { type: Event.Type.CONNECTION_OPENED, time, connection },
      { type: Event.Type.PEER_CONNECTED, time, peer },
      {
        type: Event.Type.PEER_IDENTIFIED,
        time,
        identify: { peer, connection: 'c1', agentVersion: 'toy', protos: ['/a'] },
      },
      { type: 99 as never, time },
      { type: Event.Type.ADDRESSES_CHANGED, time, addrs: [fakeAddr.bytes] },
      { type: Event.Type.RESERVATION_GAINED, time, reservation: { relay: peer, expires: 9_000 } },
      { type: Event.Type.STAYS_RELAYED, time, connection, error: { msg: 'no way' } },
      { type: Event.Type.STATE_COMPLETE, time },
    ),
  )
  await using client = createClient(daemon.address)
  const seen = []
  for await (const event of client.events()) {
    seen.push(event)
    if (event.type === 'state-complete') break
  }
  expect(seen.map(({ type }) => type)).toEqual([
    'connection-opened',
    'peer-connected',
    'peer-identified',
    'addresses-changed',
    'reservation-gained',
    'stays-relayed',
    'state-complete',
  ])
  const [opened, connected, identified, changed, gained, stays] = seen
  expect(stays).toMatchObject({ connection: { id: 'c1', relayed: true }, reason: 'no way' })
  expect(opened).toMatchObject({
    time: new Date(time),
    connection: {
      id: 'c1',
      direction: 'inbound',
      security: '/noise',
      muxer: undefined,
      relayed: true,
      opened: new Date(5_000),
    },
  })
  if (connected?.type === 'peer-connected') expect(connected.peer.equals(fakePeer)).toBe(true)
  expect(identified).toMatchObject({ identify: { agentVersion: 'toy', protocols: ['/a'], observedAddr: undefined } })
  if (changed?.type === 'addresses-changed') expect(changed.addrs.map(String)).toEqual([`${fakeAddr}`])
  expect(gained).toMatchObject({ reservation: { expires: new Date(9_000), addrs: [] } })
})

test('the types wanted are asked for, and leaving the loop hangs up', async () => {
  const { promise: hungUp, resolve } = Promise.withResolvers<unknown>()
  await using daemon = await startFakeDaemon(async connection => {
    const request = describeMessage('Request', await connection.receive('Request'))
    connection.send('Response', ok())
    connection.send('Event', { type: Event.Type.STATE_COMPLETE })
    connection.socket.once('end', () => resolve(request)).resume()
  })
  await using client = createClient(daemon.address)
  for await (const event of client.events({ types: ['peer-connected', 'peer-disconnected'] })) {
    if (event.type === 'state-complete') break
  }
  expect(await hungUp).toEqual({
    type: 'EVENTS',
    events: { types: [Event.Type.PEER_CONNECTED, Event.Type.PEER_DISCONNECTED] },
  })
})

test('a refusal, a last error, a hang-up and nonsense each reject by what they are', async () => {
  const outcome = async (script: Parameters<typeof startFakeDaemon>[0]) => {
    await using daemon = await startFakeDaemon(script)
    await using client = createClient(daemon.address)
    return await client
      .events()
      .next()
      .catch(error => ({ code: error.code, daemonCode: error.daemonCode, message: error.message }))
  }
  expect(
    await outcome(async connection => {
      await connection.receive('Request')
      connection.send('Response', failure('no events here'))
    }),
  ).toMatchObject({ code: 'ERR_DAEMON', message: 'no events here' })
  const last = { type: Event.Type.ERROR, error: { msg: 'too slow', code: 'ERR_LIMIT' } }
  expect(await outcome(sending(last))).toMatchObject({ code: 'ERR_DAEMON', daemonCode: 'ERR_LIMIT' })
  expect(await outcome(sending({ type: Event.Type.PEER_CONNECTED }))).toMatchObject({ code: 'ERR_PROTOCOL' })
  expect(
    await outcome(async connection => {
      await sending()(connection)
      connection.end()
    }),
  ).toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
})

test('a signal ends the wait for the next event with its reason', async () => {
  await using daemon = await startFakeDaemon(sending())
  await using client = createClient(daemon.address)
  const controller = new AbortController()
  const next = client.events({ signal: controller.signal }).next()
  controller.abort(new Error('enough'))
  await expect(next).rejects.toThrow('enough')
})
