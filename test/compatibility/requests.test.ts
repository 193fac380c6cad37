import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createClient, type DaemonClient } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import { ConnManagerRequest, DHTRequest, encode, PSRequest, Request, Response } from '../../proto/codec.ts'
import { BUILD_TIMEOUT, subjectCommand } from '../clients/daemons.ts'
import { STRANGER, sampleRequests } from '../daemon/sample-requests.ts'
import { startDaemon } from '../daemon/start.ts'

/** Every request of go's, well-formed and not, asked of go's daemon and of this one: the same answers, word for word. */

vi.setConfig({ testTimeout: 30_000 })

/** A daemon that is asked, and a peer of its own. */
interface Asked extends AsyncDisposable {
  readonly client: DaemonClient
  readonly self: Uint8Array
  readonly friend: Uint8Array
  readonly friendAddress: Uint8Array
}

/** Both with everything switched on, and with nothing. */
const FLAGS = { everything: ['-dhtServer', '-pubsub'], nothing: [] } as const
type Kind = keyof typeof FLAGS

async function start(command: readonly string[], kind: Kind): Promise<Asked> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-asked-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const args = ['-listen', `/unix${folder}/c.sock`, '-hostAddrs', '/ip4/127.0.0.1/tcp/0', ...FLAGS[kind]]
  const daemon = stack.use(await launch({ command, args }))
  const friend = stack.use(await startDaemon(FLAGS[kind]))
  const client = stack.use(createClient(daemon.controlAddress))
  const { peer } = await client.identify()
  await client.connect(friend.peer, friend.addrs)
  const owned = stack.move()
  return {
    client,
    self: peer.toMultihash().bytes,
    friend: friend.peer.toMultihash().bytes,
    friendAddress: friend.addrs[0]?.bytes as Uint8Array,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const asked: Partial<Record<Kind, readonly [Asked, Asked]>> = {}
const running = new AsyncDisposableStack()
beforeAll(async () => {
  const commands = [await subjectCommand('go'), await subjectCommand('js')]
  for (const kind of ['everything', 'nothing'] as const) {
    const [go, ours] = await Promise.all(commands.map(async command => running.use(await start(command, kind))))
    asked[kind] = [go as Asked, ours as Asked]
  }
}, BUILD_TIMEOUT)
afterAll(() => running.disposeAsync())

const HUNG_UP = 'hung up'

/** The first answer, in words; a daemon that says nothing more is hung up on. */
async function answer({ client }: Asked, frame: Uint8Array): Promise<string> {
  const connection = await client.rawConnection()
  try {
    connection.sendBytes(frame)
    const { type, error, ...parts } = await connection.receive('Response', { signal: AbortSignal.timeout(20_000) })
    if (type === Response.Type.OK) return `OK ${Object.keys(parts).filter(isSet(parts)).toSorted().join(' ')}`.trim()
    // this daemon says why it hangs up, which go does not
    const said = (error?.msg ?? '').replace(/\/tcp\/\d+|:\d+\b/g, '<port>').replace(/\b(12D3Koo|Qm)\w{40,}/g, '<peer>')
    return error?.code === 'ERR_FRAME_INVALID' || said.startsWith('unknown request type') ? HUNG_UP : said
  } catch (fault) {
    if ((fault as { code?: string }).code === 'ERR_CONNECTION_CLOSED') return HUNG_UP
    throw fault
  } finally {
    connection.socket.destroy()
  }
}

const isSet = (parts: object) => (name: string) => {
  const part = (parts as Record<string, unknown>)[name]
  return Array.isArray(part) ? part.length > 0 : part != null
}

const { Type } = Request
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')
const address = (text: string): Uint8Array => hex(text)
const TCP_1 = '047f000001 060001'
const OTHERS = Array.from({ length: 8 }, (_, number) => hex(`1220${'cd'.repeat(31)}0${number}`))

const connect = (peer: Uint8Array, ...addrs: Uint8Array[]): Request => ({
  type: Type.CONNECT,
  connect: { peer, addrs },
})
const open = (peer: Uint8Array, ...proto: string[]): Request => ({
  type: Type.STREAM_OPEN,
  streamOpen: { peer, proto },
})
const handle = (addr: Uint8Array, ...proto: string[]): Request => ({
  type: Type.STREAM_HANDLER,
  streamHandler: { addr, proto },
})
const dht = (type: number, rest: Partial<DHTRequest> = {}): Request => ({
  type: Type.DHT,
  dht: { type: type as never, timeout: 3, ...rest },
})
const tag = (type: number, rest: Partial<NonNullable<Request['connManager']>> = {}): Request => ({
  type: Type.CONNMANAGER,
  connManager: { type: type as never, ...rest },
})
const pubsub = (type: number, rest: Partial<PSRequest> = {}): Request => ({
  type: Type.PUBSUB,
  pubsub: { type: type as never, ...rest },
})
const bytes = (text: string): Uint8Array => Buffer.from(text)

type Ask = (asked: Asked) => Request

/** What samples say of a peer that is connected, and of others that only the daemon's own tests have. */
function samples(): [string, Ask][] {
  const silent = address(TCP_1)
  const subjects = (friend: Uint8Array) => ({
    peer: friend,
    protocols: { echo: '/echo/1.0.0', held: '/echo/1.0.0', stuck: '/echo/1.0.0' },
    frozen: friend,
    patience: 3,
    silent,
    application: address(TCP_1),
  })
  return Object.keys(sampleRequests(subjects(STRANGER)))
    .filter(name => !/^(PEERSTORE|VERSION|EVENTS|REMOVE)|silent peer/.test(name))
    .map(name => [name, ({ friend }) => sampleRequests(subjects(friend))[name] as Request])
}

const ASKED: [string, Ask][] = [
  ...samples(),
  ...[1, 2, 3, 4, 6, 7, 8].map((type): [string, Ask] => [
    `type ${type} without its part`,
    () => ({ type: type as never }),
  ]),
  ['CONNECT to itself', ({ self }) => connect(self)],
  ['CONNECT to no peer id', () => connect(bytes('foobar'))],
  ['CONNECT to a short peer id', () => connect(bytes('x'))],
  ['CONNECT to a peer id that is too long', ({ friend }) => connect(Buffer.concat([friend, hex('0102')]))],
  ['CONNECT to a peer id of no end', () => connect(hex('12ffffffff7f'))],
  ['CONNECT to a peer id of a varint without an end', () => connect(hex('ffff'))],
  ['CONNECT to an address that is none', ({ friend }) => connect(friend, hex('ffff'))],
  ['CONNECT to an empty address', ({ friend }) => connect(friend, hex(''))],
  ['CONNECT to an address in text', ({ friend }) => connect(friend, bytes('/ip4/1.1.1.1'))],
  ['CONNECT to half an address', ({ friend }) => connect(friend, hex('047f00'))],
  ['CONNECT to where nobody listens', () => connect(OTHERS[0] as Uint8Array, address(TCP_1))],
  ['CONNECT by no transport', () => connect(OTHERS[1] as Uint8Array, hex('047f000001 91020001'))],
  [
    'CONNECT by no transport, and to where nobody listens',
    () => connect(OTHERS[5] as Uint8Array, address(TCP_1), hex('047f000001 91020001'), hex('9003 05 2f612f62 63')),
  ],
  ['CONNECT without an address or a DHT that knows', () => connect(OTHERS[2] as Uint8Array)],
  ['CONNECT to somebody else', ({ friendAddress }) => connect(OTHERS[3] as Uint8Array, friendAddress)],
  ['CONNECT once more, to nowhere', ({ friend }) => connect(friend, address(TCP_1))],
  ['STREAM_OPEN without protocols', ({ friend }) => open(friend)],
  ['STREAM_OPEN of an empty protocol', ({ friend }) => open(friend, '')],
  ['STREAM_OPEN to itself', ({ self }) => open(self, '/echo/1.0.0')],
  ['STREAM_OPEN of the second protocol', ({ friend }) => open(friend, '/nope', '/ipfs/ping/1.0.0')],
  ['STREAM_HANDLER without protocols', () => handle(address(TCP_1))],
  ['STREAM_HANDLER at a UDP port', () => handle(hex('047f000001 91020001'), '/x')],
  ['STREAM_HANDLER at no address', () => handle(bytes('zz'), '/x')],
  ['STREAM_HANDLER at an empty address', () => handle(hex(''), '/x')],
  ...[...Array(10).keys()].map((type): [string, Ask] => [`DHT type ${type} without parts`, () => dht(type)]),
  ['FIND_PEER of itself', ({ self }) => dht(DHTRequest.Type.FIND_PEER, { peer: self })],
  ['FIND_PEER of a friend', ({ friend }) => dht(DHTRequest.Type.FIND_PEER, { peer: friend })],
  ['FIND_PEER of nobody', () => dht(DHTRequest.Type.FIND_PEER, { peer: hex('') })],
  ['FIND_PROVIDERS of no CID', () => dht(DHTRequest.Type.FIND_PROVIDERS, { cid: bytes('xx') })],
  ['FIND_PROVIDERS of an empty CID', () => dht(DHTRequest.Type.FIND_PROVIDERS, { cid: hex('') })],
  ['GET_CLOSEST_PEERS to an empty key', () => dht(DHTRequest.Type.GET_CLOSEST_PEERS, { key: hex('') })],
  ['GET_PUBLIC_KEY of a friend', ({ friend }) => dht(DHTRequest.Type.GET_PUBLIC_KEY, { peer: friend })],
  ['GET_VALUE of an odd key', () => dht(DHTRequest.Type.GET_VALUE, { key: bytes('odd') })],
  ['SEARCH_VALUE of an odd key', () => dht(DHTRequest.Type.SEARCH_VALUE, { key: bytes('odd') })],
  ['PUT_VALUE of an odd key', () => dht(DHTRequest.Type.PUT_VALUE, { key: bytes('/a/b'), value: bytes('c') })],
  ['PUT_VALUE of no public key', () => dht(DHTRequest.Type.PUT_VALUE, { key: bytes('/pk/x'), value: bytes('c') })],
  ['PUT_VALUE of no record', () => dht(DHTRequest.Type.PUT_VALUE, { key: bytes('/ipns/x'), value: bytes('c') })],
  ['PROVIDE of no CID', () => dht(DHTRequest.Type.PROVIDE, { cid: bytes('x') })],
  ['TAG_PEER of nobody', () => tag(ConnManagerRequest.Type.TAG_PEER, { tag: 'a' })],
  ['TAG_PEER without a tag', () => tag(ConnManagerRequest.Type.TAG_PEER, { peer: STRANGER })],
  ['UNTAG_PEER with an empty tag', () => tag(ConnManagerRequest.Type.UNTAG_PEER, { peer: STRANGER, tag: '' })],
  ['CONNMANAGER of an unknown type', () => tag(9)],
  ['PUBSUB without a topic', () => pubsub(PSRequest.Type.PUBLISH)],
  ['PUBSUB of an unknown type', () => pubsub(9, { topic: 'a' })],
  ['LIST_PEERS of the empty topic', () => pubsub(PSRequest.Type.LIST_PEERS, { topic: '' })],
  ['DISCONNECT from itself', ({ self }) => ({ type: Type.DISCONNECT, disconnect: { peer: self } })],
  ['DISCONNECT from no peer id', () => ({ type: Type.DISCONNECT, disconnect: { peer: bytes('x') } })],
  ['DISCONNECT from a friend', ({ friend }) => ({ type: Type.DISCONNECT, disconnect: { peer: friend } })],
  ['STREAM_OPEN, which connects again', ({ friend }) => open(friend, '/echo/1.0.0')],
]

for (const kind of ['everything', 'nothing'] as const) {
  // of a stranger's key go says one of two things: see below
  const alike = ASKED.filter(([name]) => kind === 'nothing' || name !== 'DHT_GET_PUBLIC_KEY')
  test.each(alike)(`with ${kind} switched on: %s`, async (_name, ask) => {
    const [theirs, ours] = await Promise.all(
      (asked[kind] as readonly Asked[]).map(one => answer(one, encode(Request, ask(one)))),
    )
    expect(ours).toBe(theirs)
  })
}

test.each([
  ['a length in more bytes than need be', '8200 0805'],
  ['a type that is there twice', '04 0800 0805'],
  ['an unknown field', '05 0800 ba0300'],
  ['an empty frame', '00'],
  ['no type', '04 1202 0a00'],
  ['a wrong wire type', '02 0a00'],
  ['a part that lacks what it needs, and is not asked for', '04 0800 1200'],
  ['an unknown type', '02 080b'],
  ['the fork’s upgrade', '02 0809'],
  ['the fork’s handler with its own field', '0b 0803 2207 0a00 1201 2f 1801'],
  ['too long a frame', '81808002'],
])('bytes: %s', async (_name, frame) => {
  const [theirs, ours] = await Promise.all((asked.nothing as readonly Asked[]).map(one => answer(one, hex(frame))))
  expect(ours).toBe(theirs)
})

test.each([
  ['a field of another wire type', '04 0a00 0805'],
  ['a part in two pieces, one of which lacks what it needs', '0c 0807 3a04 0a02 0000 3a02 1000'],
])('%s is no reason to hang up here, and in go it is', async (_name, frame) => {
  const [theirs, ours] = await Promise.all((asked.nothing as readonly Asked[]).map(one => answer(one, hex(frame))))
  expect([theirs, ours]).toEqual([HUNG_UP, expect.stringMatching(/^OK/)])
})

test.each<[string, Uint8Array, Uint8Array, RegExp, RegExp]>([
  [
    '0.0.0.0 is an address like any other',
    OTHERS[6] as Uint8Array,
    hex('0400000000 060001'),
    /no good addresses$/,
    /refused$/,
  ],
  ['who cannot have a key is not dialled', hex('0000'), address(TCP_1), /refused$/, /no addresses$/],
])('%s here, and in go it is the other way round', async (_name, peer, where, theirs, ours) => {
  const request = encode(Request, connect(peer, where))
  const answers = await Promise.all((asked.nothing as readonly Asked[]).map(one => answer(one, request)))
  expect(answers).toEqual([expect.stringMatching(theirs), expect.stringMatching(ours)])
})

test('the key of a stranger is not found here; go says so, or that it could not dial, whichever it learns last', async () => {
  const request = encode(Request, dht(DHTRequest.Type.GET_PUBLIC_KEY, { peer: STRANGER }))
  const answers = await Promise.all((asked.everything as readonly Asked[]).map(one => answer(one, request)))
  expect(answers).toEqual([expect.stringMatching(/^routing: not found$|^failed to dial/), 'routing: not found'])
})

test('a dial that is repeated at once is a dial here, and a wait in go', async () => {
  const request = encode(Request, connect(OTHERS[4] as Uint8Array, address(TCP_1)))
  const twice = async (one: Asked): Promise<string> => {
    await answer(one, request)
    return answer(one, request)
  }
  const [theirs, ours] = await Promise.all((asked.nothing as readonly Asked[]).map(twice))
  expect(theirs).toMatch(/dial backoff$/)
  expect(ours).toMatch(/connection refused$/)
})
