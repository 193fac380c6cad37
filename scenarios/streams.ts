import { once } from 'node:events'
import { multiaddr } from '@multiformats/multiaddr'
import { createClient, type DaemonStream } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { CheckFailure, equal, holds, refused, succeeds } from '../harness/verify.ts'
import { Request } from '../proto/codec.ts'
import { digest, echo, payload, receive, receiveAll, send } from './payload.ts'

const PROTOCOL = '/p2pd/scenario/1.0.0'

/** An address where no application listens: port 1 needs a privileged program that no test machine runs. */
const NOBODY = multiaddr('/ip4/127.0.0.1/tcp/1')
const MIB = 1024 * 1024
const LARGE = 64 * MIB
const BURST = 100

/** A stalled reader may leave this much in buffers and windows on the way: go and js allow a stream 16 MiB a hop. */
const MOST_IN_FLIGHT = 96 * MIB

/** How long, in ms, a writer must have been refused before it counts as stopped. */
const STALLED = 1_500

/** How long, in ms, a peer may take to hear that another one no longer speaks a protocol. */
const HEARSAY = 4_000

type Players = Readonly<Record<'dialer' | 'listener', Player>>
type Handler = (stream: DaemonStream) => Promise<void>

export const streams = defineScenario({
  name: 'streams',
  title: 'Streams carry bytes between applications as a pipe does',
  roles: ['dialer', 'listener'],
  checks: {
    echo: {
      title: 'What the dialer’s application sends, the listener’s gets and sends back',
      async run({ players, signal }) {
        await listen(players, stream => echo(stream, signal), signal)
        const stream = await open(players, PROTOCOL, signal)
        const sent = payload(256 * 1024)
        await Promise.all([send(stream, sent, signal), expectBytes(stream, sent, signal)])
      },
    },
    'built-in-echo': {
      title: 'The daemon itself serves /echo/1.0.0',
      async run({ players, signal }) {
        await connect(players, signal)
        const stream = await open(players, '/echo/1.0.0', signal)
        const sent = payload(64 * 1024)
        await Promise.all([send(stream, sent, signal), expectBytes(stream, sent, signal)])
      },
    },
    negotiation: {
      title: 'The first protocol that the listener supports is chosen, in the dialer’s order',
      async run({ players, signal }) {
        await listen(players, stream => echo(stream, signal), signal, ['/p2pd/b/1', '/p2pd/a/1'])
        const stream = await open(players, ['/p2pd/none/1', '/p2pd/a/1', '/p2pd/b/1'], signal)
        equal('the protocol', stream.protocol, '/p2pd/a/1')
      },
    },
    'unsupported-protocol': {
      title: 'A protocol that nobody handles is refused with the protocols that were asked for',
      async run({ players, signal }) {
        await connect(players, signal)
        await refused(
          'STREAM_OPEN',
          players.dialer.client.openStream(players.listener.peer, ['/p2pd/x/1', '/p2pd/y/1'], { signal }),
          'failed to negotiate protocol: protocols not supported: [/p2pd/x/1 /p2pd/y/1]',
        )
        await succeeds('IDENTIFY afterwards', players.dialer.client.identify({ signal }))
      },
    },
    'half-close': {
      title: 'A request, its end, then the answer: the dialer’s end does not close the other direction',
      deadline: 10,
      async run({ players, signal }) {
        const request = payload(MIB)
        await listen(players, async stream => void stream.end(digest(await receiveAll(stream, signal))), signal)
        const stream = await open(players, PROTOCOL, signal)
        stream.end(request)
        equal('the answer after the end', (await receiveAll(stream, signal)).toString(), digest(request))
      },
    },
    'half-close-by-listener': {
      title: 'The listener’s end does not close the dialer’s direction',
      async run({ players, signal }) {
        const received = Promise.withResolvers<string>()
        await listen(
          players,
          async stream => {
            stream.end('that is all')
            received.resolve(digest(await receiveAll(stream, signal)))
          },
          signal,
        )
        const stream = await open(players, PROTOCOL, signal)
        equal('the listener’s words', (await receiveAll(stream, signal)).toString(), 'that is all')
        const answer = payload(MIB)
        stream.end(answer)
        equal('what the listener got after its end', await inTime(received.promise, signal), digest(answer))
      },
    },
    'early-data': {
      title: 'Bytes sent right behind STREAM_OPEN reach the other application',
      deadline: 5,
      async run({ players, signal }) {
        await listen(players, stream => echo(stream, signal), signal)
        const early = payload(100_000)
        const stream = await succeeds(
          'STREAM_OPEN',
          players.dialer.client.openStream(players.listener.peer, PROTOCOL, { earlyData: early, signal }),
        )
        await send(stream, 'late', signal)
        await expectBytes(stream, Buffer.concat([early, Buffer.from('late')]), signal)
      },
    },
    upload: {
      title: '64 MiB from the dialer arrive whole',
      deadline: 60,
      run: ({ players, signal }) => transfer(players, 'dialer', signal),
    },
    download: {
      title: '64 MiB from the listener arrive whole',
      deadline: 60,
      run: ({ players, signal }) => transfer(players, 'listener', signal),
    },
    burst: {
      title: '100 streams opened at once and kept open all work',
      deadline: 60,
      async run({ players, signal }) {
        await listen(players, stream => echo(stream, signal), signal)
        const exchange = async (index: number): Promise<void> => {
          const stream = await open(players, PROTOCOL, signal)
          const sent = Buffer.from(`stream ${index} of ${BURST}`)
          await send(stream, sent, signal)
          await expectBytes(stream, sent, signal)
        }
        const outcomes = await Promise.allSettled(Array.from({ length: BURST }, (_, index) => exchange(index)))
        const lost = outcomes.filter(({ status }) => status === 'rejected')
        holds('streams that worked', lost.length === 0, `${BURST}`, BURST - lost.length)
      },
    },
    backpressure: {
      title: 'A reader that stops stops the writer, and loses nothing when it goes on',
      deadline: 60,
      async run({ players, signal }) {
        const sent = Promise.withResolvers<number>()
        const readLater = async (stream: DaemonStream): Promise<void> => {
          stream.pause()
          const total = await inTime(sent.promise, signal)
          await send(stream, digest(await receive(stream, total, signal)), signal)
        }
        await listen(players, readLater, signal)
        const stream = await open(players, PROTOCOL, signal)
        const block = payload(MIB)
        const blocks: Buffer[] = []
        do {
          blocks.push(block)
        } while (blocks.length * MIB < MOST_IN_FLIGHT && (stream.write(block) || (await drains(stream, signal))))
        const total = blocks.length * MIB
        holds('bytes taken from the writer', total < MOST_IN_FLIGHT, `less than ${MOST_IN_FLIGHT}`, total)
        sent.resolve(total)
        equal('the digest of all bytes', (await receive(stream, 64, signal)).toString(), digest(...blocks))
      },
    },
    'tcp-handler': {
      title: 'An application can be reached at a TCP address',
      async run({ players, host, signal }) {
        await using application = createClient(players.listener.client.address, {
          handlerAddress: `/ip4/${host}/tcp/0`,
        })
        await application.handle(PROTOCOL, stream => echo(stream, signal), { signal })
        await connect(players, signal)
        const stream = await open(players, PROTOCOL, signal)
        const sent = payload(64 * 1024)
        await Promise.all([send(stream, sent, signal), expectBytes(stream, sent, signal)])
      },
    },
    'last-handler-wins': {
      title: 'Of two applications that register a protocol, the later one gets its streams',
      async run({ players, signal }) {
        await using first = createClient(players.listener.client.address)
        await using second = createClient(players.listener.client.address)
        await first.handle(PROTOCOL, async stream => void stream.end('first'), { signal })
        await second.handle(PROTOCOL, async stream => void stream.end('second'), { signal })
        await connect(players, signal)
        const stream = await open(players, PROTOCOL, signal)
        equal('who answers', (await receiveAll(stream, signal)).toString(), 'second')
      },
    },
    'handler-gone': {
      title: 'A stream for an application that is gone ends, and does not hang',
      async run({ players, signal }) {
        const streamHandler = { addr: NOBODY.bytes, proto: [PROTOCOL] }
        await players.listener.client.request({ type: Request.Type.STREAM_HANDLER, streamHandler }, { signal })
        await connect(players, signal)
        const opened = await players.dialer.client
          .openStream(players.listener.peer, PROTOCOL, { signal })
          .catch(() => undefined)
        if (opened !== undefined) equal('what arrives', (await receiveAll(opened, signal)).length, 0)
        await succeeds('IDENTIFY afterwards', players.listener.client.identify({ signal }))
      },
    },
    'handler-closed': {
      title: 'A protocol whose application has taken its registration back is no longer spoken',
      needs: { listener: ['handler-removal'] },
      async run({ players, signal }) {
        const application = createClient(players.listener.client.address)
        const registration = await application.handle(PROTOCOL, stream => echo(stream, signal), { signal })
        await connect(players, signal)
        const stream = await open(players, PROTOCOL, signal)
        stream.reset()
        await registration.close()
        await application.close()
        await until(() => isRefused(players, signal), { deadline: HEARSAY, what: 'STREAM_OPEN to be refused', signal })
      },
    },
    'remote-reset': {
      title: 'A reset by the listener’s application ends the dialer’s stream in both directions',
      async run({ players, host, signal }) {
        // only TCP lets an application reset, rather than close, its socket
        await using application = createClient(players.listener.client.address, {
          handlerAddress: `/ip4/${host}/tcp/0`,
        })
        const reset = async (stream: DaemonStream): Promise<void> => {
          await receive(stream, 1, signal)
          stream.reset()
        }
        await application.handle(PROTOCOL, reset, { signal })
        await connect(players, signal)
        const stream = await open(players, PROTOCOL, signal)
        await send(stream, 'x', signal)
        equal('what arrives after the reset', (await receiveAll(stream, signal)).length, 0)
        await writesFail(stream, signal)
      },
    },
    'caller-known': {
      title: 'Each application is told who is at the other end, and at which address',
      async run({ players, signal }) {
        const { dialer, listener } = players
        const told = Promise.withResolvers<{ peer: string; addr: string; protocol: string }>()
        const tell = async ({ peer, addr, protocol }: DaemonStream): Promise<void> => {
          told.resolve({ peer: peer.toString(), addr: addr.toString(), protocol })
        }
        await listen(players, tell, signal)
        const { peer, addr, protocol } = await open(players, PROTOCOL, signal)
        equal(
          'what the dialer is told',
          { peer: peer.toString(), addr: addr.toString(), protocol },
          { peer: listener.peer.toString(), addr: String(listener.addrs[0]), protocol: PROTOCOL },
        )
        const [connection] = await listener.client.listPeers({ signal })
        equal('what the listener is told', await inTime(told.promise, signal), {
          peer: dialer.peer.toString(),
          addr: String(connection?.addrs[0]),
          protocol: PROTOCOL,
        })
      },
    },
    'opened-by-listener': {
      title: 'Either side of a connection can open streams',
      async run({ players: { dialer, listener }, signal }) {
        await dialer.client.connect(listener.peer, listener.addrs, { signal })
        const turned = { dialer: listener, listener: dialer }
        await turned.listener.client.handle(PROTOCOL, stream => echo(stream, signal), { signal })
        const stream = await open(turned, PROTOCOL, signal)
        const sent = payload(64 * 1024)
        await Promise.all([send(stream, sent, signal), expectBytes(stream, sent, signal)])
      },
    },
    'dials-known-peer': {
      title: 'A stream to a peer that has disconnected dials it again',
      async run({ players, signal }) {
        const { dialer, listener } = players
        await listen(players, stream => echo(stream, signal), signal)
        await dialer.client.disconnect(listener.peer, { signal })
        const stream = await open(players, PROTOCOL, signal)
        await send(stream, 'again', signal)
        await expectBytes(stream, Buffer.from('again'), signal)
      },
    },
  },
})

