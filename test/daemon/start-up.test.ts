import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import manifest from '../../package.json' with { type: 'json' }
import { P2PD, startDaemon } from './start.ts'

const run = promisify(execFile)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-start-up-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('-version prints the version and what it is compatible with, and does nothing else', async () => {
  const { stdout, stderr } = await run(P2PD, ['-version', '-f', '/no/such/file', '-listen', 'nonsense'])
  expect(stdout).toMatch(/^p2pd \S+ \(protocol go-libp2p-daemon v0\.9\.2, revision \d+; node v\d+\.\d+\.\d+\)\n$/)
  expect(stdout).toContain(`p2pd ${manifest.version} `)
  expect(stderr).toBe('')
})

/** Starts a daemon with this cache folder, uses it, and ends it. */
async function live(caches: string): Promise<void> {
  const environment = { XDG_CACHE_HOME: caches }
  const listen = `/unix${folder}/control.sock`
  await using daemon = await launch({ command: [P2PD], args: ['-listen', listen], env: environment })
  await using client = createClient(daemon.controlAddress)
  await client.identify()
  expect(await daemon.stop()).toEqual({ code: 143, signal: null })
  expect(daemon.output.lines.filter(({ stream }) => stream === 'stderr')).toEqual([])
}

test('compiled code is kept in the user’s cache', async () => {
  await live(folder)
  expect(await readdir(join(folder, 'p2pd/compiled'))).not.toEqual([])
  await live(folder)
})

test('a cache that others can write is not used', async () => {
  await mkdir(join(folder, 'p2pd/compiled'), { recursive: true })
  await chmod(join(folder, 'p2pd/compiled'), 0o777)
  await live(folder)
  expect(await readdir(join(folder, 'p2pd/compiled'))).toEqual([])
})

test('a cache that cannot be is missed by nobody', async () => {
  await writeFile(join(folder, 'p2pd'), 'a file')
  await live(folder)
})

test('TLS is there when it is needed', async () => {
  await using listener = await startDaemon()
  await using dialer = await startDaemon(['-noise=false'])
  await dialer.client.connect(listener.peer, listener.addrs)
  const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  stream.end('over TLS')
  expect((await buffer(stream)).toString()).toBe('over TLS')
})
