import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { encode, Request } from '../../proto/codec.ts'
import { faultsOf, heldAtRest, letsGo } from './held.ts'
import { type Subjects, sampleRequests, startSilent } from './sample-requests.ts'
import { startDaemon, type TestDaemon } from './start.ts'

/** Clients at once; more would make the kernel's backlog the subject. */
const AT_ONCE = 100

const stack = new AsyncDisposableStack()
afterAll(() => stack.disposeAsync())

let other: TestDaemon
let subjects: Subjects
const daemons: Partial<Record<'unix' | 'tcp', TestDaemon>> = {}

beforeAll(async () => {
  const services = ['-dhtServer', '-pubsub', '-hostAddrs', '/ip4/127.0.0.1/tcp/0']
  const tcp = ['-listen', '/ip4/127.0.0.1/tcp/0']
  other = stack.use(await startDaemon(services))
  daemons.unix = stack.use(await startDaemon(services))
  daemons.tcp = stack.use(await startDaemon([...services, ...tcp]))
  const silent = stack.use(await startSilent())

  const frozen = stack.use(await startDaemon())
  // an application that listens, and never gets to accept
  const path = `${other.folder}/stuck.sock`
  const listen = `require('node:net').createServer().listen({ path: process.argv[1], backlog: 1 }, () => {
    console.log('ready')
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
  })`
  const application = spawn(process.execPath, ['-e', listen, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  stack.defer(async () => {
    application.kill('SIGKILL')
    await once(application, 'exit')
  })
  await once(application.stdout, 'data')
  const stuck = Buffer.from([0x90, 0x03, path.length, ...Buffer.from(path)])
  await other.client.request({ type: Request.Type.STREAM_HANDLER, streamHandler: { addr: stuck, proto: ['/stuck'] } })
  await other.client.handle('/held', async stream => {
    stream.resume()
    await once(stream, 'close')
  })
  await other.client.handle('/polite', async stream => {
    stream.on('end', () => stream.end()).resume()
    await once(stream, 'close')
  })

  subjects = {
    peer: other.peer.toMultihash().bytes,
    protocols: { echo: '/echo/1.0.0', held: '/held', stuck: '/stuck' },
    frozen: frozen.peer.toMultihash().bytes,
    patience: 60,
    silent: silent.bytes,
    application: stuck,
  }
  // all know all, so that DHT queries meet nobody new
  await daemons.unix.client.connect(daemons.tcp.peer, daemons.tcp.addrs)
  for (const daemon of Object.values(daemons)) {
    await daemon.client.connect(other.peer, other.addrs)
    await daemon.client.connect(frozen.peer, frozen.addrs)
    await daemon.client.request(sampleRequests(subjects).STREAM_HANDLER as Request)
    // who is frozen before it is told of the new protocol keeps the daemon waiting, just when it is to be at rest
    await until(async () => (await frozen.client.peerstore.protocols(daemon.peer)).includes('/sample'), {
      deadline: 10_000,
      what: 'the protocol to be told to the peer that is about to freeze',
    })
  }
  process.kill(frozen.process.pid, 'SIGSTOP')
  stack.defer(() => void process.kill(frozen.process.pid, 'SIGCONT'))
}, 60_000)

type Ending = (socket: Socket) => void

const ENDINGS: Readonly<Record<string, Ending>> = {
  close: socket => socket.destroy(),
  'half-close, then close': socket => socket.end(() => socket.destroy()),
  reset: socket => (socket.remoteAddress === undefined ? socket.destroy() : socket.resetAndDestroy()),
}

/** One client's life: how many bytes it gets to send, how many turns of the event loop it waits, how it ends. */
interface Life {
  readonly bytes: Uint8Array
  readonly turns: number
  readonly ending: Ending
  /** Wait for the first byte of an answer as well, if one comes soon. */
  readonly answered?: boolean
}

function* lives(bytes: Uint8Array): Generator<Life> {
  const endings = Object.values(ENDINGS)
  for (let cut = 1; cut < bytes.length; cut++) {
    yield { bytes: bytes.subarray(0, cut), turns: cut % 3, ending: endings[cut % endings.length] as Ending }
  }
  for (const ending of endings) {
    for (const turns of [0, 1, 2, 5, 20]) yield { bytes, turns, ending }
    yield { bytes, turns: 0, ending, answered: true }
    // and with something behind the request
    yield { bytes: Buffer.concat([bytes, Buffer.from('behind it')]), turns: 1, ending }
    yield { bytes: Buffer.concat([bytes, bytes.subarray(0, 3)]), turns: 5, ending }
  }
}

/** Connects to the control socket. With more clients than its backlog has room for, a Unix socket refuses some. */
async function dial({ process: { controlAddress } }: TestDaemon): Promise<Socket> {
  const [, kind, host, , port] = controlAddress.split('/')
  const where = kind === 'unix' ? { path: controlAddress.slice('/unix'.length) } : { host, port: Number(port) }
  for (;;) {
    const socket = connect({ ...where, allowHalfOpen: true } as NetConnectOpts)
    try {
      await once(socket, 'connect')
      socket.on('error', () => {})
      return socket
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      await delay(10)
    }
  }
}

async function live(daemon: TestDaemon, { bytes, turns, ending, answered }: Life): Promise<void> {
  const socket = await dial(daemon)
  socket.write(bytes)
  if (answered) {
    socket.resume()
    await once(socket, 'data', { signal: AbortSignal.timeout(2_000) }).catch(() => {})
  }
  for (let count = 0; count < turns; count++) await turn()
  ending(socket)
  if (!socket.closed) await once(socket, 'close')
}

test.each(['unix', 'tcp'] as const)('a client killed at any point of any request leaves nothing behind (%s)', {
  timeout: 120_000,
}, async kind => {
  const daemon = daemons[kind] as TestDaemon
  const before = await heldAtRest(daemon)
  const otherBefore = await heldAtRest(other)
  // on TCP, who has closed looks like who has half-closed for a minute, until the kernel's keep-alive asks
  const { protocols } = subjects
  const about = kind === 'unix' ? subjects : { ...subjects, protocols: { ...protocols, held: '/polite' }, patience: 5 }
  const all = Object.values(sampleRequests(about)).flatMap(request => [...lives(encode(Request, request))])
  // in turns of kinds, so that different requests are cut at the same time
  const waiting = all.map((life, index) => ({ life, order: (index * 7919) % all.length }))
  waiting.sort((a, b) => a.order - b.order)
  const client = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await live(daemon, next.life)
  }
  const served = (async () => {
    while (waiting.length > 0) await daemon.client.identify({ signal: AbortSignal.timeout(10_000) })
  })()
  await Promise.all(Array.from({ length: AT_ONCE }, client))
  await served

  await letsGo(daemon, before)
  await letsGo(other, otherBefore)
  const { topics } = (
    await daemon.client.request({ type: Request.Type.PUBSUB, pubsub: { type: 0 } }).catch(() => undefined)
  )?.pubsub ?? { topics: [] }
  expect(topics ?? []).toEqual([])
  expect([...faultsOf(daemon), ...faultsOf(other)]).toEqual([])
})
