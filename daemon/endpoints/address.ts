import { isIP } from 'node:net'
import { CODE_UNIX, type Multiaddr } from '@multiformats/multiaddr'
import { AddressError, decodeMultiaddr, parseMultiaddr } from '../multiaddr.ts'

/**
 * Where a local endpoint is: the daemon's own control address, and those at which applications are reached.
 *
 * The text and binary forms are go-libp2p-daemon's: `/unix/tmp/p2pd.sock`, `/ip4/127.0.0.1/tcp/5001`,
 * `/dns4/localhost/tcp/0`, `/ip6zone/eth0/ip6/fe80::1/tcp/0`. What follows the port, such as `/ws` or `/p2p/…`, is accepted and
 * means nothing: the endpoint is plain TCP.
 */
export type Endpoint = UnixEndpoint | TcpEndpoint

/** A Unix socket; the path starts with a slash. */
export interface UnixEndpoint {
  readonly kind: 'unix'
  readonly path: string
}

/** A TCP port. The family is that of the host, or for a host name the one it must resolve to; `dns` takes either. */
export interface TcpEndpoint {
  readonly kind: 'tcp'
  /** An IP address, an IPv6 address with its zone as in `fe80::1%eth0`, or a host name. */
  readonly host: string
  readonly port: number
  readonly family: 4 | 6 | 'dns'
}

/** A well-formed multiaddr that nothing local can be reached at, such as a UDP port. */
export interface OtherEndpoint {
  readonly kind: 'other'
  readonly text: string
}

/**
 * Reads the text form of an endpoint to listen on.
 *
 * @throws AddressError when it is not a multiaddr, or not one of a Unix socket or TCP port
 */
export function parseEndpoint(text: string): Endpoint {
  const address = parseMultiaddr(text)
  const endpoint = toEndpoint(address)
  if (endpoint.kind === 'other') throw new AddressError(describeUnlistenable(address))
  return endpoint
}

/**
 * Reads the binary form of an endpoint to dial. Any well-formed multiaddr passes, as in go, where an address that cannot
 * be dialled shows only when the first stream arrives for it.
 *
 * @throws AddressError when it is not a multiaddr
 */
export function decodeEndpoint(bytes: Uint8Array): Endpoint | OtherEndpoint {
  return toEndpoint(decodeMultiaddr(bytes))
}

/** Writes the text form of an endpoint. */
export function formatEndpoint(endpoint: Endpoint | OtherEndpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `/unix${endpoint.path}`
    case 'tcp': {
      const { host, port, family } = endpoint
      const [ip, zone] = host.split('%')
      if (zone !== undefined) return `/ip6zone/${zone}/ip6/${ip}/tcp/${port}`
      const protocol = isIP(host) === 0 ? `dns${family === 'dns' ? '' : family}` : `ip${isIP(host)}`
      return `/${protocol}/${host}/tcp/${port}`
    }
    case 'other':
      return endpoint.text
  }
}

/** Writes the binary form of an endpoint; a Unix path keeps its leading slash, as in go. */
export function encodeEndpoint(endpoint: Endpoint | OtherEndpoint): Uint8Array {
  return parseMultiaddr(formatEndpoint(endpoint)).bytes
}

const FAMILIES: Readonly<Record<string, TcpEndpoint['family']>> = { ip4: 4, ip6: 6, dns: 'dns', dns4: 4, dns6: 6 }

function toEndpoint(address: Multiaddr): Endpoint | OtherEndpoint {
  const components = address.getComponents()
  const zone = components[0]?.name === 'ip6zone' ? `%${components.shift()?.value}` : ''
  const [first, second] = components
  if (first?.code === CODE_UNIX && zone === '') {
    // py-multiaddr leaves the leading slash out of the bytes.
    const path = first.value as string
    return { kind: 'unix', path: path.startsWith('/') ? path : `/${path}` }
  }
  const family = FAMILIES[first?.name ?? '']
  if (family === undefined || second?.name !== 'tcp' || (zone !== '' && family !== 6)) {
    return { kind: 'other', text: address.toString() }
  }
  return { kind: 'tcp', host: `${first?.value}${zone}`, port: Number(second.value), family }
}

/** Why nothing can listen there: go's words for a UDP port, which it refuses only when it binds. */
function describeUnlistenable(address: Multiaddr): string {
  const [first, second] = address.getComponents()
  if (second?.name === 'udp' && (first?.name === 'ip4' || first?.name === 'ip6')) {
    const host = first.name === 'ip6' ? `[${first.value}]` : first.value
    const place = `${host}:${second.value}`
    return `listen udp${first.name.slice(2)} ${place}: address ${place}: unexpected address type`
  }
  return `cannot listen on ${address}: expected /unix/<path> or /ip4, /ip6, /dns, /dns4 or /dns6/<host>/tcp/<port>`
}
