import type { Connection, Stream } from '@libp2p/interface'
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
