import type { NetworkAbility } from './ability.ts'
import { DELAY_PROGRAM } from './delay.ts'
import { createNamespace, createSibling, type Namespace } from './namespaces.ts'
import { type Attachment, addressesOf, type HostAddresses, type Topology } from './topology.ts'

/** A host that is attached: its addresses, and how a program gets there. */
export interface NetworkHost extends HostAddresses {
  /** What a command line is preceded by to run on it. */
  readonly enter: readonly string[]
  /** The container that is this host, for other containers to join; absent for a plain namespace. */
  readonly container?: string
}

/** Makes the host of a role otherwise than as a plain namespace; undefined where it is to be one. */
export type HostMaker = (role: string) => Promise<ContainedHost> | undefined

/** A host that is a container. */
export interface ContainedHost extends Namespace {
  readonly container: string
}

/** What a check can do to its network. */
export interface NetworkControls {
  readonly hosts: Readonly<Record<string, HostAddresses>>
  /** From now on nothing goes to or from the host of a role, and nobody is told. */
  cut(role: string): Promise<void>
  /** Gives the host of a role one more address, at which others reach it. */
  addAddress(role: string): Promise<string>
  /** Gives the host of a role another address instead of its own, as when a machine is carried to another network. */
  changeAddress(role: string): Promise<string>
}

/** A network that exists; nothing of it is left when it is disposed of, or when this process ends. */
export interface Network extends NetworkControls, AsyncDisposable {
  readonly hosts: Readonly<Record<string, NetworkHost>>
  /** Where all packets pass by. */
  readonly middle: Namespace
}

interface Site extends HostAddresses {
  readonly role: string
  readonly index: number
  readonly attachment: Attachment
  readonly host: Namespace & Partial<ContainedHost>
  /** Where the link from the middle ends: at the host itself, or its router. */
  readonly outside: Namespace
}

/**
 * Builds the network that a topology describes, of network namespaces: one in the middle that passes packets on, one for
 * each host, and one for each router that hides a host.
 *
 * @throws HarnessError ERR_NETWORK
 */
export async function buildNetwork(
  topology: Topology,
  { rights, netem }: NetworkAbility,
  makeHost: HostMaker = () => undefined,
): Promise<Network> {
  await using stack = new AsyncDisposableStack()
  const middle = stack.use(await createNamespace(rights))
  const making = Object.entries(topology).map(async ([role, attachment], position): Promise<Site> => {
    const index = position + 1
    const host = stack.use(await (makeHost(role) ?? createSibling(middle)))
    const outside = attachment.behind === undefined ? host : stack.use(await createSibling(middle))
    return { role, index, attachment, host, outside, ...addressesOf(attachment, index) }
  })
  // none is made any more when one that failed is reported
  await Promise.allSettled(making)
  const sites = await Promise.all(making)
  await middle.run('ip link set lo up; echo 1 > /proc/sys/net/ipv4/ip_forward')
  await Promise.all(
    sites.map(async site => {
      await connectToMiddle(site, middle, netem)
      if (site.outside !== site.host) await putBehindRouter(site)
      else await site.host.run(configure('out', site.ip, site.gateway))
    }),
  )
  const find = (role: string): Site => {
    const site = sites.find(other => other.role === role)
    if (site === undefined) throw new TypeError(`there is no host for ${role} on this network`)
    return site
  }
  const owned = stack.move()
  return {
    middle,
    hosts: Object.fromEntries(
      sites.map(({ role, ip, seen, gateway, host: { enter, container } }) => [
        role,
        { ip, seen, gateway, enter, ...(container !== undefined && { container }) },
      ]),
    ),
    async cut(role) {
      const { index } = find(role)
      await middle.run(`iptables -I FORWARD -i in${index} -j DROP; iptables -I FORWARD -o in${index} -j DROP`)
    },
    async addAddress(role) {
      const { index, outside } = find(role)
      const added = `9.9.${index}.3`
      await outside.run(`ip address add ${added}/24 dev out`)
      return added
    },
    async changeAddress(role) {
      const { index, outside } = find(role)
      const other = `9.9.${index}.4`
      await outside.run(`ip address flush dev out; ${configure('out', other, `9.9.${index}.1`)}`)
      return other
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The link: `in<index>` in the middle, `out` at the other end. */
async function connectToMiddle({ index, attachment, outside }: Site, middle: Namespace, netem: boolean): Promise<void> {
  const { delay = 0, loss = 0, rate = 0 } = attachment
  const [near, far] = [`in${index}`, `far${index}`]
  if (delay > 0 && !netem) {
    await middle.keep(['python3', '-S', '-c', DELAY_PROGRAM, near, far, String(delay)])
  } else {
    await middle.run(`ip link add ${near} type veth peer name ${far}`)
  }
  await middle.run(`
    ip link set ${far} netns ${outside.pid}
    ip address add 9.9.${index}.1/24 dev ${near}
    ip link set ${near} up
  `)
  await outside.run(`ip link set lo up; ip link set ${far} name out; ip link set out up`)
  if (netem && delay + loss + rate > 0) {
    const queue = (device: string): string =>
      `tc qdisc add dev ${device} root netem delay ${delay}ms loss ${loss * 100}%${rate > 0 ? ` rate ${rate}mbit` : ''}`
    await Promise.all([middle.run(queue(near)), outside.run(queue('out'))])
    return
  }
  if (loss > 0) {
    const lose = (way: string): string =>
      `iptables -A FORWARD ${way} ${near} -m statistic --mode random --probability ${loss} -j DROP`
    await middle.run(`${lose('-i')}; ${lose('-o')}`)
  }
  if (rate > 0) {
    const queue = (device: string): string =>
      `tc qdisc add dev ${device} root tbf rate ${rate}mbit burst 16kb latency 200ms`
    await Promise.all([middle.run(queue(near)), outside.run(queue('out'))])
  }
}

/** A router between the link and the host. What comes in uncalled is dropped, as if nobody were there. */
async function putBehindRouter({ ip, gateway, index, attachment, outside: router, host }: Site): Promise<void> {
  const ports = attachment.behind === 'symmetric-nat' ? ' --random-fully' : ''
  await router.run(`
    ip link add inside type veth peer name out netns ${host.pid}
    ip address add ${gateway}/24 dev inside
    ip link set inside up
    ip address add 9.9.${index}.2/24 dev out
    ip route add default via 9.9.${index}.1
    echo 1 > /proc/sys/net/ipv4/ip_forward
    iptables -t nat -A POSTROUTING -o out -j MASQUERADE${ports}
    for chain in INPUT FORWARD; do
      iptables -A $chain -i out -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
      iptables -A $chain -i out -j DROP
    done
  `)
  await host.run(`ip link set lo up; ip link set out up; ${configure('out', ip, gateway)}`)
}

function configure(device: string, ip: string, gateway: string): string {
  return `ip address add ${ip}/24 dev ${device}; ip route add default via ${gateway}`
}