async function connect({ dialer, listener }: Players, signal: AbortSignal): Promise<void> {
  await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
}

/** Serves the protocol by an application of the listener, then connects. */
async function listen(
  players: Players,
  handler: Handler,
  signal: AbortSignal,
  protocols: readonly string[] = [PROTOCOL],
): Promise<void> {
  await succeeds('STREAM_HANDLER', players.listener.client.handle(protocols, handler, { signal }))
  await connect(players, signal)
}

/**
 * Whether the dialer is told that the listener does not speak the protocol. Until it has heard of it, as go's daemon does
 * from identify, it may open streams in good faith: they carry nothing.
 */
async function isRefused({ dialer, listener }: Players, signal: AbortSignal): Promise<boolean> {
  const opening = dialer.client.openStream(listener.peer, PROTOCOL, { signal })
  const stream = await opening.catch(() => undefined)
  if (stream === undefined) {
    await refused('STREAM_OPEN', opening, `protocols not supported: [${PROTOCOL}]`)
    return true
  }
  equal('bytes of a stream that nobody serves', (await receiveAll(stream, signal)).length, 0)
  return false
}

function open(
  { dialer, listener }: Players,
  protocols: string | readonly string[],
  signal: AbortSignal,
): Promise<DaemonStream> {
  return succeeds('STREAM_OPEN', dialer.client.openStream(listener.peer, protocols, { signal }))
}

