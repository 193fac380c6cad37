import type { Multiaddr } from '@multiformats/multiaddr'
import type { DaemonEvent, DaemonEventType } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { CheckFailure, equal, holds, matches, succeeds } from '../harness/verify.ts'
import { echo, payload, receive, send } from './payload.ts'
import { isRelayed, through } from './relay.ts'

const PROTOCOL = '/p2pd/network/1.0.0'

/** Milliseconds until a reservation is held, and until a call has become direct or is known to stay as it is. */
const RESERVED = 15_000
const DIRECT = 45_000

type Players = Readonly<Record<'relay' | 'listener' | 'dialer', Player>>

const punches = {
  listener: ['relay-reservation', 'hole-punching'],
  dialer: ['hole-punching'],
} as const

export const networkNat = defineScenario({
  name: 'network-nat',
  title: 'Two peers behind different routers, which let nobody in, meet through a relay',
  roles: ['relay', 'listener', 'dialer'],
  topology: { listener: { behind: 'nat' }, dialer: { behind: 'nat' } },
  needs: { relay: ['relay-service'] },
  flags: {
    listener: ({ relay }: Players) => ({ hostAddrs: `/ip4/127.0.0.1/tcp/0,${through(relay)}` }),
  },
  checks: {
    'through-relay': {
      title: 'They reach each other through the relay, and streams carry bytes both ways',
      deadline: 60,
      needs: { listener: ['relay-reservation'] },
      async run({ players, signal }) {
        await call(players, signal)
        await echoes(players.dialer, players.listener, signal)
        await echoes(players.listener, players.dialer, signal)
      },
    },
    'hole-punching': {
      title: 'The call becomes a direct connection, router to router; streams opened then take it',
      deadline: 90,
      needs: punches,
      async run({ players, network, signal }) {
        const { listener, dialer } = players
        await call(players, signal)
        for (const [from, to, role] of [
          [dialer, listener, 'listener'],
          [listener, dialer, 'dialer'],
        ] as const) {
          const address = await directAddress(from, to, signal)
          matches(`the address of the ${role}`, `${address}`, `/ip4/${network.hosts[role]?.seen}/tcp/`)
          const stream = await echoes(from, to, signal)
          holds('the stream’s address', !isRelayed(stream), 'a direct one', `${stream}`)
        }
      },
    },
    'direct-event': {
      title: 'The direct connection is told as an event, with the address of the other’s router',
      deadline: 90,
      needs: { ...punches, dialer: ['hole-punching', 'events'] },
      async run({ players, network, signal }) {
        const { listener, dialer } = players
        const events = dialer.client.events({ types: ['connection-opened'], signal })
        const told = next(events, 'connection-opened', ({ connection }) => {
          return connection.peer.equals(listener.peer) && !connection.relayed
        })
        await Promise.all([call(players, signal), told])
        const { connection } = await told
        matches('its address', `${connection.addr}`, `/ip4/${network.hosts.listener?.seen}/tcp/`)
        const stream = await echoes(dialer, listener, signal)
        equal('the address of a stream', `${stream}`, `${connection.addr}`)
      },
    },
    'symmetric-nat': {
      title:
        'Behind a router that takes another port for each connection the call stays on the relay, and that is told',
      deadline: 90,
      waits: true,
      topology: { listener: { behind: 'symmetric-nat' }, dialer: { behind: 'nat' } },
      needs: { ...punches, listener: ['relay-reservation', 'hole-punching', 'events'] },
      async run({ players, signal }) {
        const { listener, dialer } = players
        const events = listener.client.events({ types: ['stays-relayed'], signal })
        const told = next(events, 'stays-relayed', ({ connection }) => connection.peer.equals(dialer.peer))
        await Promise.all([call(players, signal), told])
        const { connection, reason } = await told
        equal('whether the connection goes through the relay', connection.relayed, true)
        holds('the reason', reason !== '', 'some text', reason)
        const stream = await echoes(dialer, listener, signal)
        holds('the stream’s address', isRelayed(stream), 'one through the relay', `${stream}`)
      },
    },
  },
})

/** Connects the dialer to the listener through the relay, once the listener has its slot there. */
async function call({ relay, listener, dialer }: Players, signal: AbortSignal): Promise<void> {
  const expected = `${through(relay)}`
  await until(async () => (await listener.client.identify({ signal })).addrs.map(String).includes(expected), {
    deadline: RESERVED,
    what: `the listener to announce ${expected}`,
    signal,
  })
  await succeeds('CONNECT', dialer.client.connect(listener.peer, [through(relay)], { signal }))
}

/** Waits until a peer is listed with an address of its own, and gives it. */
async function directAddress({ client }: Player, { peer }: Player, signal: AbortSignal): Promise<Multiaddr> {
  const find = async (): Promise<Multiaddr | undefined> =>
    (await client.listPeers({ signal }))
      .filter(listed => listed.peer.equals(peer))
      .flatMap(({ addrs }) => addrs)
      .find(address => !isRelayed(address))
  return until(find, { deadline: DIRECT, interval: 50, what: 'a direct connection to be listed', signal })
}

/** Opens a stream, has some bytes come back, and gives the address that the stream goes to. */
async function echoes(from: Player, to: Player, signal: AbortSignal): Promise<Multiaddr> {
  await to.client.handle(PROTOCOL, stream => echo(stream, signal), { signal })
  const stream = await succeeds('STREAM_OPEN', from.client.openStream(to.peer, PROTOCOL, { signal }))
  const sent = payload(16 * 1024)
  await send(stream, sent, signal)
  const got = await receive(stream, sent.length, signal)
  holds('the bytes received', got.equals(sent), `the ${sent.length} bytes sent`, 'other bytes')
  stream.end()
  return stream.addr
}

/** The next event of a type that is as wanted. */
async function next<Type extends DaemonEventType>(
  events: AsyncGenerator<DaemonEvent>,
  type: Type,
  wanted: (event: Extract<DaemonEvent, { type: Type }>) => boolean,
): Promise<Extract<DaemonEvent, { type: Type }>> {
  for await (const event of events) {
    const found = event as Extract<DaemonEvent, { type: Type }>
    if (event.type === type && wanted(found)) return found
  }
  throw new CheckFailure('the events', `one of ${type}`, 'their end')
}
