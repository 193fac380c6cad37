import { execFile } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnGroup } from '../../harness/process-group.ts'
import { until } from '../../harness/until.ts'
import { P2PD, startDaemon } from './start.ts'

/** A peer that nobody is. */
const NOBODY = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-bootstrap-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function stdout({ process: { output } }: Awaited<ReturnType<typeof startDaemon>>): string[] {
  return output.lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text)
}

test('-b: connected before the start-up lines, which end with the peers that were named', async () => {
  await using veteran = await startDaemon(['-dhtServer'])
  const address = `${veteran.addrs[0]}/p2p/${veteran.peer}`
  await using newcomer = await startDaemon(['-dhtServer', '-b', '-bootstrapPeers', address])
  expect((await newcomer.client.listPeers()).map(({ peer }) => peer.toString())).toEqual([veteran.peer.toString()])
  await until(() => stdout(newcomer).at(-1) === address, { deadline: 5_000, what: 'the last start-up line' })
  expect(stdout(newcomer).slice(2)).toEqual(['Peer Addrs:', ...newcomer.addrs.map(String), 'Bootstrap peers:', address])
  expect(await newcomer.client.dht.findPeer(veteran.peer)).toMatchObject({ peer: veteran.peer })
})

test('-bootstrapPeers without -b does nothing', async () => {
  await using daemon = await startDaemon(['-bootstrapPeers', `/ip4/127.0.0.1/tcp/1/p2p/${NOBODY}`])
  expect(await daemon.client.listPeers()).toEqual([])
  expect(stdout(daemon)).not.toContain('Bootstrap peers:')
})

test.each([
  ['none can be reached', `/ip4/127.0.0.1/tcp/1/p2p/${NOBODY}`, 'failed to connect to bootstrap peers'],
  ['an address names no peer', '/ip4/127.0.0.1/tcp/1', 'invalid p2p multiaddr'],
])('-b when %s: exit 1 with go’s text, and no socket file is left', async (_name, peers, message) => {
  const path = join(folder, 'control.sock')
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string; stderr: string }>()
  const args = ['-listen', `/unix${path}`, '-b', '-bootstrapPeers', peers]
  execFile(P2PD, args, (error, stdout, stderr) => resolve({ code: error?.code, stdout, stderr }))
  const run = await promise
  expect({ ...run, stderr: run.stderr.slice('2026/11/24 04:00:00 '.length) }).toEqual({
    code: 1,
    stdout: '',
    stderr: `${message}\n`,
  })
  expect(await exists(path)).toBe(false)
})

test('SIGTERM while it waits for a silent bootstrap peer: ended in order, without start-up lines', async () => {
  const silent = createServer({ pauseOnConnect: true })
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const path = join(folder, 'waiting.sock')
  const peers = `/ip4/127.0.0.1/tcp/${port}/p2p/${NOBODY}`
  const daemon = await spawnGroup([P2PD, '-listen', `/unix${path}`, '-b', '-bootstrapPeers', peers], {})
  await until(() => exists(path), { deadline: 15_000, what: 'the control socket' })
  daemon.kill('SIGTERM')
  expect(await daemon.exited).toMatchObject({ code: 143 })
  expect(daemon.output.lines.map(({ text }) => text)).toEqual([])
  expect(await exists(path)).toBe(false)
  silent.close()
})
