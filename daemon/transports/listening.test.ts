import { type AddressInfo, createServer } from 'node:net'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { startHost } from '../test-host.ts'
import { checkListenable, resolveListenAddresses } from './listening.ts'

/** Where a host that is told to listen there says that it does. */
async function listen(...addresses: string[]): Promise<string[]> {
  await using host = await startHost('-hostAddrs', addresses.join(','))
  return host.addresses.map(String)
}

test.each([
  ['/ip4/127.0.0.1/udp/0', 'no transport for protocol'],
  ['/ip4/127.0.0.1/udp/0/quic', 'no transport for protocol'],
  ['/unix/tmp/peers.sock', 'no transport for protocol'],
  ['/ip4/192.0.2.99/tcp/0', 'listen tcp4 192.0.2.99:0: bind: cannot assign requested address'],
  ['/ip4/192.0.2.99/tcp/0/ws', 'listen tcp4 192.0.2.99:0: bind: cannot assign requested address'],
  ['/ip4/192.0.2.99/udp/0/quic-v1', 'listen udp4 192.0.2.99:0: bind: cannot assign requested address'],
  ['/ip4/127.0.0.1/tcp/0/wss', 'cannot listen on wss address /ip4/127.0.0.1/tcp/0/wss without a tls.Config'],
  [
    '/ip4/127.0.0.1/udp/0/webrtc-direct',
    'WebRTC needs the package @libp2p/webrtc beside p2pd, which cannot be loaded: npm install @libp2p/webrtc',
  ],
])('%s alone ends the start in go’s words', async (address, reason) => {
  await expect(listen(address)).rejects.toThrow(`failed to listen on any addresses: [${reason}]`)
})

test('one address that works is enough', async () => {
  expect(await listen('/ip4/127.0.0.1/udp/0', '/ip4/127.0.0.1/udp/0/quic-v1')).toEqual([
    expect.stringMatching(/^\/ip4\/127\.0\.0\.1\/udp\/[1-9]\d*\/quic-v1$/),
  ])
})

test('a port that is taken is named', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await expect(listen(`/ip4/127.0.0.1/tcp/${port}/ws`)).rejects.toThrow(
    `failed to listen on any addresses: [listen tcp4 127.0.0.1:${port}: bind: address already in use]`,
  )
  server.close()
})

test('WebTransport is refused whatever else there is', () => {
  const addresses = ['/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/udp/0/quic-v1/webtransport'].map(text => multiaddr(text))
  expect(() => checkListenable(addresses)).toThrow(
    'cannot listen on /ip4/127.0.0.1/udp/0/quic-v1/webtransport: WebTransport is not supported',
  )
})

test('host names are resolved for TCP and QUIC; a doubled address counts once, unless its port is any', async () => {
  const given = [
    '/dns4/localhost/tcp/1',
    '/ip4/127.0.0.1/tcp/1',
    '/dns/localhost/udp/2/quic-v1',
    '/dns4/localhost/tcp/3/ws',
    '/ip4/127.0.0.1/tcp/0',
    '/ip4/127.0.0.1/tcp/0',
  ]
  const resolved = await resolveListenAddresses(given.map(text => multiaddr(text)))
  expect(resolved.map(String)).toEqual([
    '/ip4/127.0.0.1/tcp/1',
    expect.stringMatching(/^\/ip(4\/127\.0\.0\.1|6\/::1)\/udp\/2\/quic-v1$/),
    '/dns4/localhost/tcp/3/ws',
    '/ip4/127.0.0.1/tcp/0',
    '/ip4/127.0.0.1/tcp/0',
  ])
})
