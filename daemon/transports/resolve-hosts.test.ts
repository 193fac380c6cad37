import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { resolveHosts } from './resolve-hosts.ts'

const PEER = '12D3KooWEw5zsuHCKUJrvEMu3eSox98hzknNifAYGhaqdDms4rMH'

test('host names give way to their addresses; TLS keeps them as what the certificate is for; other addresses stay', async () => {
  const given = [
    ['/dns4/localhost/tcp/1', '/ip4/127.0.0.1/tcp/1'],
    ['/dns4/localhost/udp/2/quic-v1', '/ip4/127.0.0.1/udp/2/quic-v1'],
    ['/dns4/localhost/tcp/3/tls/ws', '/ip4/127.0.0.1/tcp/3/tls/sni/localhost/ws'],
    [`/dns4/localhost/tcp/4/wss/p2p/${PEER}`, `/ip4/127.0.0.1/tcp/4/tls/sni/localhost/ws/p2p/${PEER}`],
    ['/dns4/localhost/tcp/5/tls/sni/example.com/ws', '/ip4/127.0.0.1/tcp/5/tls/sni/example.com/ws'],
    ['/ip6/::1/tcp/6', '/ip6/::1/tcp/6'],
  ] as const
  const resolved = await resolveHosts(
    given.map(([text]) => multiaddr(text)),
    new AbortController().signal,
  )
  expect([...new Set(resolved.map(String))]).toEqual(given.map(([, expected]) => expected))
})

test('a name that has no address is left out', async () => {
  const none = multiaddr('/dns4/no-such-host.invalid/tcp/443/wss')
  expect(await resolveHosts([none, multiaddr('/ip4/127.0.0.1/tcp/1')], new AbortController().signal)).toHaveLength(1)
})
