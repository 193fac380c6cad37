import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Connection, Libp2pEvents, Metrics, Stream } from '@libp2p/interface'
import { streamPair } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { startHost, type TestHost } from '../test-host.ts'
import { KnownProtocols } from './known-protocols.ts'

const PARROT = '/parrot/1.0.0'
const NEVER = new AbortController().signal
const WAIT = { signal: NEVER, timeout: 10_000 }

let stack: AsyncDisposableStack
let near: TestHost
let far: TestHost
let connection: Connection
let accepted: Stream[]
beforeEach(async () => {
  stack = new AsyncDisposableStack()
  near = stack.use(await startHost())
  far = stack.use(await startHost())
  accepted = []
  await far.node.handle(PARROT, stream => void accepted.push(stream))
  connection = await near.connect(far)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await stack.disposeAsync()
})

test('the first of the protocols that the peer has announced, and none for strangers', () => {
  expect(near.knownProtocols.first(connection, ['/nobody/1', PARROT, '/ipfs/ping/1.0.0'])).toBe(PARROT)
  expect(near.knownProtocols.first(connection, ['/nobody/1'])).toBeUndefined()
  const stranger = { remotePeer: near.peer } as Connection
  expect(near.knownProtocols.first(stranger, [PARROT])).toBeUndefined()
})

test('a stream is open once the peer has agreed, and is of that protocol at both ends', async () => {
  const stream = await near.knownProtocols.open(connection, PARROT, WAIT)
  expect(stream?.protocol).toBe(PARROT)
  await until(() => accepted.length === 1, { deadline: 5_000, what: 'the stream at the other end' })
  expect(accepted[0]?.protocol).toBe(PARROT)
})

test('what the peer no longer speaks is not opened, and not proposed again', async () => {
  await far.node.unhandle(PARROT)
  expect(await near.knownProtocols.open(connection, PARROT, WAIT)).toBeUndefined()
  expect(near.knownProtocols.first(connection, [PARROT])).toBeUndefined()
  expect(connection.streams.filter(({ protocol }) => protocol === PARROT)).toEqual([])
})

test('what the peer speaks from now on is known once it has told', async () => {
  await far.node.handle('/new/1', () => {})
  const known = (): boolean => near.knownProtocols.first(connection, ['/new/1']) !== undefined
  await until(known, { deadline: 10_000, what: 'the push of identify' })
  expect((await near.knownProtocols.open(connection, '/new/1', WAIT))?.protocol).toBe('/new/1')
})

test('who waits no more, and who has not waited from the start, gets an error, and no stream is left', async () => {
  const controller = new AbortController()
  const opening = near.knownProtocols.open(connection, PARROT, { signal: controller.signal, timeout: 10_000 })
  controller.abort()
  await expect(opening).rejects.toThrow('nobody waits')
  await expect(
    near.knownProtocols.open(connection, PARROT, { signal: controller.signal, timeout: 10_000 }),
  ).rejects.toThrow('nobody waits')
  const left = (): number => connection.streams.filter(({ protocol }) => protocol === PARROT).length
  await until(() => left() === 0, { deadline: 5_000, what: 'the streams to be gone' })
})

test('with the last connection everything known of the peer is forgotten', async () => {
  await connection.close()
  const known = (): boolean => near.knownProtocols.first(connection, [PARROT]) !== undefined
  await until(() => !known(), { deadline: 5_000, what: 'the peer to be forgotten' })
  expect(await near.knownProtocols.open(connection, PARROT, WAIT)).toBeUndefined()
})

