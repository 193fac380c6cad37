import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createServer as createTlsServer } from 'node:tls'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const CERTIFICATE = join(import.meta.dirname, 'fixtures/localhost-cert.pem')
const KEY = join(import.meta.dirname, 'fixtures/localhost-key.pem')
const HASH = 'uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ'

interface Service extends AsyncDisposable {
  readonly port: number
}

async function serve(server: Server): Promise<Service> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket.on('error', () => {})))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A port where nobody says anything. */
const serveSilence = (): Promise<Service> => serve(createServer())

/** Puts TLS before a daemon's WebSocket port, as a reverse proxy does. */
async function serveTls(daemon: TestDaemon): Promise<Service> {
  const port = portOf(daemon.addrs.find(address => /\/ws$/.test(`${address}`)) as Multiaddr)
  const [cert, key] = await Promise.all([readFile(CERTIFICATE), readFile(KEY)])
  return serve(
    createTlsServer({ cert, key }, socket => {
      const upstream = connect({ port, host: '127.0.0.1' })
      socket.pipe(upstream).pipe(socket)
      for (const end of [socket, upstream]) end.on('error', () => {})
    }),
  )
}

const portOf = (address: Multiaddr): number => Number(address.getComponents()[1]?.value)

async function echo(daemon: TestDaemon, { peer }: TestDaemon): Promise<string> {
  const stream = await daemon.client.openStream(peer, '/echo/1.0.0')
  stream.end('hello')
  return (await buffer(stream)).toString()
}

const usedAddress = async ({ client }: TestDaemon): Promise<string> => String((await client.listPeers())[0]?.addrs[0])

test('of all the ways to a peer QUIC is taken, in whatever order they are named', async () => {
  const hostAddrs = ['/ip4/127.0.0.1/tcp/0/ws', '/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/udp/0/quic-v1']
  await using listener = await startDaemon(['-hostAddrs', hostAddrs.join()])
  await using dialer = await startDaemon()
  await dialer.client.connect(listener.peer, listener.addrs)
  expect(await usedAddress(dialer)).toMatch(/quic-v1$/)
  expect(await echo(dialer, listener)).toBe('hello')
})

test('silent addresses before the good one do not each cost their full time', async () => {
  await using silence = await serveSilence()
  await using listener = await startDaemon()
  await using dialer = await startDaemon()
  const silent = ['tcp', 'udp'].flatMap(protocol =>
    [1, 2, 3, 4].map(last =>
      multiaddr(`/ip4/127.0.0.${last}/${protocol}/${silence.port}${protocol === 'udp' ? '/quic-v1' : ''}`),
    ),
  )
  // each of them would take five seconds
  await dialer.client.connect(listener.peer, [...silent, ...listener.addrs], { timeout: 4 })
  expect(await usedAddress(dialer)).toBe(String(listener.addrs[0]))
})

let caller: TestDaemon
beforeAll(async () => {
  caller = await startDaemon()
})
afterAll(() => caller[Symbol.asyncDispose]())

const REFUSED = 'connect: connection refused'

test.each([
  ['/ip4/127.0.0.1/tcp/1', `all dials failed\n  * [/ip4/127.0.0.1/tcp/1] dial tcp4 127.0.0.1:1: ${REFUSED}`],
  ['/ip4/127.0.0.1/tcp/1/ws', `all dials failed\n  * [/ip4/127.0.0.1/tcp/1/ws] dial tcp 127.0.0.1:1: ${REFUSED}`],
  ['/dns4/localhost/tcp/1', `all dials failed\n  * [/ip4/127.0.0.1/tcp/1] dial tcp4 127.0.0.1:1: ${REFUSED}`],
  [
    '/dns4/localhost/tcp/1/wss',
    `all dials failed\n  * [/ip4/127.0.0.1/tcp/1/tls/sni/localhost/ws] dial tcp 127.0.0.1:1: ${REFUSED}`,
  ],
  ['/dns4/no-such-host.invalid/tcp/1', 'no good addresses'],
  ['/dns4/no-such-host.invalid/tcp/1/wss', 'no good addresses'],
  ['/dnsaddr/no-such-host.invalid', 'no good addresses'],
  ['/ip4/127.0.0.1/udp/1', 'no good addresses\n  * [/ip4/127.0.0.1/udp/1] no transport for protocol'],
  [
    '/ip4/127.0.0.1/udp/1/quic',
    'no good addresses\n  * [/ip4/127.0.0.1/udp/1/quic] QUIC draft-29 has been removed, QUIC (RFC 9000) is accessible with /quic-v1',
  ],
  [
    `/ip4/127.0.0.1/udp/1/quic-v1/webtransport/certhash/${HASH}`,
    `no good addresses\n  * [/ip4/127.0.0.1/udp/1/quic-v1/webtransport/certhash/${HASH}] no transport for protocol: this daemon does not speak WebTransport`,
  ],
  [
    `/ip4/127.0.0.1/udp/1/webrtc-direct/certhash/${HASH}`,
    `all dials failed\n  * [/ip4/127.0.0.1/udp/1/webrtc-direct/certhash/${HASH}] WebRTC needs the package @libp2p/webrtc beside p2pd, which cannot be loaded: npm install @libp2p/webrtc`,
  ],
])('%s: %s', async (address, text) => {
  const peer = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  await expect(caller.client.connect(peer, [multiaddr(address)])).rejects.toMatchObject({
    daemonCode: 'ERR_DIAL',
    message: `failed to dial: failed to dial ${peer}: ${text}`,
  })
})

