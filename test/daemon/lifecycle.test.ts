import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import { P2PD, startDaemon } from './start.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-lifecycle-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Runs a daemon that is expected to end by itself. */
function runToEnd(...args: string[]): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  execFile(P2PD, args, { cwd: folder, timeout: 15_000 }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : error.code, stdout, stderr })
  })
  return promise
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const TIMESTAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /

test('the start-up lines are go’s, byte for byte', async () => {
  await using daemon = await startDaemon()
  const stdout = daemon.process.output.lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text)
  expect(stdout).toEqual([
    `Control socket: /unix${daemon.folder}/control.sock`,
    `Peer ID: ${daemon.peer}`,
    'Peer Addrs:',
    ...daemon.addrs.map(String),
  ])
})

test('TCP control, port 0: the port that was taken is printed, and works', async () => {
  await using daemon = await startDaemon(['-listen', '/ip4/127.0.0.1/tcp/0'])
  expect(daemon.process.controlAddress).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/[1-9]\d*$/)
})

test('without -hostAddrs, and with -noListenAddrs, it listens nowhere', async () => {
  await using silent = await launch({ command: [P2PD], args: ['-listen', `/unix${folder}/nowhere.sock`] })
  await using client = createClient(silent.controlAddress)
  expect((await client.identify()).addrs).toEqual([])
  await using daemon = await startDaemon(['-noListenAddrs'])
  expect(daemon.addrs).toEqual([])
})

test('-announceAddrs replaces what is announced', async () => {
  await using daemon = await startDaemon(['-announceAddrs', '/ip4/1.2.3.4/tcp/5,/dns4/example.com/tcp/6'])
  expect(daemon.addrs.map(String)).toEqual(['/ip4/1.2.3.4/tcp/5', '/dns4/example.com/tcp/6'])
})

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const)('%s ends it with %i, its clients see the end, and the socket file is gone', async (signal, code) => {
  await using daemon = await startDaemon()
  const { socket } = await daemon.client.rawConnection()
  const ended = once(socket, 'end')
  socket.resume()
  process.kill(daemon.process.pid, signal)
  expect(await daemon.process.exited).toEqual({ code, signal: null })
  await ended
  expect(await exists(join(daemon.folder, 'control.sock'))).toBe(false)
})

test.each([
  [[], 0o600],
  [['-socketMode=660'], 0o660],
  [['-socketMode=0777'], 0o777],
] as const)('with %j the socket file has the mode %i, whatever the umask', async (flags, mode) => {
  const umask = process.umask(0)
  try {
    await using daemon = await startDaemon(flags)
    expect((await stat(join(daemon.folder, 'control.sock'))).mode & 0o777).toBe(mode)
  } finally {
    process.umask(umask)
  }
})

test('a socket file of a dead daemon is replaced', async () => {
  const path = join(folder, 'stale.sock')
  const first = await launch({ command: [P2PD], args: ['-listen', `/unix${path}`] })
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  expect(await exists(path)).toBe(true)
  await using second = await launch({ command: [P2PD], args: ['-listen', `/unix${path}`] })
  await using client = createClient(second.controlAddress)
  expect((await client.identify()).peer.toString()).toBe(second.peerId)
})

test('a socket that somebody listens on, and a file that is no socket, are left alone', async () => {
  const live = join(folder, 'live.sock')
  const server = createServer().listen(live)
  await once(server, 'listening')
  const file = join(folder, 'file.sock')
  await writeFile(file, 'precious')
  for (const path of [live, file]) {
    const { code, stdout, stderr } = await runToEnd('-listen', `/unix${path}`)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.replace(TIMESTAMP, '')).toBe(`listen unix ${path}: bind: address already in use\n`)
    expect(await exists(path)).toBe(true)
  }
  server.close()
})

test.each([
  [['-listen', 'foo'], 'failed to parse multiaddr "foo": must begin with /\n'],
  [['-listen', '/unix/no/such/folder.sock'], 'listen unix /no/such/folder.sock: bind: no such file or directory\n'],
  [['-listen', '/dns4/no.such.invalid/tcp/0'], 'listen tcp4: lookup no.such.invalid: no such host\n'],
  [['-id', '.'], 'read .: is a directory\n'],
  [['-noise=false', '-tls=false'], 'at least one channel security protocol must be enabled\n'],
  [['-id', '/no/such/key'], 'open /no/such/key: no such file or directory\n'],
  [['-f', 'nope.json'], 'open nope.json: no such file or directory\n'],
])('%j: exit 1 and go’s text', async (args, text) => {
  const { code, stdout, stderr } = await runToEnd(...(args as string[]))
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(TIMESTAMP)
  expect(stderr.replace(TIMESTAMP, '')).toBe(text)
})

test('an unknown flag: its name and the usage on standard error, exit 2', async () => {
  const { code, stdout, stderr } = await runToEnd('-nosuchflag')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^flag provided but not defined: -nosuchflag\nUsage of p2pd:\n/)
  expect(await runToEnd('-help')).toMatchObject({ code: 0, stdout: '' })
})

