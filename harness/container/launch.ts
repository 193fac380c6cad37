import { HarnessError } from '../errors.ts'
import { type DaemonProcess, type LaunchOptions, launch } from '../process.ts'
import type { ContainerSite } from './containers.ts'
import { docker } from './engine.ts'
import type { ContainerNetwork } from './network.ts'

/** What `docker run` exits with when the container could not be made at all. */
const ENGINE_FAILED = /exited with code 125 /

/** Milliseconds: the engine's own time is no fault of the daemon. */
const READY_WITHIN = 60_000

let count = 0

/** What a container of a run is called. */
export function nextName(runId: string): string {
  count += 1
  return `p2pd-${runId}-${process.pid}-${count}`
}

/** The network that a container is on: with an address of the site's, or that of another container. */
export type Attachment = { readonly ip: string } | { readonly container: string }

/** A container that is to be: its name, and the command line that runs it in the foreground. */
export interface PlannedContainer {
  readonly name: string
  readonly command: readonly string[]
}

/**
 * Puts the command line together that runs an image: as the user who runs the harness, so that sockets and keys belong to
 * the same one on both sides, and never fetched from anywhere.
 *
 * @param attachment its address counts only where the site has a network
 */
export function planContainer(
  { runId, labels, network, folder }: ContainerSite,
  image: string,
  attachment: Attachment,
): PlannedContainer {
  const name = nextName(runId)
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.()}`]
  return {
    name,
    command: [
      ...['docker', 'run', '--rm', '--pull', 'never', '--name', name, ...labels, ...user],
      ...networkWords(attachment, network),
      ...['--volume', `${folder}:${folder}`, '--tmpfs', '/tmp', '--env', 'HOME=/tmp', '--env', 'TMPDIR=/tmp'],
      image,
    ],
  }
}

function networkWords(attachment: Attachment, network: ContainerNetwork | undefined): string[] {
  if ('container' in attachment) return ['--network', `container:${attachment.container}`]
  return network === undefined ? ['--network', 'host'] : ['--network', network.name, '--ip', attachment.ip]
}

/**
 * Runs a planned container like any daemon. The client passes SIGTERM on; what would kill a daemon kills no more than
 * the client, so the container is removed behind it.
 *
 * @throws what {@link launch} throws; ERR_ENGINE when there is no container
 */
export async function launchContainer({ name }: PlannedContainer, options: LaunchOptions): Promise<DaemonProcess> {
  try {
    const daemon = await launch({ readyWithin: READY_WITHIN, ...options })
    const gone = daemon.exited.then(async exit => {
      if (exit.signal !== null) await remove(name)
      return exit
    })
    const stop = async () => {
      await daemon.stop()
      return gone
    }
    return { ...daemon, exited: gone, stop, [Symbol.asyncDispose]: async () => void (await stop()) }
  } catch (error) {
    await remove(name)
    const failed = error instanceof HarnessError && ENGINE_FAILED.test(error.message)
    throw failed ? new HarnessError('ERR_ENGINE', error.message, { cause: error }) : error
  }
}

/** The end of the run sweeps what cannot be removed now. */
async function remove(name: string): Promise<void> {
  await docker(['rm', '--force', '--volumes', name]).catch(() => undefined)
}
