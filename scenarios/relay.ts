import type { Multiaddr } from '@multiformats/multiaddr'
import type { DaemonStream } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, holds, matches, refused, succeeds } from '../harness/verify.ts'
import { decode, encode, FrameDecoder } from '../proto/codec.ts'
import { CircuitStatus, HopMessage } from '../proto/libp2p.ts'
import { digest, echo, payload, receive, receiveAll, send } from './payload.ts'

const HOP = '/libp2p/circuit/relay/0.2.0/hop'
const PROTOCOL = '/p2pd/scenario/1.0.0'

/** Milliseconds for what one daemon learns from another, and for a reservation that is made again. */
const NOTICE = 5_000
const AGAIN = 12_000

/** More than any relay passes on by default, which is 128 KiB in each direction. */
const TOO_MUCH = 1024 * 1024

type Players = Readonly<Record<'relay' | 'listener' | 'dialer', Player>>

/** Nobody but the relay can be dialled: what works, works through it. */
const hidden = { noListenAddrs: true } as const

/** The listener's daemon makes the reservation, and renews it. */
const reserves = {
  needs: { listener: ['relay-reservation'] },
  flags: {
    listener: ({ relay }: Players) => ({ noListenAddrs: false, hostAddrs: `${through(relay)}` }),
  },
} as const

