import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { resolveHosts } from './resolve-hosts.ts'

test('host names give way to their addresses, but for TLS and for other kinds of address', async () => {
  const given = [
    '/dns4/localhost/tcp/1',
    '/dns4/localhost/udp/2/quic-v1',
    '/dns4/localhost/tcp/3/tls/ws',
    '/ip6/::1/tcp/4',
  ]
  const resolved = await resolveHosts(
    given.map(text => multiaddr(text)),
    new AbortController().signal,
  )
  const texts = new Set(resolved.map(String))
  expect([...texts]).toEqual(['/ip4/127.0.0.1/tcp/1', '/ip4/127.0.0.1/udp/2/quic-v1', ...given.slice(2)])
})
