import { HarnessError } from '../errors.ts'
import { docker } from './engine.ts'

/** A network of a run's own, on which every container has an address that the harness gives it. */
export interface ContainerNetwork {
  readonly name: string
  /** Its interface on this machine. */
  readonly bridge: string
  /** This machine's address on it. */
  readonly gateway: string
  /** The first address, as a number, and how many there are. */
  readonly first: number
  readonly count: number
}

/** Others may take a free range first. */
const TRIES = 5

/**
 * Creates the network, without a way out of it.
 *
 * Addresses can be chosen only in a range that was named, and only the engine knows one that is free: so it is asked for
 * a network first, and then told to make it again with the range that it has chosen.
 *
 * @throws HarnessError ERR_ENGINE
 */
export async function createNetwork(runId: string, labels: readonly string[]): Promise<ContainerNetwork> {
  const name = `p2pd-${runId}`
  const bridge = `p2pd${runId}`
  const create = ['network', 'create', '--internal', '--opt', `com.docker.network.bridge.name=${bridge}`]
  for (let left = TRIES; ; left--) {
    await docker([...create, ...labels, name])
    const format = '{{(index .IPAM.Config 0).Subnet}} {{(index .IPAM.Config 0).Gateway}}'
    const [subnet = '', given = ''] = (await docker(['network', 'inspect', '--format', format, name])).split(' ')
    const range = parseSubnet(subnet)
    // engines leave out the gateway's address where it is the usual one
    const gateway = given === '' || given === '<no' ? formatIp(range.first + 1) : given
    await docker(['network', 'rm', name])
    try {
      await docker([...create, '--subnet', subnet, '--gateway', gateway, ...labels, name])
      return { name, bridge, gateway, ...range }
    } catch (error) {
      if (left <= 1) throw error
    }
  }
}

/** Hands out addresses, the one that was given back longest ago first: late packets meet nobody new. */
export class AddressPool {
  readonly #free: number[]

  constructor({ first, count, gateway }: Pick<ContainerNetwork, 'first' | 'count' | 'gateway'>) {
    const all = Array.from({ length: Math.min(count, MOST_ADDRESSES) }, (_, index) => first + index)
    // the first and the last belong to the network itself
    this.#free = all.slice(1, -1).filter(ip => formatIp(ip) !== gateway)
  }

  /** @throws HarnessError ERR_ENGINE when all are taken */
  take(): string {
    const ip = this.#free.shift()
    if (ip === undefined) throw new HarnessError('ERR_ENGINE', 'the network of the containers has no free address')
    return formatIp(ip)
  }

  giveBack(ip: string): void {
    this.#free.push(parseIp(ip))
  }
}

/** Nobody plays with more daemons at a time. */
const MOST_ADDRESSES = 4096

/** @throws HarnessError ERR_ENGINE for anything but an IPv4 range */
export function parseSubnet(text: string): { readonly first: number; readonly count: number } {
  const [, ip, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? []
  if (ip === undefined) throw new HarnessError('ERR_ENGINE', `the engine made a network of ${text}; expected IPv4`)
  return { first: parseIp(ip), count: 2 ** (32 - Number(bits)) }
}

function parseIp(text: string): number {
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

export function formatIp(ip: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(ip / 2 ** shift) % 256).join('.')
}
