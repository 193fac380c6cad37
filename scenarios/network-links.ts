import type { DaemonStream } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { equal, holds, succeeds } from '../harness/verify.ts'
import { digest, payload, receive, send } from './payload.ts'

const PROTOCOL = '/p2pd/network/1.0.0'
const MIB = 1024 * 1024

type Players = Readonly<Record<'dialer' | 'listener', Player>>

/** Round trips that a new connection, and a stream on it, take at the very least. */
const CONNECT_TRIPS = 3
const STREAM_TRIPS = 1

export const networkLinks = defineScenario({
  name: 'network-links',
  title: 'Streams carry everything over links that are far, lossy or narrow',
  roles: ['dialer', 'listener'],
  checks: {
    far: {
      title: 'At 100 ms of round trip connections and streams work, and 2 MiB arrive intact both ways',
      topology: { listener: { delay: 50 } },
      deadline: 60,
      async run({ players, signal }) {
        const connecting = performance.now()
        await answer(players, signal)
        holds(
          'the connection’s time in ms',
          since(connecting) >= CONNECT_TRIPS * 100,
          'three round trips',
          since(connecting),
        )
        const asking = performance.now()
        const stream = await open(players, signal)
        await roundTrip(stream, payload(1), signal)
        holds('the answer’s time in ms', since(asking) >= STREAM_TRIPS * 100, 'a round trip', since(asking))
        await roundTrip(stream, payload(2 * MIB), signal)
        stream.end()
      },
    },
    lossy: {
      title: 'When 2 % of all packets are lost, 4 MiB still arrive intact both ways',
      topology: { listener: { loss: 0.02 } },
      deadline: 60,
      async run({ players, signal }) {
        await answer(players, signal)
        const stream = await open(players, signal)
        await roundTrip(stream, payload(4 * MIB), signal)
        stream.end()
      },
    },
    narrow: {
      title: 'At 8 Mbit/s a transfer does not keep a small question on another stream from being answered',
      topology: { listener: { rate: 8 } },
      deadline: 60,
      async run({ players, signal }) {
        await answer(players, signal)
        const [long, short] = [await open(players, signal), await open(players, signal)]
        const began = performance.now()
        const [whole = 0, small = 0] = await Promise.all(
          [roundTrip(long, payload(3 * MIB), signal), roundTrip(short, payload(1), signal)].map(async trip => {
            await trip
            return since(began)
          }),
        )
        // 3 MiB each way, at a megabyte a second
        holds('the transfer’s time in ms', whole >= 2_500, 'at least 2500', whole)
        holds('the small answer’s time in ms', small < whole, `less than the transfer’s ${whole}`, small)
        for (const stream of [long, short]) stream.end()
      },
    },
  },
})

/** The listener's application sends back what it gets, and the dialer connects. */
async function answer({ dialer, listener }: Players, signal: AbortSignal): Promise<void> {
  await listener.client.handle(PROTOCOL, stream => void stream.pipe(stream), { signal })
  await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
}

function open({ dialer, listener }: Players, signal: AbortSignal): Promise<DaemonStream> {
  return succeeds('STREAM_OPEN', dialer.client.openStream(listener.peer, PROTOCOL, { signal }))
}

async function roundTrip(stream: DaemonStream, sent: Buffer, signal: AbortSignal): Promise<void> {
  const [, got] = await Promise.all([send(stream, sent, signal), receive(stream, sent.length, signal)])
  equal('the digest of what came back', digest(got), digest(sent))
}

function since(start: number): number {
  return Math.round(performance.now() - start)
}
