import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { startDaemon, type TestDaemon } from './start.ts'

let daemon: TestDaemon
let other: TestDaemon
beforeAll(async () => {
  ;[daemon, other] = await Promise.all([startDaemon(), startDaemon()])
})
afterAll(async () => {
  await Promise.all([daemon, other].map(one => one[Symbol.asyncDispose]()))
})

const newKey = () => generateKeyPair('RSA', 2_048)
const address = (port: number) => multiaddr(`/ip4/127.0.0.1/tcp/${port}`)

/** A record in a form that can be compared, times in minutes. */
async function recordOf({ client }: TestDaemon, peer: Parameters<typeof client.peerstore.get>[0]) {
  const { addrs, protocols, publicKey, tags, metadata } = await client.peerstore.get(peer)
  return {
    addrs: addrs.map(({ addr, ttl }) => [`${addr}`, minutes(ttl)]),
    protocols,
    publicKey: publicKey?.toString(),
    tags: Object.fromEntries(tags.entries().map(([name, { value, ttl }]) => [name, [value, minutes(ttl)]])),
    metadata: Object.fromEntries(metadata.entries().map(([key, value]) => [key, Buffer.from(value).toString()])),
  }
}

const minutes = (seconds: number | undefined) => seconds && Math.ceil(seconds / 60)

test('what is added to a peer is there, what is removed is not, and a deleted peer is unknown', async () => {
  const { peerstore } = daemon.client
  const key = await newKey()
  const peer = peerIdFromPrivateKey(key)
  await expect(peerstore.get(peer)).rejects.toMatchObject({ daemonCode: 'ERR_NOT_FOUND' })
  await peerstore.add(peer, {
    addrs: [address(1), address(2)],
    protocols: ['/a', '/b'],
    publicKey: key.publicKey,
    tags: { good: { value: 7 }, better: { value: 100, ttl: 3_600 } },
    metadata: { colour: Buffer.from('blue'), empty: new Uint8Array(0) },
  })
  await peerstore.add(peer, { addrs: [address(3)], ttl: 600 })
  expect(await recordOf(daemon, peer)).toEqual({
    addrs: [
      ['/ip4/127.0.0.1/tcp/3', 10],
      ['/ip4/127.0.0.1/tcp/1', undefined],
      ['/ip4/127.0.0.1/tcp/2', undefined],
    ],
    protocols: ['/a', '/b'],
    publicKey: key.publicKey.toString(),
    tags: { good: [7, undefined], better: [100, 60] },
    metadata: { colour: 'blue', empty: '' },
  })
  expect((await peerstore.list()).filter(listed => listed.equals(peer))).toHaveLength(1)

  await peerstore.remove(peer, {
    addrs: [address(1), address(9)],
    protocols: ['/a', '/never'],
    tags: ['good', 'never'],
    metadata: ['colour'],
  })
  expect(await recordOf(daemon, peer)).toMatchObject({
    addrs: [
      ['/ip4/127.0.0.1/tcp/3', 10],
      ['/ip4/127.0.0.1/tcp/2', undefined],
    ],
    protocols: ['/b'],
    tags: { better: [100, 60] },
    metadata: { empty: '' },
  })
  await peerstore.delete(peer)
  await expect(peerstore.protocols(peer)).rejects.toThrow(`nothing is known of peer ${peer}`)
  expect((await peerstore.list()).some(listed => listed.equals(peer))).toBe(false)
  await peerstore.delete(peer)
})

test('a peer is found at the addresses that were added, and not once their time is over', async () => {
  await using dialer = await startDaemon()
  const { peerstore } = dialer.client
  await peerstore.add(other.peer, { addrs: other.addrs, ttl: 1 })
  await until(async () => (await peerstore.get(other.peer).catch(() => undefined)) === undefined, {
    deadline: 10_000,
    what: 'the addresses to be forgotten',
  })
  await expect(dialer.client.connect(other.peer, [])).rejects.toThrow('no addresses')

  await peerstore.add(other.peer, { addrs: other.addrs })
  const stream = await dialer.client.openStream(other.peer, '/echo/1.0.0')
  stream.end('hello')
  expect((await stream.toArray()).join('')).toBe('hello')
})

