import type { Multiaddr } from '@multiformats/multiaddr'

/**
 * What is left of an address without its values and without the peer at its end: `ip4/tcp/tls/sni/ws`. That is what
 * tells which transport it is of.
 */
export function shapeOf(address: Multiaddr): string {
  const names = address.getComponents().map(({ name }) => name)
  if (names.at(-1) === 'p2p') names.pop()
  return names.join('/')
}

/** An IP address, with its zone if it has one, or host name, and a port of it. */
export interface HostAndPort {
  readonly host: string
  readonly port: number
  /** What the host is by its protocol name: a name in `dns` is of either family. */
  readonly family: 4 | 6 | 'dns'
}

const FAMILIES: Readonly<Record<string, HostAndPort['family']>> = { ip4: 4, ip6: 6, dns: 'dns', dns4: 4, dns6: 6 }

/** The host and port that an address starts with: its transport says that there are some. */
export function hostAndPort(address: Multiaddr): HostAndPort {
  const components = address.getComponents()
  const zone = components[0]?.name === 'ip6zone' ? components.shift()?.value : undefined
  const [host, port] = components
  const name = host?.value as string
  return {
    host: zone === undefined ? name : `${name}%${zone}`,
    port: Number(port?.value),
    family: FAMILIES[host?.name ?? ''] ?? 'dns',
  }
}

/** Writes a host and port as go does: `127.0.0.1:4001`, `[::1]:4001`. */
export function formatHostAndPort({ host, port }: Pick<HostAndPort, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
