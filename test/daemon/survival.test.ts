import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type DaemonStream } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import { until } from '../../harness/until.ts'
import { encode, Request } from '../../proto/codec.ts'
import { faultsOf } from './held.ts'
import { memoryOf, processorTimeOf } from './resources.ts'
import { P2PD, startDaemon, type TestDaemon } from './start.ts'

const MIB = 1024 * 1024
const ECHO = '/echo/1.0.0'
const TIMESTAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-survival-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const linesOf = ({ process }: TestDaemon, text: string): number =>
  process.output.lines.filter(line => line.text.includes(text)).length

/** Runs a daemon that is expected to end by itself; the paths of the command may be a shell's. */
function runToEnd(command: string, ...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string; stderr: string }>()
  execFile(command, args, { cwd: folder, timeout: 18_000 }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : error.code, stdout, stderr: stderr.replace(TIMESTAMP, '') })
  })
  return promise
}

async function echoes(stream: DaemonStream, text: string): Promise<void> {
  const answer = once(stream, 'data', { signal: AbortSignal.timeout(10_000) })
  stream.write(text)
  expect(String((await answer)[0])).toBe(text)
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

test('ports that are taken end the start in go’s words, and leave no socket file', async () => {
  const server = createServer()
  const port = await listen(server)
  const control = `/unix${join(folder, 'taken.sock')}`
  expect(await runToEnd(P2PD, '-listen', control, '-hostAddrs', `/ip4/127.0.0.1/tcp/${port}`)).toEqual({
    code: 1,
    stdout: '',
    stderr: `failed to listen on any addresses: [listen tcp4 127.0.0.1:${port}: bind: address already in use]\n`,
  })
  expect(await runToEnd(P2PD, '-listen', `/ip4/127.0.0.1/tcp/${port}`)).toEqual({
    code: 1,
    stdout: '',
    stderr: `listen tcp4 127.0.0.1:${port}: bind: address already in use\n`,
  })
  server.close()
  // the same path serves at once
  await using daemon = await launch({ command: [P2PD], args: ['-listen', control] })
  expect(daemon.controlAddress).toBe(control)
})

test('a peerstore that cannot be: the start ends with the reason', async () => {
  for (const path of ['/proc/peers', '/dev/null/peers']) {
    const { code, stderr } = await runToEnd(P2PD, '-listen', `/unix${join(folder, 'a.sock')}`, '-peerstore', path)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`${path}: `) })
  }
})