test('a peer that names itself as its relay is unreachable at once, and so are two that name each other', async () => {
  const [alone, one, other] = await Promise.all(
    [1, 2, 3].map(async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))),
  )
  const connect = (peer: typeof alone, relay: typeof alone) =>
    caller.client.connect(peer as PeerId, [multiaddr(`/p2p/${relay}/p2p-circuit`)]).catch(error => error.message)
  expect(await connect(alone, alone)).toMatch(/error opening hop stream to relay: .*no addresses$/s)
  expect(await connect(one, other)).toMatch(/error opening hop stream to relay: .*no addresses$/s)
  expect(await connect(other, one)).toMatch(/error opening hop stream to relay: .*no addresses$/s)
})

test('a silent address takes five seconds; what is said of it depends on what was waited for', {
  timeout: 20_000,
}, async () => {
  await using silence = await serveSilence()
  const places = ['tcp/0', 'tcp/0/ws', 'tcp/0/wss', 'udp/0/quic-v1']
  const errors = await Promise.all(
    places.map(async place => {
      const peer = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
      const address = multiaddr(`/ip4/127.0.0.1/${place.replace('0', String(silence.port))}`)
      // one client asks for one thing after the other
      await using client = createClient(caller.process.controlAddress)
      const error = await client.connect(peer, [address]).catch(error => error)
      return error.message.split('] ')[1]
    }),
  )
  expect(errors).toEqual([
    `dial tcp4 127.0.0.1:${silence.port}: i/o timeout`,
    `dial tcp 127.0.0.1:${silence.port}: i/o timeout`,
    'context deadline exceeded',
    'context deadline exceeded',
  ])
})

test('WebSocket over TLS: with the certificate’s authority and name it works, by name and by address', async () => {
  await using listener = await startDaemon(['-hostAddrs', '/ip4/127.0.0.1/tcp/0/ws'])
  await using proxy = await serveTls(listener)
  await using dialer = await startDaemon([], { NODE_EXTRA_CA_CERTS: CERTIFICATE })
  for (const address of [
    `/dns4/localhost/tcp/${proxy.port}/wss`,
    `/dns/localhost/tcp/${proxy.port}/tls/ws`,
    `/ip4/127.0.0.1/tcp/${proxy.port}/tls/sni/localhost/ws`,
  ]) {
    await dialer.client.connect(listener.peer, [multiaddr(address)])
    expect(await usedAddress(dialer)).toBe(`/ip4/127.0.0.1/tcp/${proxy.port}/tls/sni/localhost/ws`)
    expect(await echo(dialer, listener)).toBe('hello')
    await dialer.client.disconnect(listener.peer)
    await dialer.client.peerstore.delete(listener.peer)
  }
  const other = multiaddr(`/ip4/127.0.0.1/tcp/${proxy.port}/tls/sni/example.com/ws`)
  await expect(dialer.client.connect(listener.peer, [other])).rejects.toThrow(
    'tls: failed to verify certificate: x509: certificate is valid for localhost, not example.com',
  )
})

test('a certificate that nobody has vouched for is refused, and so is what is no TLS, in go’s words', async () => {
  await using listener = await startDaemon(['-hostAddrs', '/ip4/127.0.0.1/tcp/0/ws'])
  await using proxy = await serveTls(listener)
  await using dialer = await startDaemon()
  const dial = (port: number): Promise<void> =>
    dialer.client.connect(listener.peer, [multiaddr(`/dns4/localhost/tcp/${port}/wss`)])
  await expect(dial(proxy.port)).rejects.toThrow(
    '] tls: failed to verify certificate: x509: certificate signed by unknown authority',
  )
  await expect(dial(portOf(listener.addrs[0] as Multiaddr))).rejects.toThrow(
    '] tls: first record does not look like a TLS handshake',
  )
})

test('names of every kind lead to a peer', async () => {
  await using listener = await startDaemon(['-hostAddrs', '/ip4/127.0.0.1/tcp/0,/ip4/127.0.0.1/udp/0/quic-v1'])
  const [tcp, udp] = listener.addrs.map(portOf)
  const records = {
    '_dnsaddr.peers.example': [
      `dnsaddr=/dnsaddr/deeper.example/p2p/${listener.peer}`,
      'dnsaddr=/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEw5zsuHCKUJrvEMu3eSox98hzknNifAYGhaqdDms4rMH',
    ],
    '_dnsaddr.deeper.example': [`dnsaddr=/dns4/localhost/tcp/${tcp}/p2p/${listener.peer}`],
  }
  await using dialer = await startDaemon([], {
    NODE_OPTIONS: `--import "${join(import.meta.dirname, 'fake-dns.ts')}"`,
    P2PD_TEST_TXT: JSON.stringify(records),
  })
  for (const [address, used] of [
    [`/dns4/localhost/tcp/${tcp}`, `/ip4/127.0.0.1/tcp/${tcp}`],
    [`/dns/localhost/tcp/${tcp}`, `/ip4/127.0.0.1/tcp/${tcp}`],
    [`/dns4/localhost/udp/${udp}/quic-v1`, `/ip4/127.0.0.1/udp/${udp}/quic-v1`],
    [`/dnsaddr/peers.example/p2p/${listener.peer}`, `/ip4/127.0.0.1/tcp/${tcp}`],
  ] as const) {
    await dialer.client.connect(listener.peer, [multiaddr(address)])
    expect(await usedAddress(dialer)).toBe(used)
    await dialer.client.disconnect(listener.peer)
    await dialer.client.peerstore.delete(listener.peer)
  }
})