test('JSON from a file and from standard input takes plain multiaddr strings', async () => {
  const config = {
    ListenAddr: `/unix${folder}/json.sock`,
    HostAddresses: ['/ip4/127.0.0.1/tcp/0'],
    AnnounceAddresses: ['/ip4/9.8.7.6/tcp/5'],
  }
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify(config))
  {
    await using daemon = await launch({ command: [P2PD], args: ['-f', file] })
    expect(daemon.controlAddress).toBe(config.ListenAddr)
    await using client = createClient(daemon.controlAddress)
    expect((await client.identify()).addrs.map(String)).toEqual(config.AnnounceAddresses)
  }
  const daemon = spawn(P2PD, ['-i'], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    daemon.stdin.end(JSON.stringify(config))
    const [banner] = await once(daemon.stdout, 'data')
    expect(String(banner)).toContain(`Control socket: ${config.ListenAddr}\n`)
  } finally {
    daemon.kill()
    await once(daemon, 'exit')
  }
})

test('-q prints nothing, and the daemon is there', async () => {
  const path = join(folder, 'quiet.sock')
  const daemon = spawn(P2PD, ['-q', '-listen', `/unix${path}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const printed: Buffer[] = []
  daemon.stdout.on('data', chunk => printed.push(chunk))
  try {
    await expect.poll(() => exists(path), { timeout: 10_000 }).toBe(true)
    await using client = createClient(`/unix${path}`)
    expect((await client.identify()).addrs).toEqual([])
  } finally {
    daemon.kill()
    await once(daemon, 'close')
  }
  expect(Buffer.concat(printed).toString()).toBe('')
})

test('SIGTERM in the middle of 200 streams: every application sees the end', async () => {
  await using listener = await startDaemon()
  await using dialer = await startDaemon()
  await listener.client.handle('/hold/1', async stream => {
    for await (const _ of stream);
  })
  await dialer.client.connect(listener.peer, listener.addrs)
  const streams = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const stream = await dialer.client.openStream(listener.peer, '/hold/1')
      stream.resume()
      return stream
    }),
  )
  const ended = streams.map(stream => once(stream, 'close', { signal: AbortSignal.timeout(15_000) }))
  for (const stream of streams) stream.on('end', () => stream.end())
  process.kill(listener.process.pid, 'SIGTERM')
  expect(await listener.process.exited).toMatchObject({ code: 143 })
  await Promise.all(ended)
  expect((await dialer.client.listPeers()).length).toBe(0)
})

test('signals that mean nothing to go’s daemon mean nothing here', async () => {
  await using daemon = await startDaemon()
  const signals = [
    'SIGUSR2',
    'SIGALRM',
    'SIGVTALRM',
    'SIGPROF',
    'SIGIO',
    'SIGPWR',
    'SIGXCPU',
    'SIGURG',
    'SIGWINCH',
  ] as const
  for (const signal of signals) {
    process.kill(daemon.process.pid, signal)
    expect((await daemon.client.identify()).peer.equals(daemon.peer), signal).toBe(true)
  }
})

test('SIGUSR1 prints the connections, and opens no debugger', async () => {
  await using listener = await startDaemon()
  await using daemon = await startDaemon()
  await daemon.client.connect(listener.peer, listener.addrs)
  process.kill(daemon.process.pid, 'SIGUSR1')
  const printed = (): string => daemon.process.output.lines.map(({ text }) => text).join('\n')
  await expect
    .poll(printed)
    .toContain(`1 connections:\n  ${listener.peer} outbound ${listener.addrs[0]}/p2p/${listener.peer}`)
  // what the peer says of itself comes after what is known of the connection
  await expect
    .poll(printed)
    .toMatch(new RegExp(`1 peers:\n  ${listener.peer} agent p2pd/.*\n    protocols: .*/echo/1.0.0`))
  expect(printed()).toMatch(/^p2pd .*, process \d+, up \d+s, [\d.]+ MiB of memory/m)
  expect(printed()).not.toContain('Debugger')
})

test('a daemon whose output nobody reads any more serves on, and idles', async () => {
  const path = join(folder, 'orphan.sock')
  const daemon = spawn(P2PD, ['-listen', `/unix${path}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    await once(daemon.stdout, 'data')
    daemon.stdout.destroy()
    daemon.stderr.destroy()
    await using client = createClient(`/unix${path}`)
    // something to complain about
    const garbage = await client.rawConnection()
    garbage.sendBytes(Uint8Array.of(0))
    await garbage.receive('Response')
    garbage.socket.destroy()
    process.kill(daemon.pid as number, 'SIGUSR1')
    await client.identify()
    const before = await cpuTicks(daemon.pid as number)
    await delay(500)
    expect((await cpuTicks(daemon.pid as number)) - before).toBeLessThan(25)
    await client.identify()
  } finally {
    daemon.kill()
    await once(daemon, 'exit')
  }
})

/** Processor time that a process has used, in hundredths of a second. */
async function cpuTicks(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}
