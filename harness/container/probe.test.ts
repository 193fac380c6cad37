import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-probe-'))
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  vi.resetModules()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** Asks an engine, that has every image, and runs what it is told in some way of its own. */
async function probeFake(run: string): Promise<unknown> {
  const engine = `#!/bin/sh
case "$1" in
  version) echo 1.2.3 ;;
  image) echo '{"entrypoint":null,"labels":null}' ;;
  run) while [ "$1" != -c ]; do shift; done; ${run} ;;
esac
`
  await writeFile(join(folder, 'docker'), engine)
  await chmod(join(folder, 'docker'), 0o755)
  const { probeEngine } = await import('./probe.ts')
  return probeEngine()
}

test('an engine that sees the files of this machine can be used', async () => {
  expect(await probeFake('exec sh "$@"')).toEqual({ version: '1.2.3' })
})

test('a remote engine cannot, and the reason is told', async () => {
  const missing = expect.stringMatching(/^the container engine does not see the files of .*: it is remote, or /)
  expect(await probeFake('exec sh -c "$2" /nowhere/else')).toEqual({ missing })
})

test('one that runs no container cannot', async () => {
  const missing = 'the container engine runs nothing: docker run: no space left on device'
  expect(await probeFake('echo no space left on device >&2; exit 125')).toEqual({ missing })
})
