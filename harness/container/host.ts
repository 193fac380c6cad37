import { readFile, readlink } from 'node:fs/promises'
import { HarnessError } from '../errors.ts'
import { hold } from '../network/namespaces.ts'
import type { ContainedHost } from '../network/network.ts'
import { type ContainerSite, openSite } from './containers.ts'
import { docker } from './engine.ts'
import { buildImage } from './image.ts'
import { nextName } from './launch.ts'

/** A container that only waits: what it is about is its network, which is there before a daemon's container joins it. */
const IMAGE = { name: 'network-host', title: 'a host of an emulated network', version: '1', root: '/' }

/** Ends with its input, and so with the harness. The name that is added to it tells its process from all others. */
const SECTION = { files: { '/bin/sh': '/bin/sh' }, command: ['/bin/sh', '-c', 'echo ready; read end'] }

/** The image of such a container. @throws HarnessError ERR_BUILD_FAILED, ERR_ENGINE */
export function buildHostImage(): Promise<string> {
  return buildImage(IMAGE, SECTION, { out: '/' })
}

/** Whether containers can be hosts of emulated networks here: the image of a host, or why not. */
export type HostsState = { readonly image: string } | { readonly missing: string }

/** Finds out by making one, which is thrown away. */
export async function probeHosts(): Promise<HostsState> {
  if (process.getuid?.() !== 0) {
    return { missing: 'only root can put containers on an emulated network, and the harness does not run as root' }
  }
  try {
    const image = await buildHostImage()
    await using opened = await openSite({ isolated: false, folder: '/' })
    await using _host = await holdContainer({ ...opened.site, hostImage: image })
    return { image }
  } catch (error) {
    if (error instanceof HarnessError) return { missing: error.message }
    throw error
  }
}

/**
 * Starts a container without any network but its own loopback interface: a namespace to be attached, which the containers
 * of daemons join.
 *
 * @throws HarnessError ERR_ENGINE, ERR_NETWORK
 */
export async function holdContainer({ runId, labels, hostImage }: ContainerSite): Promise<ContainedHost> {
  if (hostImage === undefined) throw new TypeError('a host is wanted, but no image of one was prepared')
  const container = nextName(runId)
  const options = ['--rm', '--interactive', '--pull', 'never', '--network', 'none', '--name', container, ...labels]
  const namespace = await hold(['docker', 'run', ...options, hostImage, container], 'machine', () => findPid(container))
  return { ...namespace, container }
}

/** The pid of a container's process as it counts here, where the engine may run in some other place altogether. */
async function findPid(container: string): Promise<number> {
  const pid = await docker(['inspect', '--format', '{{.State.Pid}}', container])
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!words.split('\0').includes(container)) {
    const where = 'the engine is remote, or has a process tree of its own'
    throw new HarnessError('ERR_ENGINE', `the process of a container cannot be seen from here: ${where}`)
  }
  const [its, ours] = await Promise.all([readlink(`/proc/${pid}/ns/net`), readlink('/proc/self/ns/net')])
  if (its === ours) throw new HarnessError('ERR_ENGINE', 'the engine gave a container this machine’s network')
  return Number(pid)
}
