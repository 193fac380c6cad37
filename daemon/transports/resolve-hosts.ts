import { lookup } from 'node:dns/promises'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { abortable } from '../abort.ts'
import { hostAndPort, shapeOf } from './address.ts'

/** TLS keeps its host name, which the certificate is for. */
const NAMED = /^dns[46]?\/(tcp|tcp\/ws|udp\/quic-v1)$/

/**
 * Puts all IP addresses that a host name has in its place, to be dialled each for itself, as go does. A name that has
 * none is left out, and other addresses stay as they are.
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
  const [, ...rest] = address.getComponents()
  return found.map(({ address: ip, family: version }) => multiaddr(`/ip${version}/${ip}`).encapsulate(multiaddr(rest)))
}
