import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { probeNetwork } from '../network/ability.ts'
import { holdContainer, probeHosts } from './host.ts'

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

/**
 * An engine whose containers are processes of this machine, entered by the words given, and that says of each that it has
 * the pid given. It writes down what it is asked.
 */
async function fakeEngine(pid: string, enter = ''): Promise<void> {
  const engine = `#!/bin/sh
echo "$*" >>'${folder}/asked'
case "$1" in
  image) echo '{"entrypoint":null,"labels":null}' ;;
  inspect) echo ${pid} ;;
  run) echo $$ >'${folder}/pid'; for name; do :; done; exec ${enter} sh -c 'echo ready; read end' "$name" ;;
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

const { namespaces } = await probeNetwork('machine')
const skipped = namespaces === undefined ? '' : ` (skipped: ${namespaces})`

test.skipIf(namespaces)(
  `a container with a network of its own is a host, and nothing of it stays${skipped}`,
  async () => {
    await fakeEngine(`$(cat '${folder}/pid')`, 'unshare -n')
    expect(await probeHosts()).toEqual({ image: expect.stringMatching(/^p2pd-interop\/network-host:/) })
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim()
    await expect(readFile(`/proc/${pid}/stat`)).rejects.toThrow('ENOENT')
  },
)

test.skipIf(namespaces)(
  `a host is a container without a network, found by its name and its run${skipped}`,
  async () => {
    await fakeEngine(`$(cat '${folder}/pid')`, 'unshare -n')
    const site = { runId: '1a2b', labels: ['--label', 'run=1a2b'], folder, hostImage: 'image' }
    {
      await using host = await holdContainer(site)
      const { container, rights } = host
      expect(rights).toBe('machine')
      expect(await readFile(join(folder, 'asked'), 'utf8')).toContain(
        `run --rm --interactive --pull never --network none --name ${container} --label run=1a2b image ${container}\n`,
      )
      expect(await host.run('ls /sys/class/net >/dev/null; ip -o link | wc -l')).toBe('1\n')
    }
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim()
    await expect(readFile(`/proc/${pid}/stat`)).rejects.toThrow('ENOENT')
  },
)
