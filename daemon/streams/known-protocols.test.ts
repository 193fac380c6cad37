import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { startHost, type TestHost } from '../test-host.ts'

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
afterEach(() => stack.disposeAsync())

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
  return near.connect(far, [multiaddr(`/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}`)])
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
