import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { DHTRequest, PSRequest, Request } from '../../proto/codec.ts'
import { scrape } from './scrape.ts'
import { ROOT, startDaemon } from './start.ts'

test('numbers move with connections, streams, bytes and requests', async () => {
  await using listener = await startDaemon(['-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info'])
  await using dialer = await startDaemon()
  const idle = await scrape(listener)
  expect(idle.get('p2pd_connections')).toBeUndefined()
  expect(idle.value('p2pd_control_connections', { doing: 'idle' })).toBe(1)
  expect(idle.sum('p2pd_transport_bytes_total')).toBe(0)
  expect(idle.sum('p2pd_build_info')).toBe(1)
  expect(idle.sum('process_resident_memory_bytes')).toBeGreaterThan(10e6)
  expect(idle.sum('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)

  await dialer.client.connect(listener.peer, listener.addrs)
  const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  const received = once(stream, 'data')
  stream.write('x'.repeat(10_000))
  await received
  await listener.client.handle('/mine/1', stream => void stream.end())
  await expect(listener.client.connect(listener.peer, [])).rejects.toThrow('dial to self')

  const busy = await scrape(listener)
  const connection = { dir: 'inbound', transport: 'tcp', security: '/noise', muxer: '/yamux/1.0.0', ip_version: 'ip4' }
  expect(busy.value('p2pd_connections', connection)).toBe(1)
  expect(busy.value('libp2p_swarm_connections_opened_total', connection)).toBe(1)
  expect(busy.sum('libp2p_swarm_connections_closed_total')).toBe(0)
  expect(busy.sum('p2pd_peers')).toBe(1)
  expect(busy.value('p2pd_streams', { direction: 'inbound', protocol: '/echo/1.0.0' })).toBe(1)
  expect(busy.value('p2pd_streams_opened_total', { direction: 'inbound', protocol: '/echo/1.0.0' })).toBe(1)
  for (const direction of ['sent', 'received']) {
    expect(busy.value('p2pd_transport_bytes_total', { transport: 'tcp', direction })).toBeGreaterThan(10_000)
    expect(busy.value('libp2p_data_transfer_bytes_total', { protocol: `global ${direction}` })).toBe(
      busy.value('p2pd_transport_bytes_total', { transport: 'tcp', direction }),
    )
  }
  expect(busy.value('p2pd_requests_total', { type: 'IDENTIFY', outcome: 'OK' })).toBe(1)
  expect(busy.value('p2pd_requests_total', { type: 'CONNECT', outcome: 'ERR_DIAL' })).toBe(1)
  expect(busy.value('p2pd_request_duration_seconds_count', { type: 'CONNECT' })).toBe(1)
  expect(busy.sum('p2pd_requests_in_flight')).toBe(0)
  expect(busy.sum('p2pd_handlers')).toBe(1)
  expect(busy.sum('p2pd_control_connections_total')).toBeGreaterThanOrEqual(1)

  stream.destroy()
  await dialer.client.disconnect(listener.peer)
  await expect.poll(async () => (await scrape(listener)).sum('libp2p_swarm_connections_closed_total')).toBe(1)
  expect((await scrape(listener)).sum('p2pd_connections')).toBe(0)
})

test.each([
  ['websocket', '/ip4/127.0.0.1/tcp/0/ws'],
  ['quic-v1', '/ip4/127.0.0.1/udp/0/quic-v1'],
])('bytes of %s are counted too', async (transport, address) => {
  await using listener = await startDaemon([
    '-hostAddrs',
    address,
    '-metricsAddr',
    '127.0.0.1:0',
    '-log',
    'metrics=info',
  ])
  await using dialer = await startDaemon(['-hostAddrs', address])
  await dialer.client.connect(listener.peer, listener.addrs)
  const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  stream.end('x'.repeat(10_000))
  expect((await buffer(stream)).length).toBe(10_000)
  const metrics = await scrape(listener)
  for (const direction of ['sent', 'received']) {
    expect(metrics.value('p2pd_transport_bytes_total', { transport, direction })).toBeGreaterThan(10_000)
  }
  expect(metrics.sum('p2pd_connections')).toBe(1)
})

test('a request in flight is seen, and over when its client has left', async () => {
  await using daemon = await startDaemon(['-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info'])
  const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const hangUp = new AbortController()
  const connecting = daemon.client.connect(
    peerIdFromString('12D3KooWEw5zsuHCKUJrvEMu3eSox98hzknNifAYGhaqdDms4rMH'),
    [multiaddr(`/ip4/127.0.0.1/tcp/${port}`)],
    { signal: hangUp.signal },
  )
  connecting.catch(() => {})
  await expect.poll(async () => (await scrape(daemon)).value('p2pd_requests_in_flight', { type: 'CONNECT' })).toBe(1)
  hangUp.abort()
  await expect(connecting).rejects.toThrow()
  await expect
    .poll(async () => (await scrape(daemon)).value('p2pd_requests_total', { type: 'CONNECT', outcome: 'abandoned' }))
    .toBe(1)
  expect((await scrape(daemon)).value('p2pd_requests_in_flight', { type: 'CONNECT' })).toBe(0)
  silent.close()
})

test('names that clients and peers make up do not grow it', { timeout: 60_000 }, async () => {
  await using listener = await startDaemon()
  await using dialer = await startDaemon(['-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info'])
  const names = Array.from({ length: 300 }, (_, index) => `/made-up/"\\{${index}}=1 # x`)
  for (const name of names) await listener.client.handle(name, stream => void stream.end())
  await dialer.client.connect(listener.peer, listener.addrs)
  for (const name of names) {
    const stream = await dialer.client.openStream(listener.peer, name)
    stream.destroy()
  }
  const metrics = await scrape(dialer)
  const opened = metrics.get('p2pd_streams_opened_total') ?? []
  expect(opened.length).toBeLessThan(120)
  expect(metrics.value('p2pd_streams_opened_total', { direction: 'outbound', protocol: 'other' })).toBeGreaterThan(180)
  expect(metrics.value('p2pd_streams_opened_total', { direction: 'outbound', protocol: names[0] as string })).toBe(1)
  const unknown = await dialer.client.rawConnection()
  unknown.sendBytes(Uint8Array.of(3, 0x08, 0xff, 0x7f))
  await once(unknown.socket.resume(), 'end')
  unknown.socket.destroy()
  expect((await scrape(dialer)).value('p2pd_requests_total', { type: 'UNKNOWN', outcome: 'ERR_REQUEST_UNKNOWN' })).toBe(
    1,
  )
})

test('subscribers of events, trims, and what AutoNAT finds', { timeout: 40_000 }, async () => {
  const flags = ['-connManager', '-connLo', '1', '-connHi', '2', '-connGrace', '0s', '-autonat']
  await using daemon = await startDaemon([...flags, '-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info'])
  const subscription = await daemon.client.rawConnection()
  subscription.send('Request', { type: Request.Type.EVENTS, events: {} })
  await subscription.receive('Response')
  expect((await scrape(daemon)).sum('p2pd_event_subscribers')).toBe(1)
  expect((await scrape(daemon)).value('p2pd_reachability', { verdict: 'unknown' })).toBe(1)
  await using one = await startDaemon()
  await using two = await startDaemon()
  for (const peer of [one, two]) await peer.client.connect(daemon.peer, daemon.addrs)
  const answered = async (): Promise<number> => (await scrape(daemon)).sum('p2pd_autonat_answers_total')
  await expect.poll(answered, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
  await daemon.client.connManager.trim()
  const metrics = await scrape(daemon)
  expect(metrics.sum('p2pd_trims_total')).toBeGreaterThanOrEqual(1)
  expect(metrics.sum('p2pd_trimmed_connections_total')).toBeGreaterThanOrEqual(1)
  subscription.socket.destroy()
  await expect.poll(async () => (await scrape(daemon)).sum('p2pd_event_subscribers')).toBe(0)
})

test('it serves /metrics alone', async () => {
  await using daemon = await startDaemon(['-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info'])
  const { url } = await scrape(daemon)
  for (const path of ['/', '/metrics/', '/debug/pprof/']) {
    const response = await fetch(new URL(path, url))
    expect({ path, status: response.status, text: await response.text() }).toEqual({
      path,
      status: 404,
      text: '404 page not found\n',
    })
  }
  const { status, headers } = await fetch(`${url}?x=1`)
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
  })
})

test.each([
  ['nope', 'listen tcp: address nope: missing port in address'],
  ['taken', /^listen tcp 127\.0\.0\.1:\d+: bind: address already in use$/],
])('an address that cannot be had (%s): one line, and the daemon serves on', async (address, text) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  await using daemon = await startDaemon(['-metricsAddr', address === 'taken' ? `127.0.0.1:${port}` : address])
  await daemon.client.identify()
  const stderr = (): string[] =>
    daemon.process.output.lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text)
  await expect.poll(stderr).toHaveLength(1)
  const [, level, component, message] = stderr()[0]?.split('\t') ?? []
  expect([level, component, message]).toEqual([
    'ERROR',
    'metrics',
    typeof text === 'string' ? text : expect.stringMatching(text),
  ])
  taken.close()
})

