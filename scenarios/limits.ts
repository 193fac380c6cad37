import { once } from 'node:events'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import type { Connection, DaemonStream } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, holds, refused, succeeds } from '../harness/verify.ts'
import { encode, Request } from '../proto/codec.ts'

const ECHO = '/echo/1.0.0'
const STREAMS = 256
const CONTROL_CONNECTIONS = 300
const PROTOCOLS = 300

/** The largest request that go-libp2p-daemon reads, in bytes. */
const LARGEST_FRAME = 4 * 1024 * 1024

/** Limits that are low enough to be reached in a moment. */
const FEW = 12

/** Milliseconds for what was closed to be gone at the other end too. */
const NOTICE = 5_000

type Players = Readonly<Record<'dialer' | 'listener', Player>>

export const limits = defineScenario({
  name: 'limits',
  title: 'A daemon bears much of everything, and says which limit is reached',
  roles: ['dialer', 'listener'],
  checks: {
    'many-streams': {
      title: `${STREAMS} streams at once on one connection all work`,
      deadline: 60,
      async run({ players, signal }) {
        await connect(players, signal)
        const outcomes = await Promise.allSettled(
          Array.from({ length: STREAMS }, async (_, index) => echoes(await open(players, signal), `${index}`, signal)),
        )
        const worked = outcomes.filter(({ status }) => status === 'fulfilled').length
        holds('streams that worked', worked === STREAMS, `${STREAMS}`, worked)
        equal('connections', (await players.dialer.client.listPeers({ signal })).length, 1)
      },
    },
    'many-control-connections': {
      title: `${CONTROL_CONNECTIONS} clients at once are answered`,
      deadline: 30,
      async run({ players: { dialer }, signal }) {
        const connections = await Promise.all(
          Array.from({ length: CONTROL_CONNECTIONS }, () => dialer.client.rawConnection({ signal })),
        )
        for (const connection of connections) equal('the peer id', await identify(connection, signal), idOf(dialer))
        for (const connection of connections) connection.socket.destroy()
      },
    },
    'many-protocols': {
      title: `An application that serves ${PROTOCOLS} protocols gets the streams of each, also from peers that connect later`,
      deadline: 30,
      async run({ players, signal }) {
        const names = Array.from({ length: PROTOCOLS }, (_, index) => `/p2pd/scenario/of/many/protocols/${index}`)
        const handler = async (stream: DaemonStream): Promise<void> => void stream.end(stream.protocol)
        await succeeds('STREAM_HANDLER', players.listener.client.handle(names, handler, { signal }))
        await connect(players, signal)
        for (const name of [names[0], names[PROTOCOLS / 2], names.at(-1)] as string[]) {
          const stream = await open(players, signal, name)
          const [answer] = await once(stream, 'data', { signal })
          equal('who answers', String(answer), name)
        }
      },
    },
    'largest-frame': {
      title: 'A request of 4 MiB is read; one that says it is longer is not, and others are served',
      async run({ players: { dialer }, signal }) {
        const connection = await dialer.client.rawConnection({ signal })
        // a request that has no meaning for IDENTIFY fills the frame up
        const filled = (length: number): Uint8Array =>
          encode(Request, { type: Request.Type.IDENTIFY, dht: { type: 0, value: new Uint8Array(length) } })
        const around = filled(LARGEST_FRAME - 100).byteLength - (LARGEST_FRAME - 100) - 4
        connection.sendBytes(filled(LARGEST_FRAME - around))
        equal('the peer id', (await connection.receive('Response', { signal })).identify?.id, idOf(dialer))
        const { promise: over, resolve } = Promise.withResolvers<void>()
        for (const event of ['end', 'close', 'error']) connection.socket.once(event, () => resolve())
        connection.socket.resume()
        connection.sendBytes(filled(LARGEST_FRAME - around + 1))
        await abortable(over, signal)
        await succeeds('IDENTIFY of another client', dialer.client.identify({ signal }))
      },
    },
    'too-many-streams': {
      title:
        'A stream over the limit is refused with the limit’s name; the others go on, and there is room again later',
      needs: { dialer: ['limits'] },
      flags: { dialer: { maxStreams: FEW } },
      async run({ players, signal }) {
        await connect(players, signal)
        const streams: DaemonStream[] = []
        const error = await fill(FEW, async () => void streams.push(await openUnchecked(players, signal)))
        holds('the refusal', /limit.*maxStreams/.test(error), 'a text that names the limit and its flag', error)
        for (const stream of streams) await echoes(stream, 'still here', signal)
        for (const stream of streams) stream.destroy()
        await roomAgain(() => openUnchecked(players, signal), signal)
      },
    },
    'too-many-connections': {
      title: 'A connection over the limit is refused with the limit’s name, and one that is open goes on',
      needs: { dialer: ['limits'] },
      flags: { dialer: { maxConnections: 1 } },
      async run({ players, signal }) {
        const { dialer, listener } = players
        await connect(players, signal)
        const stranger = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
        await refused(
          'CONNECT',
          dialer.client.connect(stranger, listener.addrs, { signal }),
          'failed to dial: resource limit',
        )
        await echoes(await open(players, signal), 'still here', signal)
      },
    },
    'too-many-control-connections': {
      title: 'A client over the limit reads why it is not served; the others go on, and there is room again later',
      needs: { dialer: ['limits'] },
      flags: { dialer: { maxControlConnections: FEW } },
      async run({ players: { dialer }, signal }) {
        const served: Connection[] = []
        const error = await fill(FEW, async () => {
          const connection = await dialer.client.rawConnection({ signal })
          connection.send('Request', { type: Request.Type.IDENTIFY })
          const { error } = await connection.receive('Response', { signal })
          if (error) throw new Error(error.msg)
          served.push(connection)
        })
        holds(
          'the refusal',
          /limit.*maxControlConnections/.test(error),
          'a text that names the limit and its flag',
          error,
        )
        for (const connection of served) equal('the peer id', await identify(connection, signal), idOf(dialer))
        for (const connection of served) connection.socket.destroy()
        await roomAgain(async () => {
          const connection = await dialer.client.rawConnection({ signal })
          if ((await identify(connection, signal)) === undefined) throw new Error('refused')
        }, signal)
      },
    },
  },
})

