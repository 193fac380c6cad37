import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { Multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { encode } from '../../proto/codec.ts'
import { HopMessage } from '../../proto/libp2p.ts'
import { startDaemon, type TestDaemon } from './start.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-relay-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const HOP = '/libp2p/circuit/relay/0.2.0/hop'

/** Where peers are called through a relay. */
function through(relay: TestDaemon): Multiaddr {
  return (relay.addrs[0] as Multiaddr).encapsulate(`/p2p/${relay.peer}/p2p-circuit`)
}

async function echo(from: TestDaemon, to: TestDaemon, text: string): Promise<string> {
  const stream = await from.client.openStream(to.peer, '/echo/1.0.0')
  stream.end(text)
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function listed({ client }: TestDaemon): Promise<string[]> {
  return (await client.listPeers()).map(({ peer, addrs }) => `${addrs[0]} ${peer}`)
}

test('a daemon that listens at a relay is called through it, in both directions', async () => {
  await using relay = await startDaemon()
  await using listener = await startDaemon(['-hostAddrs', `${through(relay)}`])
  await using dialer = await startDaemon(['-noListenAddrs'])
  expect(listener.addrs.map(String)).toEqual([`${through(relay)}`])
  expect(listener.process.printedAddrs).toEqual([`${through(relay)}`])

  await dialer.client.connect(listener.peer, listener.addrs)
  expect(await listed(dialer)).toContain(`${through(relay)} ${listener.peer}`)
  await until(async () => (await listed(listener)).includes(`${through(relay)} ${dialer.peer}`), {
    deadline: 5_000,
    what: 'the listener to list the call',
  })
  expect(await echo(dialer, listener, 'from the caller')).toBe('from the caller')
  expect(await echo(listener, dialer, 'from the called')).toBe('from the called')
})

test('an application can reserve for its daemon by writing to the relay itself', async () => {
  await using relay = await startDaemon()
  await using listener = await startDaemon(['-noListenAddrs'])
  await using dialer = await startDaemon()
  await listener.client.connect(relay.peer, relay.addrs)
  await expect(dialer.client.connect(listener.peer, [through(relay)])).rejects.toThrow(
    `failed to dial: failed to dial ${listener.peer}: all dials failed\n  * [${through(relay)}] error opening relay circuit: NO_RESERVATION (204)`,
  )
  const hop = await listener.client.openStream(relay.peer, HOP)
  hop.write(encode(HopMessage, { type: HopMessage.Type.RESERVE }))
  for await (const _ of hop);
  await dialer.client.connect(listener.peer, [through(relay)])
  expect(await echo(dialer, listener, 'hello')).toBe('hello')
})

test('-relay=false is no relay, and still calls through others', async () => {
  await using relay = await startDaemon()
  await using listener = await startDaemon(['-hostAddrs', `${through(relay)}`])
  await using dialer = await startDaemon(['-relay=false'])
  await listener.client.connect(dialer.peer, dialer.addrs)
  await expect(listener.client.openStream(dialer.peer, HOP)).rejects.toThrow(`protocols not supported: [${HOP}]`)
  await dialer.client.disconnect(listener.peer)
  await dialer.client.connect(listener.peer, listener.addrs)
})

test('a relay that comes back is reserved at again', async () => {
  const key = join(folder, 'relay.key')
  await writeFile(key, privateKeyToProtobuf(await generateKeyPair('Ed25519')))
  let relay = await startDaemon(['-id', key])
  const port = `/ip4/127.0.0.1/tcp/${/\d+$/.exec(`${relay.addrs[0]}`)}`
  await using listener = await startDaemon(['-hostAddrs', `${through(relay)}`])
  await relay[Symbol.asyncDispose]()
  const addresses = async (): Promise<number> => (await listener.client.identify()).addrs.length
  await until(async () => (await addresses()) === 0, { deadline: 10_000, what: 'the address at the relay to go' })
  relay = await startDaemon(['-id', key, '-hostAddrs', port])
  await using _relay = relay
  await until(async () => (await addresses()) === 1, { deadline: 20_000, what: 'the address at the relay to return' })
  await using dialer = await startDaemon()
  await dialer.client.connect(listener.peer, [through(relay)])
  expect(await echo(dialer, listener, 'again')).toBe('again')
})

test('a call through a relay becomes a direct connection, which later streams take', async () => {
  await using relay = await startDaemon()
  await using listener = await startDaemon(['-hostAddrs', `/ip4/127.0.0.1/tcp/0,${through(relay)}`])
  await using dialer = await startDaemon()
  await dialer.client.connect(listener.peer, [through(relay)])
  const isDirect = async () =>
    (await listed(dialer)).some(line => line.endsWith(`${listener.peer}`) && !line.includes('p2p-circuit'))
  await until(isDirect, { deadline: 10_000, what: 'a direct connection' })
  const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  expect(`${stream.addr}`).not.toContain('p2p-circuit')
  stream.destroy()
})

test('the relay’s data limit ends the stream, and nothing else', async () => {
  await using relay = await startDaemon(['-relayDataLimit', '65536'])
  await using listener = await startDaemon(['-hostAddrs', `${through(relay)}`])
  await using dialer = await startDaemon(['-noListenAddrs'])
  await dialer.client.connect(listener.peer, listener.addrs)
  const stream = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  stream.on('error', () => {})
  stream.write(Buffer.alloc(1024 * 1024))
  let received = 0
  stream.on('data', chunk => {
    received += chunk.length
  })
  await new Promise(resolve => stream.once('close', resolve))
  expect(received).toBeLessThan(65_536)
  const isGone = async () => !(await listed(dialer)).some(line => line.includes('p2p-circuit'))
  await until(isGone, { deadline: 5_000, what: 'the relayed connection to be gone' })
  expect(await echo(dialer, relay, 'still there')).toBe('still there')
  await dialer.client.connect(listener.peer, listener.addrs)
  expect(await echo(dialer, listener, 'once more')).toBe('once more')
})
