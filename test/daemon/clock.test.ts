import { once } from 'node:events'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { scrape } from './scrape.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const PRELOAD = join(import.meta.dirname, 'jumping-clock.ts')
const DAY = 24 * 60 * 60_000

let daemon: TestDaemon
let other: TestDaemon
beforeAll(async () => {
  const flags = ['-dhtServer', '-pubsub', '-metricsAddr', '127.0.0.1:0', '-log', 'debug']
  daemon = await startDaemon(flags, { NODE_OPTIONS: `--import "${PRELOAD}"` })
  other = await startDaemon(['-dhtServer', '-pubsub'])
})
afterAll(async () => {
  await daemon[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

/** Sets the clock, and waits until the daemon's log has noticed. */
async function jump(to: number): Promise<void> {
  process.kill(daemon.process.pid, 'SIGUSR2')
  await until(
    async () => {
      await daemon.client.identify()
      const time = Date.parse(daemon.process.output.lines.at(-1)?.text.split('\t')[0] ?? '')
      return Math.abs(time - Date.now() - to) < DAY / 2
    },
    { deadline: 10_000, what: 'the clock to be set' },
  )
}

const echo = async (text: string): Promise<string> => {
  const stream = await daemon.client.openStream(other.peer, '/echo/1.0.0', { timeout: 10 })
  stream.end(text)
  return (await buffer(stream)).toString()
}

test('a clock that is set ahead ends nothing that was to last for a while', async () => {
  const { client } = daemon
  const key = await generateKeyPair('RSA', 2_048)
  const peer = peerIdFromPrivateKey(key)
  const address = multiaddr('/ip4/127.0.0.1/tcp/1')
  await client.connect(other.peer, other.addrs)
  // in the table, or there is nobody to put a value to
  await until(
    () =>
      client.dht.findPeer(other.peer).then(
        () => true,
        () => false,
      ),
    {
      deadline: 10_000,
      what: 'the other one to be in the table',
    },
  )
  const record = Buffer.concat([Buffer.from('/pk/'), peer.toMultihash().bytes])
  await client.dht.putValue(record, publicKeyToProtobuf(key.publicKey))
  await client.peerstore.add(peer, { addrs: [address], ttl: 3_600, tags: { lasting: { value: 1 } } })
  await jump(DAY)
  await other.client.disconnect(daemon.peer)
  expect(Buffer.from(await client.dht.getValue(record))).toEqual(Buffer.from(publicKeyToProtobuf(key.publicKey)))
  const [known] = (await client.peerstore.get(peer)).addrs
  expect(known?.ttl).toBeGreaterThan(3_000)
  expect(known?.ttl).toBeLessThanOrEqual(3_600)
  await jump(-DAY)
  await client.peerstore.add(peer, { addrs: [multiaddr('/ip4/127.0.0.1/tcp/2')], ttl: 1 })
  await until(async () => (await client.peerstore.addresses(peer)).length === 1, {
    deadline: 10_000,
    what: 'the second address to be forgotten',
  })
})

test.each([
  ['ahead', DAY],
  ['back', -DAY],
])('a clock that is set %s disturbs nobody', async (_, offset) => {
  await daemon.client.connect(other.peer, other.addrs)
  const stream = await daemon.client.openStream(other.peer, '/echo/1.0.0')
  await jump(offset)
  const answer = once(stream, 'data')
  stream.write('still here')
  expect(String((await answer)[0])).toBe('still here')
  expect(await echo('new')).toBe('new')
  await daemon.client.disconnect(other.peer)
  expect(await echo('dialled again')).toBe('dialled again')
  expect((await diagnosticsOf(daemon)).join('\n')).toContain('1 connections:')
  for (const { labels, value } of (await scrape(daemon)).get('p2pd_request_duration_seconds_sum') ?? []) {
    expect({ labels, sane: value >= 0 && value < 60 }).toEqual({ labels, sane: true })
  }
})
