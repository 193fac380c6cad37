import { HarnessError } from '../errors.ts'
import { type DaemonProcess, type LaunchOptions, launch } from '../process.ts'
import type { ContainerSite } from './containers.ts'
import { docker } from './engine.ts'

/** What `docker run` exits with when the container could not be made at all. */
const ENGINE_FAILED = /exited with code 125 /

/** Milliseconds: the engine's own time is no fault of the daemon. */
const READY_WITHIN = 60_000

let count = 0

/** A container that is to be: its name, and the command line that runs it in the foreground. */
export interface PlannedContainer {
  readonly name: string
  readonly command: readonly string[]
}

/**
 * Puts the command line together that runs an image: as the user who runs the harness, so that sockets and keys belong to
 * the same one on both sides, and never fetched from anywhere.
 *
 * @param ip its address on the site's network
 */
export function planContainer(
  { runId, labels, network, folder }: ContainerSite,
  image: string,
  ip: string,
): PlannedContainer {
  count += 1
  const name = `p2pd-${runId}-${process.pid}-${count}`
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.()}`]
  return {
    name,
    command: [
      ...['docker', 'run', '--rm', '--pull', 'never', '--name', name, ...labels, ...user],
      ...(network === undefined ? ['--network', 'host'] : ['--network', network.name, '--ip', ip]),
      ...['--volume', `${folder}:${folder}`, '--tmpfs', '/tmp', '--env', 'HOME=/tmp', '--env', 'TMPDIR=/tmp'],
      image,
    ],
  }
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