export const relay = defineScenario({
  name: 'relay',
  title: 'Daemons that nobody can dial are reached through a relay',
  roles: ['relay', 'listener', 'dialer'],
  needs: { relay: ['relay-service'] },
  flags: { listener: hidden, dialer: hidden },
  checks: {
    'reserves-address': {
      title: 'A daemon that listens at a relay announces its address there, without its own peer id',
      ...reserves,
      async run({ players: { relay, listener }, signal }) {
        await reserved(listener, relay, signal)
        const listed = await relay.client.listPeers({ signal })
        equal(
          'the peers of the relay',
          listed.map(({ peer }) => `${peer}`),
          [`${listener.peer}`],
        )
      },
    },
    connects: {
      title: 'CONNECT through the relay connects, and both list the connection with the relay’s address',
      ...reserves,
      async run({ players: { relay, listener, dialer }, signal }) {
        await reserved(listener, relay, signal)
        await succeeds('CONNECT', dialer.client.connect(listener.peer, [through(relay)], { signal }))
        await lists(dialer, listener, relay, signal)
        await lists(listener, dialer, relay, signal)
      },
    },
    streams: {
      title: 'Both ends of a relayed connection open streams over it',
      ...reserves,
      async run({ players, signal }) {
        await reserved(players.listener, players.relay, signal)
        await call(players, signal)
        for (const [from, to] of [
          [players.dialer, players.listener],
          [players.listener, players.dialer],
        ] as const) {
          await echoes(from, to, signal)
        }
      },
    },
    'half-close': {
      title: 'A request, its end, then the answer, through the relay',
      deadline: 15,
      ...reserves,
      async run({ players, signal }) {
        await reserved(players.listener, players.relay, signal)
        const request = payload(32 * 1024)
        await players.listener.client.handle(
          PROTOCOL,
          async stream => void stream.end(digest(await receiveAll(stream, signal))),
        )
        await call(players, signal)
        const stream = await succeeds(
          'STREAM_OPEN',
          players.dialer.client.openStream(players.listener.peer, PROTOCOL, { signal }),
        )
        stream.end(request)
        equal('the answer after the end', (await receiveAll(stream, signal)).toString(), digest(request))
      },
    },
    'data-limit': {
      title: 'A relay that has passed on its 128 KiB ends the circuit, and nothing else',
      ...reserves,
      async run({ players, signal }) {
        const { relay, listener, dialer } = players
        await reserved(listener, relay, signal)
        await call(players, signal)
        const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0', { signal })
        stream.write(payload(TOO_MUCH))
        const got = await countUntilEnd(stream, signal)
        holds('bytes that came back', got < TOO_MUCH, `less than ${TOO_MUCH}`, got)
        await listsOnly(dialer, relay, signal)
        await reserved(listener, relay, signal)
        await call(players, signal)
        await echoes(dialer, listener, signal)
      },
    },
    'no-reservation': {
      title: 'CONNECT through a relay at which the peer has no reservation fails, and says so',
      async run({ players: { relay, listener, dialer }, signal }) {
        await succeeds('CONNECT to the relay', listener.client.connect(relay.peer, relay.addrs, { signal }))
        await knows(relay, listener, signal)
        const error = await refused(
          'CONNECT',
          dialer.client.connect(listener.peer, [through(relay)], { signal }),
          'failed to dial: ',
        )
        matches('the reason', error.message, 'error opening relay circuit: NO_RESERVATION (204)')
        await listsOnly(dialer, relay, signal)
      },
    },
    'client-reserves': {
      title: 'An application can make the reservation for its daemon, on a stream to the relay',
      async run({ players, signal }) {
        await reserve(players.listener, players.relay, signal)
        await call(players, signal)
        await echoes(players.dialer, players.listener, signal)
      },
    },
    'reservation-answer': {
      title: 'A reservation says when it ends, and what a call may use: two minutes and 128 KiB',
      async run({ players: { relay, listener }, signal }) {
        const before = Date.now() / 1_000
        const { reservation, limit } = await reserve(listener, relay, signal)
        const lasts = (reservation?.expire ?? 0) - before
        holds('the seconds that it lasts', lasts > 3_000 && lasts < 4_000, 'an hour', lasts)
        equal('the limits', { seconds: limit?.duration, bytes: limit?.data }, { seconds: 120, bytes: 131_072 })
        holds('the voucher', (reservation?.voucher?.length ?? 0) > 0, 'a signed one', reservation?.voucher)
      },
    },
    disconnect: {
      title: 'DISCONNECT ends the relayed connection for both, and neither’s with the relay; they can connect again',
      ...reserves,
      async run({ players, signal }) {
        const { relay, listener, dialer } = players
        await reserved(listener, relay, signal)
        await call(players, signal)
        await lists(listener, dialer, relay, signal)
        await succeeds('DISCONNECT', dialer.client.disconnect(listener.peer, { signal }))
        await listsOnly(dialer, relay, signal)
        await listsOnly(listener, relay, signal)
        await call(players, signal)
        await echoes(dialer, listener, signal)
      },
    },
    'relay-leaves': {
      title: 'When the relay disconnects, the calls through it end; the listener reserves again',
      deadline: 30,
      ...reserves,
      async run({ players, signal }) {
        const { relay, listener, dialer } = players
        await reserved(listener, relay, signal)
        await call(players, signal)
        const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0', { signal })
        await relay.client.disconnect(listener.peer, { signal })
        equal('what arrives on the stream', (await receiveAll(stream, signal)).length, 0)
        await listsOnly(dialer, relay, signal)
        await knows(relay, listener, signal)
        await reserved(listener, relay, signal)
        await call(players, signal)
        await echoes(dialer, listener, signal)
      },
    },
    'becomes-direct': {
      title: 'A call becomes a direct connection when the caller can be dialled; streams opened then take it',
      needs: { listener: ['relay-reservation', 'hole-punching'] },
      flags: {
        dialer: { noListenAddrs: false },
        listener: ({ relay }) => ({ noListenAddrs: false, hostAddrs: `/ip4/127.0.0.1/tcp/0,${through(relay)}` }),
      },
      async run({ players, signal }) {
        const { listener, dialer } = players
        await call(players, signal)
        const isDirect = async (): Promise<boolean> =>
          (await dialer.client.listPeers({ signal })).some(
            ({ peer, addrs }) => peer.equals(listener.peer) && !isRelayed(addrs[0]),
          )
        await until(isDirect, { deadline: NOTICE, what: 'the dialer to list a direct connection', signal })
        const stream = await succeeds('STREAM_OPEN', dialer.client.openStream(listener.peer, '/echo/1.0.0', { signal }))
        holds('the stream’s address', !isRelayed(stream.addr), 'a direct one', `${stream.addr}`)
        stream.end()
      },
    },
  },
})

