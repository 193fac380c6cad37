import { peerIdFromString } from '@libp2p/peer-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DaemonEvent, DaemonEventType, EventsOptions } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { decode, Event, encode, FrameDecoder, Request } from '../../proto/codec.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { startDaemon, type TestDaemon } from './start.ts'

let other: TestDaemon
beforeAll(async () => {
  other = await startDaemon()
})
afterAll(() => other[Symbol.asyncDispose]())

const DEADLINE = 10_000

interface Watch extends AsyncDisposable {
  readonly seen: readonly DaemonEvent[]
  readonly types: readonly string[]
  /** Waits for an event, among those seen already too. */
  next<Type extends DaemonEventType>(type: Type): Promise<EventOf<Type>>
}

type EventOf<Type extends DaemonEventType> = Extract<DaemonEvent, { type: Type }>

/** Collects a daemon's events from now on; resolves when it has its present state. */
async function watch({ client }: TestDaemon, options: EventsOptions = {}): Promise<Watch> {
  const seen: DaemonEvent[] = []
  const stop = new AbortController()
  const collecting = (async () => {
    for await (const event of client.events({ ...options, signal: stop.signal })) seen.push(event)
  })().catch(error => {
    if (!stop.signal.aborted) throw error
  })
  const next = <Type extends DaemonEventType>(type: Type) =>
    until(() => seen.find(event => event.type === type), { deadline: DEADLINE, what: type }) as Promise<EventOf<Type>>
  await Promise.race([next('state-complete'), collecting])
  return {
    seen,
    get types() {
      return seen.map(({ type }) => type)
    },
    next,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await collecting
    },
  }
}

