import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { createClient } from '../../bindings/typescript/index.ts'
import { ipnsKey, ipnsRecord } from '../../daemon/dht/fixtures.ts'
import { launch } from '../../harness/process.ts'
import { until } from '../../harness/until.ts'
import { ConnManagerRequest, DHTRequest, PeerstoreRequest, PSRequest, Request } from '../../proto/codec.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { startSilent } from './sample-requests.ts'
import { ROOT, startDaemon, type TestDaemon } from './start.ts'

/** What a client is answered. */
export interface Refusal {
  readonly code: string | undefined
  readonly message: string
}

/** Daemons that differ in what they are asked to do, and what they know. */
export interface Cast extends AsyncDisposable {
  /** As it starts by itself, with room for one handler; `friend` is connected. */
  readonly plain: TestDaemon
  readonly friend: TestDaemon
  /** With pubsub and a DHT in which there is nobody else. */
  readonly lonely: TestDaemon
  /** With pubsub and a DHT, connected to `friend`, who serves it. */
  readonly social: TestDaemon
}

export async function startCast(): Promise<Cast> {
  await using stack = new AsyncDisposableStack()
  const start = async (...flags: string[]): Promise<TestDaemon> => stack.use(await startDaemon(flags))
  const [plain, friend, lonely, social] = await Promise.all([
    start('-maxHandlers=1'),
    start('-dhtServer', '-pubsub'),
    start('-dhtServer', '-pubsub'),
    start('-dhtServer', '-pubsub'),
  ])
  for (const { client } of [plain, social]) await client.connect(friend.peer, friend.addrs)
  const owned = stack.move()
  return { plain, friend, lonely, social, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const { Type } = Request
const bytes = (text: string): Uint8Array => Buffer.from(text)
const idOf = ({ peer }: TestDaemon): Uint8Array => peer.toMultihash().bytes
const TCP_ADDRESS = multiaddr('/ip4/127.0.0.1/tcp/1').bytes
const UDP_ADDRESS = multiaddr('/ip4/127.0.0.1/udp/1').bytes
/** Peers that nobody is, one for each question that leaves traces. */
const [STRANGER, REFUSED, ODDLY_PLACED, UNRESERVED, UNANSWERED, UNKNOWN] = Array.from({ length: 6 }, (_, number) =>
  Buffer.from(`1220${'ab'.repeat(31)}0${number}`, 'hex'),
) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
/** A stream whose protocol is being negotiated, in a daemon's diagnostics. */
const NEGOTIATING = /bound {2}open$/
/** No key's: these are hashed otherwise. */
const ODD_PEER = Uint8Array.of(0x11, 1, 7)

async function refusal(daemon: Pick<TestDaemon, 'client'>, request: Request): Promise<Refusal> {
  try {
    await daemon.client.request(request)
  } catch (error) {
    const { daemonCode, message } = error as { daemonCode?: string; message: string }
    return { code: daemonCode, message }
  }
  return { code: undefined, message: 'OK' }
}

/** What is answered to bytes behind which the client ends its direction, or does not. */
async function answerTo({ client }: TestDaemon, sent: Uint8Array, { end = true } = {}): Promise<Refusal> {
  const connection = await client.rawConnection()
  connection.sendBytes(sent)
  if (end) connection.end()
  const { error } = await connection.receive('Response')
  const hungUp = await connection.receive('Response').then(
    () => false,
    ({ code }) => code === 'ERR_CONNECTION_CLOSED',
  )
  await connection.close()
  return { code: hungUp ? (error?.code ?? undefined) : 'no hang-up', message: error?.msg ?? '' }
}

const connect = (peer: Uint8Array, addrs: readonly Uint8Array[] = [], timeout = 5): Request => ({
  type: Type.CONNECT,
  connect: { peer, addrs: [...addrs], timeout },
})
const open = (peer: Uint8Array, proto: string[], timeout = 5): Request => ({
  type: Type.STREAM_OPEN,
  streamOpen: { peer, proto, timeout },
})
const dht = (type: number, rest: Partial<DHTRequest> = {}): Request => ({
  type: Type.DHT,
  dht: { type: type as never, timeout: 5, ...rest },
})
const pubsub = (type: number, rest: Partial<PSRequest> = {}): Request => ({
  type: Type.PUBSUB,
  pubsub: { type: type as never, ...rest },
})
const peerstore = (type: number, rest: Partial<PeerstoreRequest> = {}): Request => ({
  type: Type.PEERSTORE,
  peerStore: { type: type as never, id: STRANGER, ...rest },
})
const add = (rest: Partial<PeerstoreRequest>): Request => peerstore(PeerstoreRequest.Type.ADD, rest)
const remove = (addr: Uint8Array, proto: string): Request => ({
  type: Type.REMOVE_STREAM_HANDLER,
  removeStreamHandler: { addr, proto: [proto] },
})

/** Runs with a peer of `asker` that is connected, serves the DHT, and has stopped to answer. */
async function withFrozen(run: (asker: TestDaemon, frozen: TestDaemon) => Promise<Refusal>): Promise<Refusal> {
  await using asker = await startDaemon(['-dhtClient'])
  await using frozen = await startDaemon(['-dhtServer'])
  await asker.client.connect(frozen.peer, frozen.addrs)
  process.kill(frozen.process.pid, 'SIGSTOP')
  try {
    return await run(asker, frozen)
  } finally {
    kill(frozen)
    await frozen.process.exited
  }
}

/** Ends a daemon, frozen or not, unless it has ended already. */
function kill({ process: { pid } }: TestDaemon): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<Multiaddr> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return multiaddr(`/ip4/127.0.0.1/tcp/${port}`)
}

/** What LIST_PEERS is in a daemon that is broken there. */
async function askBroken({ folder }: TestDaemon): Promise<Refusal> {
  const preload = join(folder, 'break.mjs')
  await writeFile(
    preload,
    `import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith('/daemon/requests/connect.ts')) return loaded
      return { ...loaded, source: String(loaded.source).replace('const peers = node', 'const peers = node.broken') }
    } })`,
  )
  await using broken = await launch({
    command: [process.execPath, '--import', preload, join(ROOT, 'daemon/main.ts')],
    args: ['-listen', `/unix${folder}/broken.sock`],
  })
  await using client = createClient(broken.controlAddress)
  return await refusal({ client }, { type: Type.LIST_PEERS })
}

type Provocation = (cast: Cast) => Promise<Refusal>

const plainly =
  (request: Request): Provocation =>
  ({ plain }) =>
    refusal(plain, request)

const socially =
  (request: Request): Provocation =>
  ({ social }) =>
    refusal(social, request)

/** For every error text in docs/protocol.md, what makes a daemon give it. */
export const PROVOCATIONS: Readonly<Record<string, Provocation>> = {
  'Malformed request; missing parameters': plainly({ type: Type.CONNECT }),
  'Malformed request; missing <part> parameter': socially(dht(DHTRequest.Type.FIND_PEER)),
  'Malformed request; missing tag parameter': plainly({
    type: Type.CONNMANAGER,
    connManager: { type: ConnManagerRequest.Type.TAG_PEER, peer: STRANGER, weight: 1 },
  }),
  'Malformed request; missing topic parameter': socially(pubsub(PSRequest.Type.LIST_PEERS)),
  'Malformed request; missing the name of a tag': plainly(add({ tags: [{ name: '' }] })),
  'Malformed request; missing the key of metadata': plainly(add({ metadata: [{ key: '' }] })),
  'the topic is not valid UTF-8': ({ social }) =>
    refusalOfFrame(social, Uint8Array.of(0x08, 8, 0x42, 5, 0x08, 3, 0x12, 1, 0xff)),
  'the name of a protocol is not valid UTF-8': ({ plain }) =>
    refusalOfFrame(plain, Uint8Array.of(0x08, 2, 0x1a, 7, 0x0a, 2, 0x12, 0, 0x12, 1, 0xff)),
  "can't lookup empty key": socially(dht(DHTRequest.Type.GET_CLOSEST_PEERS, { key: bytes('') })),
  'invalid cid: <reason>': socially(dht(DHTRequest.Type.PROVIDE, { cid: bytes('x') })),
  'a tag’s value of <n>, it must be from 0 to 100': plainly(add({ tags: [{ name: 'a', value: 101 }] })),
  'a ttl of <n> seconds, at least 1 is needed': plainly(add({ addrs: [TCP_ADDRESS], ttl: 0 })),
  'not the public key of peer <peer>: <reason>': plainly(add({ publicKey: bytes('x') })),

  'Unexpected request': plainly(peerstore(99)),
  'unknown request type <n>': ({ plain }) => answerTo(plain, Uint8Array.of(2, 8, 99), { end: false }),
  'there is no event of type <n>': plainly({ type: Type.EVENTS, events: { types: [99 as never] } }),

  'frame length does not fit 64 bits': ({ plain }) => answerTo(plain, new Uint8Array(10).fill(0xff)),
  'frame of <n> bytes announced, at most 4194304 are accepted': ({ plain }) =>
    answerTo(plain, Uint8Array.of(0x81, 0x80, 0x80, 2)),
  'message cannot be decoded: <reason>': ({ plain }) => answerTo(plain, Uint8Array.of(0)),
  '<n> bytes of a frame, and then the end of the connection': ({ plain }) => answerTo(plain, Uint8Array.of(2, 8)),
  'a line of text instead of a frame: <line>': ({ plain }) => answerTo(plain, bytes('hello\n'), { end: false }),

  'multihash too short. must be >= 2 bytes': plainly(connect(Uint8Array.of(1))),
  'length greater than remaining number of bytes in buffer': plainly(connect(Uint8Array.of(0x12, 32, 1))),
  'multihash length inconsistent: expected <n>; got <n>': plainly(connect(Uint8Array.of(0x12, 1, 1, 1))),
  'digest too long, supporting only <= 2^31-1': plainly(connect(Uint8Array.of(0x12, 0xff, 0xff, 0xff, 0xff, 0x7f))),
  'no key can have the peer id <peer>': plainly(add({ id: ODD_PEER })),

  'empty multiaddr': plainly(connect(STRANGER, [bytes('')])),
  'no protocol with code <n>': plainly(connect(STRANGER, [bytes('/ip4/1.2.3.4')])),
  'invalid value for size <n>': plainly(connect(STRANGER, [TCP_ADDRESS.subarray(0, 3)])),
  'varints malformed, could not reach the end': plainly(connect(STRANGER, [Uint8Array.of(0xff, 0xff)])),
  '<address> is an address of another peer': ({ plain, friend }) =>
    refusal(plain, add({ addrs: [friend.addrs[0]?.encapsulate(`/p2p/${friend.peer}`).bytes as Uint8Array] })),

  'DHT not enabled': plainly({ type: Type.DHT }),
  'PubSub not enabled': plainly({ type: Type.PUBSUB }),

  'not supported': socially(dht(DHTRequest.Type.FIND_PEERS_CONNECTED_TO_PEER)),
  'the daemon’s own record cannot be changed': ({ plain }) => refusal(plain, add({ id: idOf(plain) })),

  'failed to dial: failed to dial <peer>: no addresses': plainly(connect(STRANGER)),
  'failed to dial: failed to dial <peer>: no good addresses\\n  * [<address>] no transport for protocol': plainly(
    connect(ODDLY_PLACED, [UDP_ADDRESS]),
  ),
  'failed to dial: dial to self attempted': ({ plain }) => refusal(plain, connect(idOf(plain))),
  'failed to dial: failed to dial <peer>: all dials failed\\n  * [<address>] dial tcp4 <host>:<port>: connect: connection refused':
    async ({ plain }) => refusal(plain, connect(REFUSED, [(await closedPort()).bytes])),
  'failed to dial: failed to dial <peer>: all dials failed\\n  * [<address>] failed to negotiate security protocol: peer id mismatch: expected <peer>, but remote key matches <peer>':
    ({ lonely, plain, social }) =>
      refusal(
        lonely,
        connect(
          idOf(social),
          plain.addrs.map(({ bytes }) => bytes),
        ),
      ),
  'failed to dial: failed to dial <peer>: all dials failed\\n  * [<address>] error opening relay circuit: NO_RESERVATION (204)':
    ({ plain, friend }) => {
      const relayed = friend.addrs[0]?.encapsulate(`/p2p/${friend.peer}/p2p-circuit`) as Multiaddr
      return refusal(plain, connect(UNRESERVED, [relayed.bytes]))
    },

  'failed to negotiate protocol: protocols not supported: [<protocol> <protocol>]': ({ plain, friend }) =>
    refusal(plain, open(idOf(friend), ['/a', '/b'])),
  'failed to negotiate protocol: no protocols specified': ({ plain, friend }) => refusal(plain, open(idOf(friend), [])),
  'failed to negotiate protocol: stream reset': () =>
    withFrozen(async (asker, frozen) => {
      const refused = refusal(asker, open(idOf(frozen), ['/a', '/b'], 60))
      const negotiating = async (): Promise<boolean> =>
        (await diagnosticsOf(asker)).some(line => NEGOTIATING.test(line))
      await until(negotiating, { deadline: 10_000, what: 'the stream to be negotiated' })
      kill(frozen)
      return refused
    }),

  'invalid record keytype': socially(dht(DHTRequest.Type.PUT_VALUE, { key: bytes('/a/b'), value: bytes('c') })),
  "can't replace a newer value with an older value": async ({ social }) => {
    const owner = await generateKeyPair('Ed25519')
    const put = async (sequence: number): Promise<Refusal> => {
      const value = await ipnsRecord(owner, sequence)
      return refusal(social, dht(DHTRequest.Type.PUT_VALUE, { key: ipnsKey(owner), value }))
    }
    await put(2)
    return put(1)
  },

  'failed to find any peer in table': ({ lonely }) =>
    refusal(lonely, dht(DHTRequest.Type.FIND_PEER, { peer: STRANGER })),
  'routing: not found': socially(dht(DHTRequest.Type.FIND_PEER, { peer: STRANGER })),
  'handler for protocol <protocol> does not exist': plainly(remove(TCP_ADDRESS, '/none')),
  'handler for protocol <protocol> with maddr <address> does not exist': async ({ plain }) => {
    await plain.client.request({ type: Type.STREAM_HANDLER, streamHandler: { addr: TCP_ADDRESS, proto: ['/one'] } })
    return refusal(plain, remove(UDP_ADDRESS, '/one'))
  },
  'nothing is known of peer <peer>': plainly(peerstore(PeerstoreRequest.Type.GET_RECORD, { id: UNKNOWN })),

  'failed to dial: context deadline exceeded': async ({ plain }) => {
    await using silent = await startSilent()
    return await refusal(plain, connect(UNANSWERED, [silent.bytes], 1))
  },
  'failed to negotiate protocol: context deadline exceeded': () =>
    withFrozen((asker, frozen) => refusal(asker, open(idOf(frozen), ['/a', '/b'], 1))),
  'context deadline exceeded': () =>
    withFrozen(asker => refusal(asker, dht(DHTRequest.Type.GET_VALUE, { key: bytes('/pk/x'), timeout: 1 }))),

  'resource limit exceeded: <n> <of what>': plainly({
    type: Type.STREAM_HANDLER,
    streamHandler: { addr: TCP_ADDRESS, proto: ['x'.repeat(2_000)] },
  }),
  'resource limit exceeded: <n> <of what> (-<flag>)': plainly({
    type: Type.STREAM_HANDLER,
    streamHandler: { addr: TCP_ADDRESS, proto: ['/one', '/two'] },
  }),
  'message too long for the <n> peers that are subscribed: <n> bytes to send, at most 1048576': async cast => {
    const { friend, social } = cast
    await using _subscription = await friend.client.pubsub.subscribe('long')
    const known = async (): Promise<boolean> => (await social.client.pubsub.peers('long')).length > 0
    await until(known, { deadline: 10_000, what: 'the subscription to be known' })
    return await refusal(social, pubsub(PSRequest.Type.PUBLISH, { topic: 'long', data: new Uint8Array(1_048_576) }))
  },

  '<what went wrong>': ({ plain }) => askBroken(plain),
}

/** What a frame is answered, whose connection stays. */
async function refusalOfFrame({ client }: TestDaemon, body: Uint8Array): Promise<Refusal> {
  const connection = await client.rawConnection()
  connection.sendBytes(Buffer.concat([Uint8Array.of(body.byteLength), body]))
  const { error } = await connection.receive('Response')
  await connection.close()
  return { code: error?.code ?? undefined, message: error?.msg ?? 'OK' }
}
