import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { DaemonStream } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { faultsOf } from './held.ts'
import { memoryOf } from './resources.ts'
import { startDaemon, type TestDaemon } from './start.ts'

/** QUIC brings a muxer and flow control of its own: the daemon's limits must hold there too. */

const ECHO = '/echo/1.0.0'
const MIB = 1024 * 1024

const start = (...flags: string[]): Promise<TestDaemon> =>
  startDaemon(['-hostAddrs', '/ip4/127.0.0.1/udp/0/quic-v1', ...flags])

async function echoes(stream: DaemonStream, text: string): Promise<void> {
  const answer = once(stream, 'data', { signal: AbortSignal.timeout(10_000) })
  stream.write(text)
  expect(String((await answer)[0])).toBe(text)
}

test('connections are counted: over the limit, inbound ones are refused and outbound ones an error', {
  timeout: 60_000,
}, async () => {
  await using limited = await start('-maxConnections=2')
  await using first = await start()
  await using second = await start()
  await using third = await start()
  await first.client.connect(limited.peer, limited.addrs)
  await limited.client.connect(second.peer, second.addrs)
  await expect(limited.client.connect(third.peer, third.addrs)).rejects.toMatchObject({
    daemonCode: 'ERR_LIMIT',
    message: expect.stringMatching(/^failed to dial: .*2 connections.*-maxConnections/),
  })
  await expect(third.client.connect(limited.peer, limited.addrs)).rejects.toThrow('failed to dial')
  await echoes(await first.client.openStream(limited.peer, ECHO), 'still here')
  expect(await limited.client.listPeers()).toHaveLength(2)
  await limited.client.disconnect(second.peer)
  await third.client.connect(limited.peer, limited.addrs)
})

test('over the limit of streams, more are refused in both directions; the others live on', {
  timeout: 60_000,
}, async () => {
  await using limited = await start('-maxStreams=6')
  await using other = await start()
  await limited.client.connect(other.peer, other.addrs)
  const streams: DaemonStream[] = []
  let refusal: unknown
  while (refusal === undefined && streams.length <= 6) {
    const stream = await limited.client.openStream(other.peer, ECHO).catch(error => error)
    if (stream instanceof Error) refusal = stream
    else streams.push(stream)
  }
  expect(refusal).toMatchObject({
    daemonCode: 'ERR_LIMIT',
    message: 'failed to negotiate protocol: resource limit exceeded: 6 streams on one connection (-maxStreams)',
  })
  const refused = await other.client.openStream(limited.peer, ECHO).catch(() => undefined)
  if (refused !== undefined) expect(await buffer(refused.on('error', () => {})).catch(() => '')).toHaveLength(0)
  for (const stream of streams) await echoes(stream, 'still here')
  for (const stream of streams) stream.destroy()
  const works = async (): Promise<boolean> => {
    const stream = await other.client.openStream(limited.peer, ECHO).catch(() => undefined)
    return (
      stream !== undefined &&
      echoes(
        stream.on('error', () => {}),
        'room',
      ).then(
        () => true,
        () => false,
      )
    )
  }
  await until(works, { deadline: 20_000, what: 'room for streams' })
})

test('a peer whose streams nobody reads cannot make the daemon keep more than the limit of memory', {
  timeout: 90_000,
}, async () => {
  await using listener = await start(`-maxConnectionMemory=${16 * MIB}`)
  await using dialer = await start()
  await dialer.client.connect(listener.peer, listener.addrs)
  await listener.client.handle('/stalled', async (stream, { signal }) => {
    stream.pause()
    await once(signal, 'abort')
  })
  const healthy = await dialer.client.openStream(listener.peer, ECHO)
  await echoes(healthy, 'before')
  const before = await memoryOf(listener)
  const block = Buffer.alloc(MIB)
  const flood = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const stream = await dialer.client.openStream(listener.peer, '/stalled').catch(() => undefined)
      stream?.on('error', () => {}).resume()
      for (let count = 0; count < 16 && stream?.write(block); count++);
      return stream
    }),
  )
  expect((await memoryOf(listener)) - before).toBeLessThan(200 * MIB)
  for (const stream of flood) stream?.destroy()
  const works = (): Promise<boolean> =>
    dialer.client
      .openStream(listener.peer, ECHO, { timeout: 5 })
      .then(stream => echoes(stream, 'after'))
      .then(
        () => true,
        () => false,
      )
  await until(works, { deadline: 60_000, what: 'the connection to work again' })
  expect(faultsOf(listener)).toEqual([])
})