/** A way to the far host on which everything takes 50 ms. */
async function longWay(): Promise<Connection> {
  const port = far.addresses[0]?.getComponents().find(({ name }) => name === 'tcp')?.value
  const sockets: Socket[] = []
  const slowly = (from: Socket, to: Socket): void => {
    sockets.push(from)
    from.on('error', () => {}).on('data', bytes => setTimeout(() => to.write(bytes), 50))
  }
  const server = createServer(socket => {
    const onwards = connect(Number(port), '127.0.0.1')
    slowly(socket, onwards)
    slowly(onwards, socket)
  }).listen(0, '127.0.0.1')
  stack.defer(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  await connection.close()
  await until(() => near.knownProtocols.first(connection, [PARROT]) === undefined, { deadline: 5_000, what: 'the end' })
  const { port: slow } = server.address() as AddressInfo
  const signal = AbortSignal.timeout(15_000)
  // no other address may answer first
  const way = await near.dialer.connectAfresh(far.peer, [multiaddr(`/ip4/127.0.0.1/tcp/${slow}`)], signal)
  await near.identification.settled(way, signal)
  return way
}

test('far away, a stream is used ahead of an agreement that came before, and its bytes follow the agreement', async () => {
  const way = await longWay()
  await near.knownProtocols.open(way, PARROT, WAIT)
  expect(accepted).toHaveLength(1)
  const stream = await near.knownProtocols.open(way, PARROT, WAIT)
  expect(accepted).toHaveLength(1)
  let heard = ''
  stream?.addEventListener('message', ({ data }) => {
    heard += Buffer.from(data.subarray()).toString()
  })
  await until(() => accepted.length === 2, { deadline: 5_000, what: 'the second stream' })
  accepted[1]?.send(Buffer.from('hello'))
  await until(() => heard !== '', { deadline: 5_000, what: 'the greeting' })
  expect(heard).toBe('hello')
})

test('far away, a stream on what the peer no longer speaks is reset, and the next one is negotiated', async () => {
  const way = await longWay()
  await near.knownProtocols.open(way, PARROT, WAIT)
  await far.node.unhandle(PARROT)
  const stream = await near.knownProtocols.open(way, PARROT, WAIT)
  await until(() => stream?.status === 'aborted', { deadline: 5_000, what: 'the reset' })
  expect(near.knownProtocols.first(way, [PARROT])).toBeUndefined()
})

test('far away, an agreement is waited for once more when the peer has said anew what it speaks', async () => {
  const way = await longWay()
  await near.knownProtocols.open(way, PARROT, WAIT)
  await far.node.handle('/new/1', () => {})
  const known = (): boolean => near.knownProtocols.first(way, ['/new/1']) !== undefined
  await until(known, { deadline: 10_000, what: 'the push of identify' })
  await near.knownProtocols.open(way, PARROT, WAIT)
  expect(accepted).toHaveLength(2)
})

test('of a peer nearby it is always waited for, also when it was slow once, and has told anew what it speaks', async () => {
  // what the peer's agreement takes
  let took = 0
  let now = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += took
    return now
  })
  for (let count = 1; count <= 2; count++) {
    await near.knownProtocols.open(connection, PARROT, WAIT)
    expect(accepted).toHaveLength(count)
  }
  await near.node.peerStore.merge(far.peer, { protocols: ['/told/1'] })
  took = 100
  for (let count = 3; count <= 4; count++) {
    await near.knownProtocols.open(connection, PARROT, WAIT)
    expect(accepted).toHaveLength(count)
  }
  clock.mockRestore()
})

test('what others learn of a peer that is connected is known, and nothing of strangers', async () => {
  await near.node.peerStore.merge(far.peer, { protocols: ['/told/1'] })
  expect(near.knownProtocols.first(connection, ['/told/1'])).toBe('/told/1')
  await using stranger = await startHost()
  await near.node.peerStore.merge(stranger.peer, { protocols: ['/told/1'] })
  expect(near.knownProtocols.first({ remotePeer: stranger.peer } as Connection, ['/told/1'])).toBeUndefined()
})

describe('with a peer that does what the test says', () => {
  let known: KnownProtocols
  let opened: Stream
  let remote: Stream
  let way: Connection
  let tracked: Stream[]
  let proposed: Promise<unknown>
  beforeEach(async () => {
    ;[opened, remote] = await streamPair({ delay: 0 })
    proposed = new Promise(resolve => remote.addEventListener('message', resolve, { once: true }))
    const muxer = { status: 'open', createStream: async () => opened }
    way = { status: 'open', remotePeer: far.peer, muxer } as unknown as Connection
    tracked = []
    const metrics = { trackProtocolStream: (stream: Stream) => void tracked.push(stream) } as unknown as Metrics
    const events = new TypedEventEmitter<Libp2pEvents>()
    known = new KnownProtocols(events, metrics)
    const detail = { peerId: far.peer, protocols: [PARROT], connection: way }
    events.dispatchEvent(new CustomEvent('peer:identify', { detail }) as Libp2pEvents['peer:identify'])
    const closed = { peerId: near.peer, protocols: [PARROT], connection: { status: 'closed' } }
    events.dispatchEvent(new CustomEvent('peer:identify', { detail: closed }) as Libp2pEvents['peer:identify'])
  })
  afterEach(() => {
    for (const end of [opened, remote]) end.abort(new Error('over'))
  })
  const agree = (): boolean => remote.send(Buffer.from(`\x13/multistream/1.0.0\n\x0e${PARROT}\n`))

  test('what was said on a connection that has ended is forgotten', () => {
    expect(known.first(way, [PARROT])).toBe(PARROT)
    expect(known.first({ remotePeer: near.peer } as Connection, [PARROT])).toBeUndefined()
  })

  test('one that does not agree is given up on, with its stream', async () => {
    await expect(known.open(way, PARROT, { signal: NEVER, timeout: 1 })).rejects.toThrow('no agreement in time')
    expect(opened.status).toBe('aborted')
  })

  test('who waits no more while the peer is asked gets an error', async () => {
    const controller = new AbortController()
    const opening = known.open(way, PARROT, { signal: controller.signal, timeout: 10_000 })
    await proposed
    controller.abort()
    await expect(opening).rejects.toThrow('nobody waits')
    expect(opened.status).toBe('aborted')
  })

  test('a stream that is open is counted, and belongs to no wait any more', async () => {
    const timeout = 12_345
    const set = vi.spyOn(globalThis, 'setTimeout')
    const clear = vi.spyOn(globalThis, 'clearTimeout')
    const controller = new AbortController()
    const opening = known.open(way, PARROT, { signal: controller.signal, timeout })
    await proposed
    agree()
    expect(await opening).toBe(opened)
    expect(tracked).toEqual([opened])
    const timer = set.mock.results[set.mock.calls.findIndex(([, after]) => after === timeout)]?.value
    expect(clear).toHaveBeenCalledWith(timer)
    controller.abort()
    expect(opened.status).toBe('open')
  })
})