test('DHT, pubsub and relay are measured, and the documentation lists every metric', async () => {
  const flags = ['-dhtServer', '-pubsub', '-metricsAddr', '127.0.0.1:0', '-log', 'metrics=info']
  await using daemon = await startDaemon(flags)
  await using other = await startDaemon(['-dhtServer', '-pubsub'])
  await other.client.connect(daemon.peer, daemon.addrs)
  await expect.poll(async () => (await scrape(daemon)).sum('p2pd_dht_routing_table_peers')).toBe(1)
  await other.client.request({
    type: Request.Type.DHT,
    dht: { type: DHTRequest.Type.FIND_PEER, peer: daemon.peer.toMultihash().bytes },
  })
  await daemon.client
    .request({
      type: Request.Type.DHT,
      dht: { type: DHTRequest.Type.GET_VALUE, key: Buffer.from('/pk/nothing') },
    })
    .catch(() => {})
  await other.client
    .request({
      type: Request.Type.DHT,
      dht: { type: DHTRequest.Type.GET_VALUE, key: Buffer.from('/pk/nothing') },
    })
    .catch(() => {})
  await daemon.client.request({
    type: Request.Type.PUBSUB,
    pubsub: { type: PSRequest.Type.PUBLISH, topic: 'x', data: Buffer.from('y') },
  })
  const metrics = await scrape(daemon)
  expect(metrics.value('p2pd_dht_messages_sent_total', { type: 'GET_VALUE' })).toBe(1)
  expect(metrics.value('p2pd_dht_messages_received_total', { type: 'GET_VALUE' })).toBe(1)
  expect(metrics.sum('p2pd_dht_serving')).toBe(1)
  expect(metrics.value('p2pd_requests_total', { type: 'DHT_GET_VALUE', outcome: 'ERR_NOT_FOUND' })).toBe(1)
  expect(metrics.value('p2pd_pubsub_messages_total', { event: 'published' })).toBe(1)
  await expect.poll(async () => (await scrape(daemon)).sum('p2pd_pubsub_peers')).toBe(1)
  expect(metrics.sum('p2pd_relay_reservations')).toBe(0)

  const text = await readFile(join(ROOT, 'docs/operations.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  const own = /^(?:p2pd_|libp2p_swarm_|libp2p_data_transfer_)/
  expect(documented.toSorted()).toEqual(metrics.names.filter(name => own.test(name)).toSorted())
})