/** A shell of root's, in a world of its own, that mounts a small disk and becomes the daemon; undefined where it cannot. */
async function onSmallDisk(size: string, at: string): Promise<string[] | undefined> {
  const wrapper = ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${size} none ${at} && exec "$0" "$@"`]
  const { code } = await runToEnd(wrapper[0] as string, ...wrapper.slice(1), 'true')
  return code === 0 ? wrapper : undefined
}

const disk = await (async () => {
  const at = await mkdtemp(join(tmpdir(), 'p2pd-small-disk-'))
  folder = at
  return { at, small: await onSmallDisk('2m', at), tiny: await onSmallDisk('4k', at) }
})()
afterAll(() => rm(disk.at, { recursive: true, force: true }))
const noDisk = disk.small === undefined ? ' (skipped: no file system can be mounted here)' : ''

test.skipIf(disk.small === undefined)(
  `a disk that is full from the start ends the start with the reason${noDisk}`,
  async () => {
    const [command = '', ...args] = disk.tiny as string[]
    const flags = ['-listen', `/unix${join(folder, 'full.sock')}`, '-peerstore', join(disk.at, 'peers')]
    const { code, stderr } = await runToEnd(command, ...args, P2PD, ...flags)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/peerstore .*no space left on device/i) })
  },
)

test.skipIf(disk.small === undefined)(
  `a disk that fills up later is told of, and nothing else happens${noDisk}`,
  async () => {
    const flags = ['-listen', `/unix${join(folder, 'filling.sock')}`, '-peerstore', join(disk.at, 'peers')]
    await using daemon = await launch({ command: [...(disk.small as string[]), P2PD], args: flags })
    await using client = createClient(daemon.controlAddress)
    const metadata = { fill: new Uint8Array(100_000) }
    const keys = await Promise.all(Array.from({ length: 40 }, () => generateKeyPair('Ed25519')))
    const peers = keys.map(key => peerIdFromPrivateKey(key))
    for (const peer of peers) await client.peerstore.add(peer, { metadata })
    const told = (): boolean => daemon.output.lines.some(({ text }) => text.includes('cannot be written'))
    await until(async () => told(), { deadline: 10_000, what: 'the log to tell' })
    for (const peer of peers) expect((await client.peerstore.get(peer)).metadata.get('fill')).toHaveLength(100_000)
    expect(daemon.output.lines.filter(({ text }) => /uncaught|unhandled|unexpectedly/.test(text))).toEqual([])
  },
)

test('without file descriptors it serves those it has, says so once, does not spin, and recovers', {
  timeout: 60_000,
}, async () => {
  const args = ['-listen', `/unix${join(folder, 'few.sock')}`, '-hostAddrs', '/ip4/127.0.0.1/tcp/0']
  const limited = ['bash', '-c', 'ulimit -n 256; exec "$0" "$@"', P2PD]
  await using process = await launch({ command: limited, args })
  await using client = createClient(process.controlAddress)
  const { peer, addrs } = await client.identify()
  const daemon = { process, client, peer, addrs, folder } as TestDaemon
  await using other = await startDaemon()
  await other.client.connect(peer, addrs)
  const kept = await other.client.openStream(peer, ECHO)
  await client.handle('/app/1', async (stream, { signal }) => {
    stream.resume()
    await once(signal, 'abort')
  })

  const port = Number(addrs[0]?.getComponents()[1]?.value)
  const sockets: Socket[] = []
  const hang = (options: { path: string } | { port: number; host: string }): void => {
    sockets.push(connect(options as { path: string }).on('error', () => {}))
  }
  for (let count = 0; count < 150; count++) hang({ path: process.controlAddress.slice('/unix'.length) })
  for (let count = 0; count < 150; count++) hang({ port, host: '127.0.0.1' })
  const streams = await Promise.all(
    Array.from({ length: 100 }, () => other.client.openStream(peer, '/app/1').catch(() => undefined)),
  )
  const told = 'no file descriptor is left'
  await until(async () => linesOf(daemon, told) > 0, { deadline: 10_000, what: 'the log to tell' })
  const before = await processorTimeOf(daemon)
  const wanted = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  await expect(client.connect(wanted, other.addrs)).rejects.toThrow('socket: too many open files')
  for (let count = 0; count < 10; count++) await echoes(kept, `still here ${count}`)
  expect((await client.listPeers()).length).toBeGreaterThan(0)
  expect((await processorTimeOf(daemon)) - before).toBeLessThan(2)

  for (const socket of sockets) socket.destroy()
  for (const stream of streams) stream?.destroy()
  await until(async () => linesOf(daemon, 'there are file descriptors again') > 0, {
    deadline: 20_000,
    what: 'the log to tell that it is over',
  })
  await using newcomer = createClient(process.controlAddress)
  expect((await newcomer.identify()).peer.equals(peer)).toBe(true)
  await using third = await startDaemon()
  await third.client.connect(peer, addrs)
  await echoes(await third.client.openStream(peer, ECHO), 'a new peer')
  // loaded only now
  const plain = multiaddr(`/ip4/127.0.0.1/tcp/${port}/ws`)
  await expect(client.connect(wanted, [plain])).rejects.toThrow('failed to dial')
  expect(linesOf(daemon, told)).toBe(1)
  expect(faultsOf(daemon)).toEqual([])
})

test('SIGTERM at either daemon in the middle of 200 streams: both ends of every stream see the end', {
  timeout: 60_000,
}, async () => {
  for (const victim of ['dialer', 'listener'] as const) {
    await using listener = await startDaemon()
    await using dialer = await startDaemon()
    const served = Promise.withResolvers<void>()
    let ended = 0
    await listener.client.handle('/hold/1', async stream => {
      stream.on('error', () => {}).resume()
      if (!stream.closed)
        await once(
          stream.on('end', () => stream.end()),
          'close',
        )
      if (++ended === 200) served.resolve()
    })
    await dialer.client.connect(listener.peer, listener.addrs)
    const streams = await Promise.all(
      Array.from({ length: 200 }, () => dialer.client.openStream(listener.peer, '/hold/1')),
    )
    const closed = streams.map(stream => {
      stream
        .on('error', () => {})
        .on('end', () => stream.end())
        .resume()
      stream.write('something on its way')
      return once(stream, 'close', { signal: AbortSignal.timeout(20_000) })
    })
    const { process: daemon } = { dialer, listener }[victim]
    process.kill(daemon.pid, 'SIGTERM')
    expect(await daemon.exited).toMatchObject({ code: 143 })
    await Promise.all(closed)
    await served.promise
  }
})

test('SIGPIPE ends nothing', async () => {
  await using daemon = await startDaemon()
  process.kill(daemon.process.pid, 'SIGPIPE')
  await daemon.client.identify()
})

test('an application that never accepts keeps only its own streams waiting, and they end', {
  timeout: 40_000,
}, async () => {
  await using listener = await startDaemon()
  await using dialer = await startDaemon()
  const path = join(folder, 'never.sock')
  const source = `
    const server = require('node:net').createServer(() => {})
    server.listen({ path: process.argv[1], backlog: 1 }, () => {
      console.log('ready')
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
    })`
  const application = spawn(process.execPath, ['-e', source, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(application.stdout, 'data')
    const addr = Buffer.from([0x90, 0x03, path.length, ...Buffer.from(path)])
    await listener.client.request({ type: Request.Type.STREAM_HANDLER, streamHandler: { addr, proto: ['/never'] } })
    await dialer.client.connect(listener.peer, listener.addrs)
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => dialer.client.openStream(listener.peer, '/never')),
    )
    // two fit into the backlog, and are the application's; the others are given up in ten seconds
    const ends = streams.map(stream => once(stream.on('error', () => {}).resume(), 'end'))
    await echoes(await dialer.client.openStream(listener.peer, ECHO), 'not in the way')
    let ended = 0
    for (const end of ends) void end.then(() => ended++)
    await until(async () => ended >= 15, { deadline: 30_000, what: 'the streams to be given up' })
    expect(linesOf(listener, 'no application for a stream')).toBeGreaterThan(0)
    expect(faultsOf(listener)).toEqual([])
  } finally {
    application.kill('SIGKILL')
    await once(application, 'exit')
  }
})

test('a client that asks and asks, and never reads an answer, is made to wait', { timeout: 40_000 }, async () => {
  await using daemon = await startDaemon()
  const names = Array.from({ length: 200 }, (_, index) => `/a/rather/long/name/of/a/protocol/${index}`)
  await daemon.client.handle(names, async () => {})
  const before = await memoryOf(daemon)
  const peerStore = { type: 1, id: daemon.peer.toMultihash().bytes }
  const request = encode(Request, { type: Request.Type.PEERSTORE, peerStore } as Request)
  const many = Buffer.concat(Array.from({ length: 2_000 }, () => request))
  const { socket } = await daemon.client.rawConnection()
  socket.pause().on('error', () => {})
  // these answers would be some gigabytes, if they were all kept
  socket.write(Buffer.concat(Array.from({ length: 100 }, () => many)))
  let used = await processorTimeOf(daemon)
  const idles = async (): Promise<boolean> => {
    const before = used
    used = await processorTimeOf(daemon)
    return used - before < 0.05
  }
  await until(idles, { deadline: 25_000, what: 'the daemon to do nothing more for it', interval: 1_000 })
  expect(socket.writableLength).toBeGreaterThan(0)
  expect((await memoryOf(daemon)) - before).toBeLessThan(100 * MIB)
  await daemon.client.identify()
  socket.destroy()
})

test('3,000 streams on one connection, all open at once', { timeout: 120_000 }, async () => {
  await using listener = await startDaemon()
  await using dialer = await startDaemon()
  await dialer.client.connect(listener.peer, listener.addrs)
  const streams: DaemonStream[] = []
  const openSome = async (): Promise<void> => {
    for (let count = 0; count < 100; count++) streams.push(await dialer.client.openStream(listener.peer, ECHO))
  }
  await Promise.all(Array.from({ length: 30 }, openSome))
  expect(streams).toHaveLength(3_000)
  expect(await dialer.client.listPeers()).toHaveLength(1)
  for (const index of [0, 1_500, 2_999]) await echoes(streams[index] as DaemonStream, `stream ${index}`)
  for (const stream of streams) stream.destroy()
  await echoes(await dialer.client.openStream(listener.peer, ECHO), 'one more')
  expect(faultsOf(listener)).toEqual([])
})