const idOf = ({ peer }: Player): Uint8Array => peer.toMultihash().bytes

async function identify(connection: Connection, signal: AbortSignal): Promise<Uint8Array | undefined> {
  connection.send('Request', { type: Request.Type.IDENTIFY })
  return (await connection.receive('Response', { signal })).identify?.id
}

async function connect({ dialer, listener }: Players, signal: AbortSignal): Promise<void> {
  await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
}

function openUnchecked({ dialer, listener }: Players, signal: AbortSignal): Promise<DaemonStream> {
  return dialer.client.openStream(listener.peer, ECHO, { signal })
}

function open({ dialer, listener }: Players, signal: AbortSignal, protocol = ECHO): Promise<DaemonStream> {
  return succeeds('STREAM_OPEN', dialer.client.openStream(listener.peer, protocol, { signal }))
}

async function echoes(stream: DaemonStream, text: string, signal: AbortSignal): Promise<void> {
  stream.on('error', () => {})
  const { promise: answer, resolve } = Promise.withResolvers<string>()
  stream.once('data', chunk => resolve(String(chunk)))
  for (const event of ['end', 'close']) stream.once(event, () => resolve('the end of the stream'))
  stream.write(text)
  equal('the answer', await abortable(answer, signal), text)
}

/** Rejects once the check's time is up. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason))
  return Promise.race([promise, aborted])
}

/** Does it again and again until it is refused, which it must be by then; gives the refusal's text. */
async function fill(limit: number, step: () => Promise<void>): Promise<string> {
  for (let count = 0; count <= limit; count++) {
    const refusal = await step().then(
      () => undefined,
      error => (error as Error).message,
    )
    if (refusal !== undefined) return refusal
  }
  return `none within ${limit + 1}`
}

async function roomAgain(step: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const works = (): Promise<boolean> =>
    step().then(
      () => true,
      () => false,
    )
  await until(works, { deadline: NOTICE, what: 'room for another one', signal })
}
