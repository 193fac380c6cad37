import { lookup } from 'node:dns/promises'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { abortable } from '../abort.ts'
import { hostAndPort, shapeOf } from './address.ts'

const NAMED = /^dns[46]?\/(tcp(\/(ws|wss|tls\/ws|tls\/sni\/ws))?|udp\/quic-v1)$/

/** An address by TLS keeps the name that its certificate is for. */
const UNNAMED_TLS = /\/(wss|tls\/ws)(?=\/p2p\/|$)/

/**
 * Puts all IP addresses that a host name has in its place, to be dialled each for itself, as go does: also for TLS, which is
 * told the name (`/tls/sni/<name>/ws`). A name that has none is left out, and other addresses stay as they are.
 */
export async function resolveHosts(addresses: readonly Multiaddr[], signal: AbortSignal): Promise<Multiaddr[]> {
  const resolved = await Promise.all(
    addresses.map(address => (NAMED.test(shapeOf(address)) ? resolve(address, signal).catch(() => []) : [address])),
  )
  return resolved.flat()
}

async function resolve(address: Multiaddr, signal: AbortSignal): Promise<Multiaddr[]> {
  const { host, family } = hostAndPort(address)
  const found = await abortable(lookup(host, { all: true, family: family === 'dns' ? 0 : family }), signal)
  const [, ...components] = address.getComponents()
  const rest = multiaddr(components).toString().replace(UNNAMED_TLS, `/tls/sni/${host}/ws`)
  return found.map(({ address: ip, family: version }) => multiaddr(`/ip${version}/${ip}${rest}`))
}
