import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { DHTRequest, Request } from '../../proto/codec.ts'
import { P2PD, startDaemon, type TestDaemon } from './start.ts'

const stderrOf = ({ process }: TestDaemon): string[] =>
  process.output.lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text)

/** Waits for a line of the log that matches, and gives it. */
const logged = (daemon: TestDaemon, line: RegExp): Promise<string> =>
  until(() => stderrOf(daemon).find(text => line.test(text)), { deadline: 10_000, what: `a line like ${line}` })

/** Sends the daemon something that it hangs up on. */
async function offend(daemon: TestDaemon): Promise<void> {
  const connection = await daemon.client.rawConnection()
  connection.sendBytes(Uint8Array.of(3, 0x08, 0xff, 0x7f))
  await once(connection.socket.resume(), 'end')
  connection.socket.destroy()
}

const TEXT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d{4})\t[A-Z]+\t[\w:.-]+\t[^\t]*(?:\t\{.*\})?$/

test('by default it says what an operator should know, and nothing else', async () => {
  await using daemon = await startDaemon()
  await daemon.client.identify()
  await offend(daemon)
  const line = await logged(daemon, /hung up on a client/)
  expect(line).toMatch(TEXT)
  expect(line).toMatch(/\tWARN\tcontrol\thung up on a client: .*\t\{"connection":\d+,"transport":"unix"\}$/)
  expect(stderrOf(daemon)).toHaveLength(1)
})

test('each component has its level', async () => {
  await using daemon = await startDaemon(['-log', 'error,process=info,control=debug', '-dhtServer'])
  await daemon.client.request({ type: Request.Type.DHT, dht: { type: DHTRequest.Type.FIND_PEER } }).catch(() => {})
  await logged(daemon, /\tDEBUG\tcontrol\trequest\t.*"name":"DHT_FIND_PEER","outcome":"ERR_REQUEST_MALFORMED"/)
  await logged(daemon, /\tINFO\tprocess\tstarted\t/)
  expect(await daemon.process.stop()).toMatchObject({ code: 143 })
  await logged(daemon, /\tINFO\tprocess\tstopping\t\{"signal":"SIGTERM"\}/)
  const components = new Set(stderrOf(daemon).map(line => line.split('\t')[2]))
  expect([...components].toSorted()).toEqual(['control', 'process'])
})

test('as JSON, an object a line', async () => {
  await using daemon = await startDaemon(['-logFormat', 'json', '-log', 'debug,libp2p=trace'])
  await using other = await startDaemon()
  await other.client.connect(daemon.peer, daemon.addrs)
  await logged(daemon, /connection opened/)
  const lines = stderrOf(daemon).map(line => JSON.parse(line))
  expect(lines.find(({ msg }) => msg === 'connection opened')).toMatchObject({
    level: 'debug',
    logger: 'host',
    ts: expect.stringMatching(/^\d{4}-/),
    peer: other.peer.toString(),
    direction: 'inbound',
  })
  expect(lines.some(({ logger }) => logger.startsWith('libp2p:'))).toBe(true)
})

test('what peers and clients make up stays on its line', async () => {
  await using daemon = await startDaemon(['-log', 'trace'])
  await using other = await startDaemon()
  const name = `/evil\r\t\x1b[2J\x07/2026-01-01T00:00:00.000Z\tERROR\tprocess\tforged${'x'.repeat(500)}`
  await other.client.handle(name, stream => void stream.end())
  await daemon.client.connect(other.peer, other.addrs)
  const stream = await daemon.client.openStream(other.peer, name)
  stream.destroy()
  await logged(daemon, /"protocols":.*\/evil\\\\?r/)
  for (const line of stderrOf(daemon)) {
    expect(line).toMatch(TEXT)
    expect(line.length).toBeLessThan(20_000)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(line.replaceAll('\t', '')).not.toMatch(/[\x00-\x1f\x7f]/)
  }
  expect(stderrOf(daemon).filter(line => line.includes('\tERROR\t'))).toEqual([])
})

test('GOLOG_LOG_LEVEL is honoured, and -log wins over it', async () => {
  const env = { GOLOG_LOG_LEVEL: 'error,swarm2=debug,p2pd=debug' }
  await using daemon = await startDaemon([], env)
  await daemon.client.identify()
  await logged(daemon, /\tDEBUG\tcontrol\trequest\t/)
  expect(stderrOf(daemon).filter(line => line.includes('libp2p'))).toEqual([])
  await using quiet = await startDaemon(['-log', 'error'], env)
  await offend(quiet)
  expect(stderrOf(quiet)).toEqual([])
})

test('an unknown configuration key is noticed, and the nearest one named', async () => {
  const child = execFile(P2PD, ['-q', '-i', '-listen', '/unix/no/such/folder/x'])
  child.stdin?.end('{"Quite": true, "ConnectionManager": {"GradePeriod": 1}}')
  let stderr = ''
  child.stderr?.on('data', text => {
    stderr += text
  })
  await once(child, 'close')
  expect(stderr.split('\n').map(line => line.split('\t').slice(1).join(' '))).toEqual([
    'WARN config unknown configuration key "Quite"; did you mean "Quiet"?',
    'WARN config unknown configuration key "ConnectionManager.GradePeriod"; did you mean "GracePeriod"?',
    '',
    '',
  ])
})
