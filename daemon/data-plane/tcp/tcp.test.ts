import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, Socket } from 'node:net'
import type { Connection, Listener, MultiaddrConnection, Transport, Upgrader } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { Uint8ArrayList } from 'uint8arraylist'
import { expect, onTestFinished, test, vi } from 'vitest'
import { until } from '../../../harness/until.ts'
import { SILENT_LOGGER } from '../../log/libp2p.ts'
import type { TcpConnection } from './connection.ts'
import { placeOf } from './place.ts'
import { tcp } from './transport.ts'

const WAIT = { deadline: 10_000, interval: 1 }

function transport(): Transport {
  return tcp()({ logger: { forComponent: () => SILENT_LOGGER } })
}

/** An upgrader that leaves connections as they are. */
function plain(onInbound: (connection: MultiaddrConnection) => void = () => {}): Upgrader {
  return {
    upgradeInbound: async (connection: MultiaddrConnection) => onInbound(connection),
    upgradeOutbound: async (connection: MultiaddrConnection) => connection as unknown as Connection,
  } as unknown as Upgrader
}

async function connectPair(): Promise<{ dialler: TcpConnection; listener: TcpConnection; server: Listener }> {
  const { promise, resolve } = Promise.withResolvers<MultiaddrConnection>()
  const one = transport()
  const server = one.createListener({ upgrader: plain(resolve) })
  await server.listen(multiaddr('/ip4/127.0.0.1/tcp/0'))
  onTestFinished(() => server.close())
  const [address] = server.getAddrs()
  if (address === undefined) throw new Error('no address')
  const signal = AbortSignal.timeout(5_000)
  const dialler = (await one.dial(address, { signal, upgrader: plain() })) as unknown as TcpConnection
  return { dialler, listener: (await promise) as TcpConnection, server }
}

test('bytes arrive unharmed in both directions at once, in any pieces, whatever the readers do', async () => {
  const { dialler, listener } = await connectPair()
  const total = 16 * 1024 * 1024
  const digests = await Promise.all(
    [
      [dialler, listener],
      [listener, dialler],
    ].map(async ([from, to]) => {
      const [sent, received] = [createHash('sha256'), createHash('sha256')]
      let arrived = 0
      to?.addEventListener('message', ({ data }) => {
        received.update(data.subarray())
        arrived += data.byteLength
        if (randomInt(8) > 0) return
        to.pause()
        setTimeout(() => to.resume(), randomInt(3))
      })
      for (let left = total; left > 0; ) {
        const parts = Array.from({ length: randomInt(1, 5) }, () => randomBytes(randomInt(1, 60_000)))
        const list = new Uint8ArrayList(...parts)
        if (list.byteLength > left) list.consume(list.byteLength - left)
        for (const part of list) sent.update(part)
        left -= list.byteLength
        if (from?.send(list) === false) await until(() => !from.writableNeedsDrain, { ...WAIT, what: 'drain' })
      }
      await until(() => arrived === total, { ...WAIT, what: 'all bytes' })
      return [sent.digest('hex'), received.digest('hex')]
    }),
  )
  for (const [sent, received] of digests) expect(received).toBe(sent)
})

test('what is sent together is written together', async () => {
  const { dialler, listener } = await connectPair()
  const [write, writev] = [
    vi.spyOn(Socket.prototype, '_write'),
    vi.spyOn(Socket.prototype as Required<Socket>, '_writev'),
  ]
  onTestFinished(() => void vi.restoreAllMocks())
  let arrived = 0
  listener.addEventListener('message', ({ data }) => {
    arrived += data.byteLength
  })
  dialler.send(new Uint8ArrayList(Buffer.alloc(20_000), Buffer.alloc(20_000), Buffer.alloc(16)))
  expect([write.mock.calls.length, writev.mock.calls.length]).toEqual([0, 1])
  dialler.send(new Uint8ArrayList(Buffer.alloc(2), Buffer.alloc(20), Buffer.alloc(16)))
  expect([write.mock.calls.length, writev.mock.calls.length]).toEqual([1, 1])
  await until(() => arrived === 40_054, { ...WAIT, what: 'all bytes' })
})