/** Where peers are called through a relay. @throws CheckFailure if it names no address of its own */
export function through({ peer, addrs }: Player): Multiaddr {
  holds('the addresses of the relay', addrs.length > 0, 'at least one', 'none')
  return (addrs[0] as Multiaddr).encapsulate(`/p2p/${peer}/p2p-circuit`)
}

/** Whether an address goes through a relay. */
export function isRelayed(address: Multiaddr | undefined): boolean {
  return `${address}`.includes('/p2p-circuit')
}

/** Waits until the listener announces its address at the relay, and nothing else. */
async function reserved({ client }: Player, relay: Player, signal: AbortSignal): Promise<void> {
  const expected = [`${through(relay)}`]
  await until(async () => String((await client.identify({ signal })).addrs) === String(expected), {
    deadline: AGAIN,
    what: `IDENTIFY to list ${expected} alone`,
    signal,
  })
}

/** Waits until the relay lists the listener. */
async function knows({ client }: Player, listener: Player, signal: AbortSignal): Promise<void> {
  await until(async () => (await client.listPeers({ signal })).some(({ peer }) => peer.equals(listener.peer)), {
    deadline: AGAIN,
    what: 'the relay to list the listener',
    signal,
  })
}

/** Reserves by hand. */
async function reserve(listener: Player, relay: Player, signal: AbortSignal): Promise<HopMessage> {
  await succeeds('CONNECT to the relay', listener.client.connect(relay.peer, relay.addrs, { signal }))
  const stream = await succeeds('STREAM_OPEN', listener.client.openStream(relay.peer, HOP, { signal }))
  await send(stream, encode(HopMessage, { type: HopMessage.Type.RESERVE }), signal)
  const frames = new FrameDecoder()
  frames.push(await receiveAll(stream, signal))
  const answer = decode(HopMessage, frames.next() ?? new Uint8Array())
  equal('the answer’s status', answer.status, CircuitStatus.OK)
  return answer
}

/** Connects the dialer to the listener through the relay. */
async function call({ relay, listener, dialer }: Players, signal: AbortSignal): Promise<void> {
  await succeeds('CONNECT', dialer.client.connect(listener.peer, [through(relay)], { signal }))
}

/** Bytes received before the stream ended, be it by a reset. */
async function countUntilEnd(stream: DaemonStream, signal: AbortSignal): Promise<number> {
  let count = 0
  stream.on('data', (chunk: Buffer) => {
    count += chunk.length
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const event of ['end', 'close', 'error']) stream.on(event, () => resolve())
  signal.addEventListener('abort', () => resolve())
  await promise
  signal.throwIfAborted()
  return count
}

async function echoes(from: Player, to: Player, signal: AbortSignal): Promise<void> {
  await to.client.handle(PROTOCOL, stream => echo(stream, signal), { signal })
  const stream = await succeeds('STREAM_OPEN', from.client.openStream(to.peer, PROTOCOL, { signal }))
  const sent = payload(16 * 1024)
  await send(stream, sent, signal)
  const got = await receive(stream, sent.length, signal)
  holds('the bytes received', got.equals(sent), `the ${sent.length} bytes sent`, 'other bytes')
  stream.end()
}

async function lists({ client }: Player, other: Player, relay: Player, signal: AbortSignal): Promise<void> {
  const expected = `${through(relay)}`
  const listed = async (): Promise<string[]> =>
    (await client.listPeers({ signal })).filter(({ peer }) => peer.equals(other.peer)).map(({ addrs }) => `${addrs}`)
  await until(async () => (await listed()).length > 0, {
    deadline: NOTICE,
    what: 'the connection to be listed',
    signal,
  })
  equal('its address', await listed(), [expected])
}

async function listsOnly({ client }: Player, relay: Player, signal: AbortSignal): Promise<void> {
  const listed = async (): Promise<string[]> => (await client.listPeers({ signal })).map(({ peer }) => `${peer}`)
  await until(async () => String(await listed()) === `${relay.peer}`, {
    deadline: NOTICE,
    what: 'the relay to be the only peer that is listed',
    signal,
  })
}
