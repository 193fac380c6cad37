import { once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { DHTResponse, PSRequest, Request } from '../../proto/codec.ts'
import { parseAddress } from './address.ts'
import { createClient } from './client.ts'
import type { Connection } from './connection.ts'
import { Connections } from './connections.ts'
import { Control } from './control.ts'
import { DaemonError } from './errors.ts'
import { answering, failure, fakePeer, fakeStreamInfo, ok, startFakeDaemon } from './fake-daemon.ts'

const listPeers: Request = { type: Request.Type.LIST_PEERS }

class RecordedConnections extends Connections {
  latest: Connection | undefined

  override adopt(socket: Socket): Connection {
    this.latest = super.adopt(socket)
    return this.latest
  }
}

test('requests take turns on one connection', async () => {
  let pending = 0
  await using daemon = await startFakeDaemon(async connection => {
    for (;;) {
      await connection.receive('Request')
      expect(++pending).toBe(1)
      expect(connection.idle).toBe(true)
      pending--
      connection.send('Response', ok())
    }
  })
  await using client = createClient(daemon.address)
  await Promise.all(Array.from({ length: 50 }, () => client.request(listPeers)))
  expect(daemon.accepted).toBe(1)
})

test("an ERROR answer is the daemon's text, and the connection stays in use", async () => {
  await using daemon = await startFakeDaemon(answering(() => failure('DHT not enabled')))
  await using client = createClient(daemon.address)
  for (let turn = 0; turn < 2; turn++) {
    const refused = await client.request(listPeers).catch(error => error)
    expect(refused).toBeInstanceOf(DaemonError)
    expect(refused).toMatchObject({ code: 'ERR_DAEMON', message: 'DHT not enabled' })
  }
  expect(daemon.accepted).toBe(1)
})

test('a hang-up instead of an answer rejects, and the request is not sent again', async () => {
  let requests = 0
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    requests++
    await connection.close()
  })
  await using client = createClient(daemon.address)
  await expect(client.request(listPeers)).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
  expect(requests).toBe(1)
})

test('a kept connection that closed in between is replaced', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok())
    connection.end()
  })
  const closing = new AbortController()
  const connections = new RecordedConnections(closing.signal, {})
  const control = new Control(parseAddress(daemon.address), connections)
  for (let turn = 1; turn <= 3; turn++) {
    await control.request(listPeers)
    expect(daemon.accepted).toBe(turn)
    const { socket } = connections.latest as Connection
    if (!socket.readableEnded) await once(socket, 'end')
  }
  closing.abort()
})

test.each([
  ['garbage', Uint8Array.of(2, 0xff, 0xff)],
  ['an answer of an unknown type', Uint8Array.of(2, 8, 42)],
])('%s is a protocol error, and costs the connection', async (_, bytes) => {
  const answers = [bytes, Uint8Array.of(2, 8, 0)]
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.sendBytes(answers.shift() as Uint8Array)
  })
  await using client = createClient(daemon.address)
  await expect(client.request(listPeers)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
  await client.request(listPeers)
  expect(daemon.accepted).toBe(2)
})

test('an answer that nobody asked for is not taken for the next one', async () => {
  const { promise: extraSent, resolve } = Promise.withResolvers<void>()
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok())
    connection.send('Response', failure('unasked'))
    resolve()
  })
  await using client = createClient(daemon.address)
  await client.request(listPeers)
  await extraSent
  await client.request(listPeers)
  expect(daemon.accepted).toBe(2)
})

test('an abort closes the connection under the daemon, rejects with the reason, and spares the next request', async () => {
  const { promise: hungUp, resolve } = Promise.withResolvers<void>()
  const aborter = new AbortController()
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    if (daemon.accepted > 1) {
      connection.send('Response', ok())
      return
    }
    connection.socket.once('end', resolve)
    aborter.abort('too slow')
  })
  await using client = createClient(daemon.address)
  const first = client.request(listPeers, { signal: aborter.signal })
  const second = client.request(listPeers)
  await expect(first).rejects.toBe('too slow')
  await hungUp
  await second
})

test('a request that is aborted while it waits its turn is never sent, and does not let others overtake', async () => {
  const { promise: answer, resolve: letAnswer } = Promise.withResolvers<void>()
  const seen: Request['type'][] = []
  await using daemon = await startFakeDaemon(async connection => {
    for (;;) {
      seen.push((await connection.receive('Request')).type)
      await answer
      connection.send('Response', ok())
    }
  })
  const sent: unknown[] = []
  await using client = createClient(daemon.address, { observer: { frame: ({ message }) => sent.push(message) } })
  const aborter = new AbortController()
  const first = client.request(listPeers)
  const second = client.request({ type: Request.Type.IDENTIFY }, { signal: aborter.signal })
  const third = client.request({ type: Request.Type.DISCONNECT })
  aborter.abort('never mind')
  await expect(second).rejects.toBe('never mind')
  await client.rawConnection()
  expect(sent).toEqual([listPeers])
  letAnswer()
  await Promise.all([first, third])
  expect(seen).toEqual([Request.Type.LIST_PEERS, Request.Type.DISCONNECT])
})

test('a signal that is aborted already opens nothing', async () => {
  await using daemon = await startFakeDaemon(() => {})
  await using client = createClient(daemon.address)
  const signal = AbortSignal.abort('no')
  await expect(client.request(listPeers, { signal })).rejects.toBe('no')
  await expect(client.rawConnection({ signal })).rejects.toBe('no')
  await expect(client.openStream(fakePeer, '/a', { signal })).rejects.toBe('no')
  expect(daemon.accepted).toBe(0)
})

test('nobody there is a connect error that names the address and keeps the cause', async () => {
  const daemon = await startFakeDaemon(() => {}, 'tcp')
  await daemon[Symbol.asyncDispose]()
  await using client = createClient(daemon.address)
  await expect(client.request(listPeers)).rejects.toMatchObject({
    code: 'ERR_CONNECT',
    message: `cannot connect to ${daemon.address}`,
    cause: { code: 'ECONNREFUSED' },
  })
})

test.each<[string, Request, ReturnType<typeof ok>]>([
  ['a stream', { type: Request.Type.STREAM_OPEN }, ok({ streamInfo: fakeStreamInfo('/a') })],
  ['a subscription', { type: Request.Type.PUBSUB, pubsub: { type: PSRequest.Type.SUBSCRIBE } }, ok()],
  ['a lookup', { type: Request.Type.DHT }, ok({ dht: { type: DHTResponse.Type.BEGIN } })],
])('a connection that became %s is closed, not asked again', async (_, message, response) => {
  const ended: Promise<unknown>[] = []
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', response)
    ended.push(once(connection.socket.resume(), 'end'))
  })
  await using client = createClient(daemon.address)
  await client.request(message)
  await client.request(message)
  expect(daemon.accepted).toBe(2)
  await Promise.all(ended)
})
