import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import manifest from '../../package.json' with { type: 'json' }

/** What `npm publish` would publish, installed as its users install it: from the registry comes all that it depends on. */

const ROOT = join(import.meta.dirname, '../..')

/** In ms; a registry can be slow. */
const INSTALLATION = 5 * 60_000

const run = promisify(execFile)

let folder: string
let bin: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-package-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT })
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')))
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', '--prefix', folder, ...quiet, join(folder, filename)], { cwd: folder })
  bin = join(folder, 'node_modules/.bin')
}, INSTALLATION)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the programs are there, and know who they are', async () => {
  expect((await run(join(bin, 'p2pd'), ['-version'])).stdout).toContain(`p2pd ${manifest.version} `)
  for (const type of ['ed25519', 'rsa', 'secp256k1']) {
    const { stdout } = await run(join(bin, 'p2p-keygen'), ['-t', type, '-f', join(folder, type)])
    expect(stdout).toMatch(/^Peer ID: \S+\n$/)
  }
  expect((await run(join(bin, 'p2p-scenarios'), ['--help'])).stdout).toContain('--impl')
})

test.each(['udp/0/quic-v1', 'tcp/0', 'tcp/0/ws'])('two daemons speak with each other over %s', async address => {
  const start = (role: string, ...flags: string[]): ReturnType<typeof launch> => {
    const listen = ['-listen', `/unix${join(folder, `${role}.sock`)}`, '-hostAddrs', `/ip4/127.0.0.1/${address}`]
    return launch({ command: [join(bin, 'p2pd')], args: [...listen, ...flags], cwd: folder })
  }
  const everything = ['-id', join(folder, 'ed25519'), '-dhtServer', '-pubsub', '-peerstore', join(folder, 'peers')]
  await using listener = await start('listener', ...everything, '-metricsAddr', '127.0.0.1:0', '-pprof')
  await using dialer = await start('dialer')
  await using served = createClient(listener.controlAddress)
  await using client = createClient(dialer.controlAddress)
  const { peer, addrs } = await served.identify()
  await client.connect(peer, addrs)
  const stream = await client.openStream(peer, '/echo/1.0.0')
  stream.end('from a package')
  expect((await buffer(stream)).toString()).toBe('from a package')
  for (const { output } of [listener, dialer]) {
    expect(output.lines.filter(({ text }) => text.includes('\tERROR\t'))).toEqual([])
  }
})