test('who does not read holds the sender up, and is sent everything when it reads again', async () => {
  const { dialler, listener } = await connectPair()
  listener.pause()
  const chunk = Buffer.alloc(1024 * 1024)
  let sent = 0
  while (dialler.send(chunk)) sent += chunk.byteLength
  sent += chunk.byteLength
  expect(dialler.writeBufferLength).toBeGreaterThan(0)
  let arrived = 0
  listener.addEventListener('message', ({ data }) => {
    arrived += data.byteLength
  })
  expect(arrived).toBe(0)
  const drained = new Promise(resolve => dialler.addEventListener('drain', resolve, { once: true }))
  listener.resume()
  await drained
  await until(() => arrived === sent, { ...WAIT, what: 'all bytes' })
  expect(dialler.writeBufferLength).toBe(0)
})

test('an orderly close sends everything first; an abort is a reset for the other side', async () => {
  const first = await connectPair()
  let arrived = 0
  first.listener.addEventListener('message', ({ data }) => {
    arrived += data.byteLength
  })
  first.dialler.send(Buffer.alloc(3_000_000))
  await first.dialler.close()
  await until(() => first.listener.status === 'closed' && arrived === 3_000_000, { ...WAIT, what: 'the end' })

  const second = await connectPair()
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  second.listener.addEventListener('close', ({ error }) => resolve(error))
  second.dialler.abort(new Error('enough'))
  expect((await promise) as NodeJS.ErrnoException).toMatchObject({ code: 'ECONNRESET' })
  expect(() => second.dialler.send(Buffer.alloc(1))).toThrow('Cannot write')
})

test('a dial that fails says why, in the system’s words, and one that is given up leaves nothing', async () => {
  const signal = AbortSignal.timeout(5_000)
  const refused = transport().dial(multiaddr('/ip4/127.0.0.1/tcp/1'), { signal, upgrader: plain() })
  await expect(refused).rejects.toMatchObject({ syscall: 'connect', code: 'ECONNREFUSED' })
  const gone = AbortSignal.abort(new Error('gone'))
  await expect(
    transport().dial(multiaddr('/ip4/127.0.0.1/tcp/1'), { signal: gone, upgrader: plain() }),
  ).rejects.toThrow('gone')
})

test('a connection whose upgrade fails is closed', async () => {
  const accepted: Socket[] = []
  const server: Server = createServer(socket => accepted.push(socket.on('error', () => {})))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const upgrader = { upgradeOutbound: () => Promise.reject(new Error('not this one')) } as unknown as Upgrader
  const signal = AbortSignal.timeout(5_000)
  const dial = transport().dial(multiaddr(`/ip4/127.0.0.1/tcp/${port}`), { signal, upgrader })
  await expect(dial).rejects.toThrow('not this one')
  await until(() => accepted[0]?.destroyed, { ...WAIT, what: 'the end of the connection' })
})

test('a listener that is closed closes the connections that it has accepted, and listens no more', async () => {
  const { dialler, server } = await connectPair()
  const [address] = server.getAddrs()
  await server.close()
  await until(() => dialler.status !== 'open', { ...WAIT, what: 'the end' })
  expect(server.getAddrs()).toEqual([])
  const { port } = placeOf(address ?? multiaddr('/ip4/0.0.0.0/tcp/0'))
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException>()
  connect({ host: '127.0.0.1', port }).on('error', resolve)
  expect((await promise).code).toBe('ECONNREFUSED')
})

test.each([
  ['/ip4/127.0.0.1/tcp/1', true],
  ['/ip6/::1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp', true],
  ['/ip6zone/eth0/ip6/fe80::1/tcp/1', true],
  ['/dns4/localhost/tcp/1', true],
  ['/dns/localhost/tcp/1', true],
  ['/ip4/127.0.0.1/tcp/1/ws', false],
  ['/ip4/127.0.0.1/udp/1/quic-v1', false],
  ['/unix/%2Ftmp%2Fx.sock', false],
  ['/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp/p2p-circuit', false],
])('%s is one of its addresses: %s', (text, mine) => {
  expect(transport().dialFilter([multiaddr(text)]).length).toBe(mine ? 1 : 0)
})

test('a zone stays with its address', () => {
  expect(placeOf(multiaddr('/ip6zone/eth0/ip6/fe80::1/tcp/7'))).toEqual({ host: 'fe80::1%eth0', port: 7, family: 6 })
  expect(placeOf(multiaddr('/dns/localhost/tcp/7'))).toEqual({ host: 'localhost', port: 7, family: 0 })
})
