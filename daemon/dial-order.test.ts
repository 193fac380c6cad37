import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { dialOrder } from './dial-order.ts'

const RELAY = '12D3KooWEw5zsuHCKUJrvEMu3eSox98hzknNifAYGhaqdDms4rMH'
const PEER = '12D3KooWSQVz8iegTZaV1DEyMzNPSLjY9UgQVn3dPVhCgAYTyNep'

test('QUIC before TCP before WebSocket, private and public in turns, relays last, of the same kind the first named', () => {
  const expected = [
    '/ip6/::1/udp/1/quic-v1',
    '/ip6/2001:4860:4860::8888/udp/1/quic-v1',
    '/ip4/192.168.1.2/udp/1/quic-v1',
    '/ip4/8.8.8.8/udp/1/quic-v1',
    `/ip4/127.0.0.1/tcp/9/p2p/${PEER}`,
    '/ip4/8.8.8.8/tcp/7',
    '/ip4/127.0.0.1/tcp/5',
    '/dns4/example.com/tcp/443/tls/ws',
    '/ip4/127.0.0.1/tcp/1/ws',
    `/ip4/8.8.4.4/udp/1/quic-v1/p2p/${RELAY}/p2p-circuit/p2p/${PEER}`,
    `/ip4/127.0.0.1/tcp/1/p2p/${RELAY}/p2p-circuit`,
  ]
  const shuffled = [10, 4, 8, 9, 7, 5, 0, 6, 3, 2, 1].map(index => multiaddr(expected[index] as string))
  expect(dialOrder(shuffled).map(String)).toEqual(expected)
})

test('none, and one', () => {
  expect(dialOrder([])).toEqual([])
  expect(dialOrder([multiaddr('/ip4/1.2.3.4/tcp/5')]).map(String)).toEqual(['/ip4/1.2.3.4/tcp/5'])
})