test('what a connected peer says of itself is known, and leaves the addresses alone that were added', async () => {
  const { client } = daemon
  await client.peerstore.add(other.peer, { addrs: [address(1)], tags: { mine: { value: 1 } } })
  await client.connect(other.peer, other.addrs)
  const protocols = await client.peerstore.protocols(other.peer)
  expect(protocols).toEqual(expect.arrayContaining(['/echo/1.0.0', '/ipfs/id/1.0.0']))
  const addrs = (await client.peerstore.addresses(other.peer)).map(String)
  expect(addrs).toEqual(expect.arrayContaining([`${address(1)}`, ...other.addrs.map(String)]))
  const { tags, metadata, addrs: known } = await client.peerstore.get(other.peer)
  expect(tags.get('mine')).toEqual({ value: 1, ttl: undefined })
  expect(Buffer.from(metadata.get('AgentVersion') ?? []).toString()).toMatch(/^p2pd\//)
  expect(known.filter(({ certified }) => certified).map(({ addr }) => `${addr}`)).toEqual(other.addrs.map(String))
  // of itself a daemon knows its own protocols
  expect(await client.peerstore.protocols(daemon.peer)).toContain('/echo/1.0.0')
})

test('a tag ends when its time is over', async () => {
  const { peerstore } = daemon.client
  const peer = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  await peerstore.add(peer, { addrs: [address(1)], tags: { brief: { value: 3, ttl: 1 }, lasting: { value: 4 } } })
  await until(async () => !(await peerstore.get(peer)).tags.has('brief'), {
    deadline: 10_000,
    what: 'the tag to end',
  })
  expect([...(await peerstore.get(peer)).tags.keys()]).toEqual(['lasting'])
})

test('what makes no sense is refused by name', async () => {
  const { peerstore } = daemon.client
  const peer = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  const { publicKey } = await generateKeyPair('Ed25519')
  const refused = async (promise: Promise<unknown>, daemonCode: string, message: string | RegExp) => {
    await expect(promise).rejects.toMatchObject({ daemonCode })
    await expect(promise).rejects.toThrow(message)
  }
  await refused(peerstore.add(peer, { addrs: [address(1)], ttl: 0 }), 'ERR_REQUEST_MALFORMED', 'at least 1')
  await refused(peerstore.add(peer, { tags: { a: { value: 101 } } }), 'ERR_REQUEST_MALFORMED', 'from 0 to 100')
  await refused(peerstore.add(peer, { tags: { '': { value: 1 } } }), 'ERR_REQUEST_MALFORMED', 'missing')
  await refused(peerstore.add(peer, { publicKey }), 'ERR_REQUEST_MALFORMED', 'not the public key of peer')
  const foreign = multiaddr(`/ip4/127.0.0.1/tcp/1/p2p/${other.peer}`)
  await refused(peerstore.add(peer, { addrs: [foreign] }), 'ERR_ADDRESS_INVALID', 'another peer')
  await refused(peerstore.add(daemon.peer, { protocols: ['/a'] }), 'ERR_NOT_SUPPORTED', 'own record')
  const huge = { value: new Uint8Array(200_000) }
  await refused(peerstore.add(peer, { metadata: huge }), 'ERR_LIMIT', '131072 bytes in the record of a peer')
  const many = Array.from({ length: 129 }, (_, index) => address(index + 1))
  await refused(peerstore.add(peer, { addrs: many }), 'ERR_LIMIT', '128 addresses of a peer')
})

test('one run’s peerstore is read by the next, also when it was killed', async () => {
  await using keeper = await startDaemon()
  const path = join(keeper.folder, 'peers')
  const key = await newKey()
  const peer = peerIdFromPrivateKey(key)
  const late = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  let before: unknown
  {
    await using first = await startDaemon(['-peerstore', path])
    await first.client.peerstore.add(peer, {
      addrs: [address(1)],
      protocols: ['/a'],
      publicKey: key.publicKey,
      tags: { good: { value: 7 } },
      metadata: { colour: Buffer.from('blue') },
    })
    await first.client.peerstore.add(peer, { addrs: [address(2)], ttl: 86_400 })
    await first.client.connect(other.peer, other.addrs)
    before = await recordOf(first, peer)
  }
  {
    await using second = await startDaemon(['-peerstore', path])
    expect(await recordOf(second, peer)).toEqual(before)
    expect(await second.client.peerstore.protocols(other.peer)).toContain('/echo/1.0.0')
    // nobody has told this run where the other one is
    await second.client.connect(other.peer, [])
    await second.client.peerstore.add(late, { addrs: [address(3)], tags: { late: { value: 1 } } })
    process.kill(second.process.pid, 'SIGKILL')
    await second.process.exited
  }
  await using third = await startDaemon(['-peerstore', path])
  expect(await recordOf(third, peer)).toEqual(before)
  expect(await recordOf(third, late)).toMatchObject({
    addrs: [['/ip4/127.0.0.1/tcp/3', undefined]],
    tags: { late: [1, undefined] },
  })
  const known = (await third.client.peerstore.list()).map(String)
  expect(known.toSorted()).toEqual([peer, late, other.peer].map(String).toSorted())
})

test('a folder that another daemon uses, or that is none, ends the start with the reason', async () => {
  await using first = await startDaemon(['-peerstore', join(daemon.folder, 'shared')])
  await expect(startDaemon(['-peerstore', join(daemon.folder, 'shared')])).rejects.toThrow(
    /exited with code 1 .*peerstore .*shared: another process uses it/s,
  )
  await first.client.identify()
  await writeFile(join(daemon.folder, 'file'), '')
  await expect(startDaemon(['-peerstore', join(daemon.folder, 'file')])).rejects.toThrow(
    /peerstore .*file: not a folder/,
  )
})

test('a folder that is removed while the daemon runs is told, and nothing else happens', async () => {
  await using victim = await startDaemon(['-peerstore', join(daemon.folder, 'removed')])
  await rm(join(daemon.folder, 'removed'), { recursive: true })
  const peer = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  await victim.client.peerstore.add(peer, { addrs: [address(1)] })
  await victim.client.connect(other.peer, other.addrs)
  expect(await recordOf(victim, peer)).toMatchObject({ addrs: [['/ip4/127.0.0.1/tcp/1', undefined]] })
  expect(victim.process.output.lines.filter(({ text }) => text.includes('cannot be written'))).toHaveLength(1)
})
