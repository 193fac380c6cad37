import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { probeHosts } from './host.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-host-'))
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  vi.spyOn(process, 'getuid').mockReturnValue(0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** An engine whose containers are processes of this machine, and that says of each that it has the pid given. */
async function fakeEngine(pid: string): Promise<void> {
  const engine = `#!/bin/sh
case "$1" in
  image) echo '{"entrypoint":null,"labels":null}' ;;
  inspect) echo ${pid} ;;
  run) echo $$ >'${folder}/pid'; for name; do :; done; exec sh -c 'echo ready; read end' "$name" ;;
esac
`
  await writeFile(join(folder, 'docker'), engine)
  await chmod(join(folder, 'docker'), 0o755)
}

test('without root’s rights the engine is not even asked', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
  await writeFile(join(folder, 'docker'), '')
  expect(await probeHosts()).toEqual({ missing: expect.stringContaining('the harness does not run as root') })
})

test('a container whose process is not one of this machine is no host', async () => {
  await fakeEngine('1')
  const reason = 'the process of a container cannot be seen from here: the engine is remote'
  expect(await probeHosts()).toEqual({ missing: expect.stringContaining(reason) })
})

test('nothing is ever done to a container that is on this machine’s own network', async () => {
  await fakeEngine(`$(cat '${folder}/pid')`)
  expect(await probeHosts()).toEqual({ missing: 'the engine gave a container this machine’s network' })
})
