import type { ContainerSite } from './container/containers.ts'
import { launchContainer, planContainer } from './container/launch.ts'
import { AddressPool } from './container/network.ts'
import type { DaemonFlags } from './flags.ts'
import type { Implementation } from './implementation.ts'
import type { NetworkHost } from './network/network.ts'
import { type DaemonProcess, type LaunchOptions, launch } from './process.ts'

/** Where a daemon runs, and how it and others reach each other. */
export interface Place extends Disposable {
  /** The IP address that it has to itself, or shares. */
  readonly host: string
  /** The command line up to the daemon's flags. */
  readonly command: readonly string[]
  launch(options: LaunchOptions): Promise<DaemonProcess>
}

export const LOOPBACK = '127.0.0.1'

/** Finds a place for a daemon: this machine or a container, either of them perhaps a host of an emulated network. */
export function findPlace(
  { image, command }: Implementation,
  host: NetworkHost | undefined,
  site: ContainerSite | undefined,
): Place {
  if (image === undefined) {
    const enter = host?.enter ?? []
    return { host: host?.ip ?? LOOPBACK, command: [...enter, ...command], launch, [Symbol.dispose]: () => {} }
  }
  if (site === undefined) throw new TypeError(`a container of ${image} is wanted, but no engine was prepared`)
  const pool = host === undefined && site.network ? poolOf(site) : undefined
  const ip = host?.ip ?? pool?.take() ?? LOOPBACK
  const container = planContainer(site, image, host?.container === undefined ? { ip } : { container: host.container })
  return {
    host: ip,
    command: [...container.command, ...command],
    launch: options => launchContainer(container, options),
    [Symbol.dispose]: () => pool?.giveBack(ip),
  }
}

/** The IP address at which daemons reach this process. */
export function harnessHost(site: ContainerSite | undefined): string {
  return site?.network?.gateway ?? LOOPBACK
}

/** Flags are written for daemons that share this machine's loopback interface; elsewhere they listen where they are. */
export function relocate(flags: DaemonFlags, host: string): DaemonFlags {
  if (host === LOOPBACK) return flags
  const moved = (value: string): string => value.replaceAll(`/ip4/${LOOPBACK}/`, `/ip4/${host}/`)
  return Object.fromEntries(
    Object.entries(flags).map(([name, value]) => [name, typeof value === 'string' ? moved(value) : value]),
  )
}

const pools = new Map<string, AddressPool>()

/** One for all cells of a run, which are played in one process. */
function poolOf({ runId, network }: ContainerSite): AddressPool {
  const found = pools.get(runId)
  if (found !== undefined) return found
  if (network === undefined) throw new TypeError('containers without a network have no addresses of their own')
  const made = new AddressPool(network)
  pools.set(runId, made)
  return made
}
