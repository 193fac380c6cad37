import { isIPv4, isIPv6 } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import { ClientError } from './errors.ts'

/**
 * Where a control socket or a handler listens; the only kinds of multiaddr the control protocol has a use for. An IPv6 host has
 * its zone with it, as in `fe80::1%eth0`.
 */
export type Address =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly protocol: HostProtocol; readonly host: string; readonly port: number }

type HostProtocol = 'ip4' | 'ip6' | 'dns' | 'dns4' | 'dns6'

const TCP_ADDRESS =
  /^(?:\/ip6zone\/(?<zone>[^/%]+)(?=\/ip6\/))?\/(?<protocol>ip4|ip6|dns|dns4|dns6)\/(?<host>[^/%]+)\/tcp\/(?<port>\d{1,5})$/
const MAX_PORT = 65_535

/** The code of `/unix` in the multiaddr table. */
const UNIX_CODE = 400

/**
 * Reads `/unix/<path>`, `/ip4|ip6/<host>/tcp/<port>`, which may begin with `/ip6zone/<zone>`, or `/dns|dns4|dns6/<name>/tcp/<port>`.
 *
 * Not left to `@multiformats/multiaddr`, which wants a Unix path percent-encoded where go prints and takes it plain.
 *
 * @throws ClientError ERR_ADDRESS_INVALID
 */
export function parseAddress(text: string): Address {
  if (text.startsWith('/unix/') && text.length > '/unix/'.length) {
    return { kind: 'unix', path: text.slice('/unix'.length) }
  }
  const { zone, protocol, host, port } = (TCP_ADDRESS.exec(text)?.groups ?? {}) as Record<string, string | undefined>
  if (protocol === undefined || host === undefined || Number(port) > MAX_PORT || !isHost(protocol, host)) {
    throw new ClientError(
      'ERR_ADDRESS_INVALID',
      `expected /unix/<path>, /ip4|ip6/<host>/tcp/<port> or /dns|dns4|dns6/<name>/tcp/<port>, got ${JSON.stringify(text)}`,
    )
  }
  const zoned = zone === undefined ? host : `${host}%${zone}`
  return { kind: 'tcp', protocol: protocol as HostProtocol, host: zoned, port: Number(port) }
}

function isHost(protocol: string, host: string): boolean {
  if (protocol === 'ip4') return isIPv4(host)
  if (protocol === 'ip6') return isIPv6(host)
  return true
}

/** Writes an address the way go prints it; the inverse of {@link parseAddress}. */
export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `/unix${address.path}`
  const [host, zone] = address.host.split('%')
  return `${zone === undefined ? '' : `/ip6zone/${zone}`}/${address.protocol}/${host}/tcp/${address.port}`
}

/** Encodes an address as a binary multiaddr, as STREAM_HANDLER carries it. */
export function encodeAddress(address: Address): Uint8Array {
  return address.kind === 'unix'
    ? multiaddr([{ code: UNIX_CODE, name: 'unix', value: address.path }]).bytes
    : multiaddr(formatAddress(address)).bytes
}

/**
 * Renders a binary multiaddr of any kind as go would.
 *
 * @throws Error when the bytes are no multiaddr
 */
export function formatMultiaddr(bytes: Uint8Array): string {
  const address = multiaddr(bytes)
  const [first] = address.getComponents()
  return first?.code === UNIX_CODE ? `/unix${first.value}` : address.toString()
}

/** What `net.connect` and `server.listen` want to be told of an address. */
export function socketOptions(address: Address): { path: string } | { host: string; port: number; family: number } {
  if (address.kind === 'unix') return { path: address.path }
  const { protocol, host, port } = address
  return { host, port, family: protocol.endsWith('4') ? 4 : protocol.endsWith('6') ? 6 : 0 }
}
