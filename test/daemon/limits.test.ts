import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createClient, type DaemonStream } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { Request, Response } from '../../proto/codec.ts'
import { memoryOf } from './resources.ts'
import { startDaemon } from './start.ts'

const ECHO = '/echo/1.0.0'

async function echoes(stream: DaemonStream, text: string): Promise<void> {
  stream.write(text)
  const [chunk] = await once(stream, 'data', { signal: AbortSignal.timeout(5_000) })
  expect(String(chunk)).toBe(text)
}

const settled = (what: string, condition: () => Promise<boolean>) => until(condition, { deadline: 5_000, what })

test('over the limit of connections, inbound ones are refused and outbound ones an error; the others live on', async () => {
  await using limited = await startDaemon(['-maxConnections=2'])
  await using first = await startDaemon()
  await using second = await startDaemon()
  await using third = await startDaemon()
  await first.client.connect(limited.peer, limited.addrs)
  await limited.client.connect(second.peer, second.addrs)

  const error = {
    daemonCode: 'ERR_LIMIT',
    message: expect.stringMatching(/^failed to dial: .*2 connections.*-maxConnections/),
  }
  await expect(limited.client.connect(third.peer, third.addrs)).rejects.toMatchObject(error)
  await expect(limited.client.openStream(third.peer, ECHO)).rejects.toMatchObject(error)
  await expect(third.client.connect(limited.peer, limited.addrs)).rejects.toThrow('failed to dial')
  expect(await limited.client.listPeers()).toHaveLength(2)
  await limited.client.connect(second.peer, [])
  await echoes(await first.client.openStream(limited.peer, ECHO), 'still here')
  expect(limited.process.output.lines.some(({ text }) => text.includes('refused a connection'))).toBe(true)

  await limited.client.disconnect(second.peer)
  await third.client.connect(limited.peer, limited.addrs)
})

test('over the limit of streams, more are refused in both directions; the others live on', async () => {
  await using limited = await startDaemon(['-maxStreams=6'])
  await using other = await startDaemon()
  await limited.client.connect(other.peer, other.addrs)
  const streams: DaemonStream[] = []
  const refusal = await (async () => {
    for (;;) {
      const stream = await limited.client.openStream(other.peer, ECHO).catch(error => error)
      if (stream instanceof Error) return stream
      streams.push(stream)
      expect(streams.length).toBeLessThanOrEqual(6)
    }
  })()
  expect(refusal).toMatchObject({
    daemonCode: 'ERR_LIMIT',
    message: 'failed to negotiate protocol: resource limit exceeded: 6 streams on one connection (-maxStreams)',
  })
  // where the peer speaks the protocol for certain, it is opened without a round trip, and then ends
  const opened = await other.client.openStream(limited.peer, ECHO).catch(() => undefined)
  if (opened !== undefined) expect((await buffer(opened.on('error', () => {})).catch(() => '')).length).toBe(0)
  for (const stream of streams) await echoes(stream, 'still here')
  for (const stream of streams) stream.destroy()
  await settled('room for streams', async () => {
    const stream = await other.client.openStream(limited.peer, ECHO).catch(() => undefined)
    if (stream === undefined) return false
    stream.on('error', () => {}).end('room')
    return (await buffer(stream).catch(() => Buffer.alloc(0))).toString() === 'room'
  })
})

test.each(['unix', 'tcp'])('a %s control connection over the limit reads why, and is closed', async kind => {
  const listen = kind === 'unix' ? [] : ['-listen', '/ip4/127.0.0.1/tcp/0']
  await using daemon = await startDaemon(['-maxControlConnections=3', ...listen])
  const connections = [await daemon.client.rawConnection(), await daemon.client.rawConnection()]
  const refused = await daemon.client.rawConnection()
  refused.send('Request', { type: Request.Type.IDENTIFY })
  const { type, error } = await refused.receive('Response')
  expect(type).toBe(Response.Type.ERROR)
  expect(error).toMatchObject({
    code: 'ERR_LIMIT',
    msg: 'resource limit exceeded: 3 control connections (-maxControlConnections)',
  })
  await expect(refused.receive('Response')).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
  await daemon.client.identify()
  for (const connection of connections) {
    connection.send('Request', { type: Request.Type.IDENTIFY })
    expect((await connection.receive('Response')).type).toBe(Response.Type.OK)
    await connection.close()
  }
  await settled('room for a client', async () => {
    await using client = createClient(daemon.process.controlAddress)
    return await client.identify().then(
      () => true,
      () => false,
    )
  })
})

test('protocols over the limit are refused, all of a request or none; known ones can change hands', async () => {
  await using daemon = await startDaemon(['-maxHandlers=3'])
  await using dialer = await startDaemon()
  await dialer.client.connect(daemon.peer, daemon.addrs)
  await daemon.client.handle(['/a', '/b'], async stream => void stream.end('first'))
  await expect(daemon.client.handle(['/b', '/c', '/d'], async () => {})).rejects.toMatchObject({
    daemonCode: 'ERR_LIMIT',
    message: 'resource limit exceeded: 3 protocols handled by applications (-maxHandlers)',
  })
  expect((await buffer(await dialer.client.openStream(daemon.peer, '/b'))).toString()).toBe('first')
  await expect(dialer.client.openStream(daemon.peer, '/c')).rejects.toThrow('protocols not supported: [/c]')
  await daemon.client.handle(['/b', '/c', '/c'], async stream => void stream.end('second'))
  expect((await buffer(await dialer.client.openStream(daemon.peer, '/c'))).toString()).toBe('second')
  expect((await buffer(await dialer.client.openStream(daemon.peer, '/b'))).toString()).toBe('second')
})

test('a name that no peer could negotiate is refused', async () => {
  await using daemon = await startDaemon(['-maxHandlers=0'])
  await daemon.client.handle('x'.repeat(1_023), async () => {})
  await expect(daemon.client.handle('x'.repeat(1_024), async () => {})).rejects.toMatchObject({
    daemonCode: 'ERR_LIMIT',
  })
})

test('a peer whose streams nobody reads cannot make the daemon keep more than the limit of memory', {
  timeout: 60_000,
}, async () => {
  const MIB = 1024 * 1024
  await using listener = await startDaemon([`-maxConnectionMemory=${16 * MIB}`, '-noise', '-tls=false'])
  await using dialer = await startDaemon()
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
    Array.from({ length: 600 }, async () => {
      // once it is full, more streams are refused
      const stream = await dialer.client.openStream(listener.peer, '/stalled').catch(() => undefined)
      stream?.on('error', () => {}).resume()
      // until it is cut, or stops taking bytes
      for (let count = 0; count < 16 && stream?.write(block); count++);
      return stream
    }),
  )
  await settled('some streams to be cut', async () => flood.some(stream => stream?.destroyed || stream?.readableEnded))
  await echoes(healthy, 'after')
  expect((await memoryOf(listener)) - before).toBeLessThan(300 * MIB)
  expect(listener.process.output.lines.some(({ text }) => text.includes('-maxConnectionMemory'))).toBe(true)
  expect(flood.some(stream => stream?.destroyed === false && !stream.readableEnded)).toBe(true)
})
