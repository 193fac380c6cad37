import { createNamespace, type Rights } from './namespaces.ts'
import type { Topology } from './topology.ts'

/** What this machine can emulate: each undefined, or the reason why it cannot. */
export interface NetworkAbility {
  readonly namespaces?: string
  readonly nat?: string
  readonly delay?: string
  readonly loss?: string
  readonly rate?: string
  readonly cut?: string
  /** Whose the namespaces are to be. */
  readonly rights: Rights
  /** Whether the kernel itself delays, loses and limits; there are substitutes for each. */
  readonly netem: boolean
}

const NAT =
  'iptables -t nat -A POSTROUTING -o one -j MASQUERADE && iptables -A INPUT -m conntrack --ctstate NEW -j DROP'
const LOSS = 'iptables -A FORWARD -m statistic --mode random --probability 0.5 -j DROP'
const RATE = 'tc qdisc add dev one root tbf rate 1mbit burst 16kb latency 100ms'
const CUT = 'iptables -I FORWARD -i one -j DROP'
const NETEM = 'tc qdisc add dev two root netem delay 1ms'
const TUN = 'test -w /dev/net/tun && command -v python3'

const NEEDED = 'needed are unshare, ip, tc and iptables, and permission to make user namespaces'

/** Tries everything out, in a namespace that is thrown away. */
export async function probeNetwork(rights: Rights = 'own'): Promise<NetworkAbility> {
  try {
    await using space = await createNamespace(rights)
    await space.run('ip link add one type veth peer name two')
    const trial = (script: string): Promise<string | undefined> =>
      space.run(script).then(
        () => undefined,
        (error: Error) => error.message,
      )
    const [nat, loss, rate, cut, noNetem, noTun] = [
      await trial(NAT),
      await trial(LOSS),
      await trial(RATE),
      await trial(CUT),
      await trial(NETEM),
      await trial(TUN),
    ]
    const netem = noNetem === undefined
    return {
      ...(nat && { nat }),
      ...(cut && { cut }),
      ...(!netem && loss && { loss }),
      ...(!netem && rate && { rate }),
      ...(!netem && noTun && { delay: `${noNetem}; instead: python3 and a writable /dev/net/tun are needed` }),
      rights,
      netem,
    }
  } catch (error) {
    return { namespaces: `${(error as Error).message}; ${NEEDED}`, rights, netem: false }
  }
}

/** Why a network cannot be built here; undefined when it can. */
export function whyNotBuilt(topology: Topology, ability: NetworkAbility): string | undefined {
  if (ability.namespaces !== undefined) return ability.namespaces
  const reasons = Object.values(topology).flatMap(({ behind, delay, loss, rate, cuttable }) => [
    behind && ability.nat,
    delay && ability.delay,
    loss && ability.loss,
    rate && ability.rate,
    cuttable && ability.cut,
  ])
  return reasons.find(reason => typeof reason === 'string')
}
