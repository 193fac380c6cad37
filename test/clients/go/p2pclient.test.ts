import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { adHoc } from '../../../harness/ad-hoc.ts'
import { build } from '../../../harness/build.ts'
import { findExecutable } from '../../../harness/executable.ts'
import { launch } from '../../../harness/process.ts'
import { describeExit, spawnGroup } from '../../../harness/process-group.ts'

/** The Go client that others wrote, against this repository's daemon, or against the command line in `$P2PD`. */

const root = join(import.meta.dirname, '../../..')
const daemon = await adHoc('daemon', process.env.P2PD ?? 'bin/p2pd', root)

const go = await findExecutable('go')
const title = go === undefined ? 'the Go client (skipped: go is not installed)' : 'the Go client'

/** Downloads a toolchain and compiles on a cold machine. */
const BUILD_TIMEOUT = 300_000
const RUN_TIMEOUT = 60_000

describe.skipIf(go === undefined)(title, () => {
  let client: string

  beforeAll(async () => {
    const recipe = {
      name: 'test-client-go',
      title: 'the Go client',
      dir: import.meta.dirname,
      root,
      build: {
        needs: [{ command: 'go', hint: 'apt-get install golang-go' }],
        inputs: ['*.go', 'go.mod', 'go.sum'],
        env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'go1.25.14' },
        run: ['go', 'test', '-c', '-trimpath', '-o', '{out}/p2pclient.test', '.'],
        outputs: ['{out}/p2pclient.test'],
      },
    }
    const built = await build(recipe, { signal: AbortSignal.timeout(BUILD_TIMEOUT) })
    if (built.status === 'missing') throw new Error(built.reason)
    client = join(built.out, 'p2pclient.test')
  }, BUILD_TIMEOUT)

  test.for([
    ['Unix', (folder: string, name: string) => `/unix${folder}/${name}.sock`],
    ['TCP', () => '/ip4/127.0.0.1/tcp/0'],
  ] as const)(
    'gets on with two daemons over %s control sockets',
    { timeout: RUN_TIMEOUT },
    async ([, listenAddress], { signal, onTestFinished }) => {
      const folder = await mkdtemp(join(tmpdir(), 'p2pd-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      const start = (name: string) =>
        launch({
          command: daemon.command,
          args: ['-listen', listenAddress(folder, name), '-hostAddrs', '/ip4/127.0.0.1/tcp/0'],
          signal,
        })
      await using a = await start('a')
      await using b = await start('b')

      const run = await spawnGroup([client, '-test.v'], {
        env: { P2PD_A: a.controlAddress, P2PD_B: b.controlAddress },
        signal,
      })
      const exit = await run.exited
      const report = [run.output, a.output, b.output].map(output => output.tail(100)).join('\n')
      expect(describeExit(exit), report).toBe('exited with code 0')
      expect(report).toMatch(/^--- PASS: TestStreams/m)
    },
  )
})