async function expectBytes(stream: DaemonStream, expected: Buffer, signal: AbortSignal): Promise<void> {
  const got = await receive(stream, expected.length, signal)
  holds('the bytes received', got.equals(expected), `the ${expected.length} bytes sent`, 'other bytes')
}

/** Sends 64 MiB one way; the receiver answers with their digest, with no need for a half-close. */
async function transfer(players: Players, from: keyof Players, signal: AbortSignal): Promise<void> {
  const bytes = payload(LARGE)
  const upstream = async (stream: DaemonStream): Promise<void> => {
    await send(stream, bytes, signal)
    equal('the receiver’s digest', (await receive(stream, 64, signal)).toString(), digest(bytes))
  }
  const downstream = async (stream: DaemonStream): Promise<void> => {
    await send(stream, digest(await receive(stream, LARGE, signal)), signal)
  }
  const served = Promise.withResolvers<void>()
  const handler = from === 'dialer' ? downstream : upstream
  await listen(players, stream => handler(stream).then(served.resolve, served.reject), signal)
  const stream = await open(players, PROTOCOL, signal)
  await Promise.all([inTime(served.promise, signal), from === 'dialer' ? upstream(stream) : downstream(stream)])
}

async function drains(stream: DaemonStream, signal: AbortSignal): Promise<boolean> {
  try {
    await once(stream, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(STALLED)]) })
    return true
  } catch (error) {
    signal.throwIfAborted()
    if ((error as Error).name === 'AbortError') return false
    throw error
  }
}

async function writesFail(stream: DaemonStream, signal: AbortSignal): Promise<void> {
  const block = payload(64 * 1024)
  for (let written = 0; written < MOST_IN_FLIGHT; written += block.length) {
    if (stream.destroyed || stream.errored) return
    const failed = await new Promise<boolean>(resolve => stream.write(block, error => resolve(error != null)))
    if (failed) return
    signal.throwIfAborted()
  }
  throw new CheckFailure('writing after the reset', 'an error', `${MOST_IN_FLIGHT} bytes taken`)
}

async function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted() as never)
  return Promise.race([promise, aborted])
}