test('a connection is told by both sides from its opening to its end, and CONNECT answers only after', async () => {
  await using dialer = await startDaemon()
  await using outbound = await watch(dialer)
  await using inbound = await watch(other)
  await dialer.client.connect(other.peer, other.addrs)
  expect(outbound.types).toEqual([
    'addresses-changed',
    'state-complete',
    'connection-opened',
    'peer-connected',
    'peer-identified',
  ])
  const { connection } = await outbound.next('connection-opened')
  expect(connection).toMatchObject({
    direction: 'outbound',
    security: '/noise',
    muxer: '/yamux/1.0.0',
    relayed: false,
  })
  expect(connection.peer.equals(other.peer)).toBe(true)
  expect(other.addrs.map(String)).toContain(`${connection.addr}`)
  const { identify } = await outbound.next('peer-identified')
  expect(identify).toMatchObject({ connection: connection.id, agentVersion: expect.stringMatching(/^p2pd\//) })
  expect(identify.protocols).toContain('/echo/1.0.0')
  expect(identify.addrs.map(String)).toEqual(other.addrs.map(String))
  expect(`${identify.observedAddr}`).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+/)
  const answered = await inbound.next('connection-opened')
  expect(answered.connection.direction).toBe('inbound')
  expect(answered.connection.peer.equals(dialer.peer)).toBe(true)

  await dialer.client.disconnect(other.peer)
  const closed = await outbound.next('connection-closed')
  expect(closed.connection.id).toBe(connection.id)
  await Promise.all([outbound.next('peer-disconnected'), inbound.next('peer-disconnected')])
})

test('who comes later finds the present state before what happens next', async () => {
  await using dialer = await startDaemon()
  await dialer.client.connect(other.peer, other.addrs)
  await using late = await watch(dialer)
  expect(late.types).toEqual([
    'connection-opened',
    'peer-connected',
    'peer-identified',
    'addresses-changed',
    'state-complete',
  ])
  const [opened] = late.seen
  const addresses = await late.next('addresses-changed')
  expect(addresses.addrs.map(String)).toEqual(dialer.addrs.map(String))
  await dialer.client.disconnect(other.peer)
  const closed = await late.next('connection-closed')
  expect(opened).toMatchObject({ connection: { id: closed.connection.id } })
})

test('only the types wanted come', async () => {
  await using dialer = await startDaemon()
  await using watching = await watch(dialer, { types: ['peer-disconnected'] })
  await dialer.client.connect(other.peer, other.addrs)
  await dialer.client.disconnect(other.peer)
  await watching.next('peer-disconnected')
  expect(watching.types).toEqual(['state-complete', 'peer-disconnected'])
})

test('a new handler is told to peers, and they tell it as an identification', async () => {
  await using dialer = await startDaemon()
  await dialer.client.connect(other.peer, other.addrs)
  await using watching = await watch(other, { types: ['peer-identified'] })
  await dialer.client.handle('/new/1.0.0', stream => void stream.end())
  await until(
    () =>
      watching.seen.some(event => event.type === 'peer-identified' && event.identify.protocols.includes('/new/1.0.0')),
    { deadline: DEADLINE, what: 'the protocol to be told' },
  )
})

test('a reservation at a relay is told when it is gained and when it is lost, with the addresses that come with it', async () => {
  await using relayed = await startDaemon()
  const relay = await startDaemon(['-relay'])
  await using gone = relay
  const reachable = `${relay.addrs[0]}/p2p/${relay.peer}/p2p-circuit`
  await using reserving = await startDaemon(['-hostAddrs', `/ip4/127.0.0.1/tcp/0,${reachable}`])
  await using watching = await watch(reserving)
  const { reservation } = await watching.next('reservation-gained')
  expect(reservation.relay.equals(relay.peer)).toBe(true)
  expect(reservation.addrs.map(String)).toContain(reachable)
  expect(reservation.expires?.getTime()).toBeGreaterThan(Date.now())

  // through it, a peer is connected by a relayed connection
  await relayed.client.connect(reserving.peer, reservation.addrs)
  await until(() => watching.seen.some(event => event.type === 'connection-opened' && event.connection.relayed), {
    deadline: DEADLINE,
    what: 'the relayed connection',
  })
  await gone.process.stop()
  const lost = await watching.next('reservation-lost')
  expect(lost.reservation.relay.equals(relay.peer)).toBe(true)
  await until(
    () => {
      const last = watching.seen.findLast(event => event.type === 'addresses-changed')
      return last?.type === 'addresses-changed' && !last.addrs.some(address => `${address}`.includes('p2p-circuit'))
    },
    { deadline: DEADLINE, what: 'the addresses through the relay to go' },
  )
})

test('an unknown type of event is refused, and the connection goes on', async () => {
  const connection = await other.client.rawConnection()
  connection.send('Request', { type: Request.Type.EVENTS, events: { types: [77 as never] } })
  expect((await connection.receive('Response')).error).toMatchObject({ msg: 'there is no event of type 77' })
  connection.send('Request', { type: Request.Type.IDENTIFY })
  expect((await connection.receive('Response')).identify).toBeDefined()
  await connection.close()
})

test('who asks for events and has half-closed gets the state, and the end', async () => {
  const { socket } = await other.client.rawConnection()
  socket.end(encode(Request, { type: Request.Type.EVENTS }))
  const frames = new FrameDecoder()
  frames.push(Buffer.concat(await socket.toArray()))
  frames.next()
  const types: number[] = []
  for (let body = frames.next(); body !== undefined; body = frames.next()) types.push(decode(Event, body).type)
  expect(types.at(-1)).toBe(Event.Type.STATE_COMPLETE)
})

test('a subscriber that does not read is given up and told so; nobody else notices, and memory is bounded', async () => {
  await using busy = await startDaemon()
  const slow = await busy.client.rawConnection()
  slow.send('Request', { type: Request.Type.EVENTS, events: { types: [] } })
  await slow.receive('Response')
  slow.socket.pause()
  await using attentive = await watch(busy, { types: ['peer-disconnected'] })

  // each round tells all these protocols: some 7 KB
  const protocols = Array.from({ length: 150 }, (_, index) => `/${'long'.repeat(10)}/${index}`)
  await other.client.handle(protocols, stream => void stream.end())
  const rounds = 250
  for (let round = 0; round < rounds; round++) {
    await busy.client.connect(other.peer, other.addrs)
    await busy.client.disconnect(other.peer)
  }
  const events: Event[] = []
  const reading = (async () => {
    for (;;) events.push(await slow.receive('Event', { signal: AbortSignal.timeout(DEADLINE) }))
  })()
  await expect(reading).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
  expect(events.at(-1)).toMatchObject({ type: Event.Type.ERROR, error: { code: 'ERR_LIMIT' } })
  await until(() => attentive.types.filter(type => type === 'peer-disconnected').length === rounds, {
    deadline: DEADLINE,
    what: 'the attentive subscriber to have all events',
  })
}, 60_000)

test('subscribers that are killed leave nothing behind', async () => {
  await using busy = await startDaemon()
  const connections = await Promise.all(Array.from({ length: 50 }, () => busy.client.rawConnection()))
  for (const connection of connections) connection.send('Request', { type: Request.Type.EVENTS })
  await Promise.all(connections.slice(0, 25).map(connection => connection.receive('Response')))
  for (const connection of connections) connection.reset()
  await busy.client.connect(other.peer, other.addrs)
  await busy.client.disconnect(other.peer)
  const stranger = peerIdFromString('12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5')
  await expect(busy.client.connect(stranger, [])).rejects.toThrow('no addresses')
  await until(async () => (await diagnosticsOf(busy)).includes('0 subscribers to events'), {
    deadline: DEADLINE,
    what: 'nobody to be listening any more',
  })
  expect(busy.process.output.lines.filter(({ stream }) => stream === 'stderr')).toEqual([])
})
