import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { expect, test } from 'vitest'
import { type DHTResponse, DHTResponse as Message, type Request } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import type { Connection } from '../connection.ts'
import { describeMessage } from '../describe.ts'
import { answering, failure, fakeAddr, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

const { BEGIN, VALUE, END } = Message.Type
const cid = { bytes: Buffer.from('a cid') }
const key = Buffer.from('/pk/key')
const info = { id: fakePeer.toMultihash().bytes, addrs: [fakeAddr.bytes] }

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all = []
  for await (const value of values) all.push(value)
  return all
}

/** A daemon that answers BEGIN and then these messages. */
function streaming(messages: readonly DHTResponse[], asked: unknown[] = []) {
  return startFakeDaemon(async (connection: Connection) => {
    const request: Request = await connection.receive('Request')
    asked.push(describeMessage('Request', request))
    connection.send('Response', ok({ dht: { type: BEGIN } }))
    for (const message of messages) connection.send('DHTResponse', message)
  })
}

test('what has one answer', async () => {
  const { publicKey } = await generateKeyPair('Ed25519')
  const asked: unknown[] = []
  const answers = [
    { type: VALUE, peer: info },
    { type: VALUE, value: publicKeyToProtobuf(publicKey) },
    { type: VALUE, value: Buffer.from('value') },
    undefined,
    undefined,
  ]
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(describeMessage('Request', request).dht)
      const dht = answers.shift()
      return ok(dht && { dht })
    }),
  )
  await using client = createClient(daemon.address)
  expect(await client.dht.findPeer(fakePeer, { timeout: 5 })).toEqual({ peer: fakePeer, addrs: [fakeAddr] })
  expect((await client.dht.getPublicKey(fakePeer)).equals(publicKey)).toBe(true)
  expect(Buffer.from(await client.dht.getValue(key)).toString()).toBe('value')
  await client.dht.putValue(key, Buffer.from('v'))
  await client.dht.provide(cid)
  expect(asked).toEqual([
    { type: 'FIND_PEER', peer: fakePeer.toString(), timeout: 5 },
    { type: 'GET_PUBLIC_KEY', peer: fakePeer.toString() },
    { type: 'GET_VALUE', key: '7 bytes 2f706b2f6b6579' },
    { type: 'PUT_VALUE', key: '7 bytes 2f706b2f6b6579', value: '1 bytes 76' },
    { type: 'PROVIDE', cid: '5 bytes 6120636964' },
  ])
})

test('what has several answers gives them until END', async () => {
  const asked: unknown[] = []
  await using daemon = await streaming([{ type: VALUE, peer: info }, { type: VALUE, peer: info }, { type: END }], asked)
  await using client = createClient(daemon.address)
  const found = await collect(client.dht.findProviders(cid, { count: 2, timeout: 3 }))
  expect(found).toEqual(Array(2).fill({ peer: fakePeer, addrs: [fakeAddr] }))
  expect(asked).toEqual([
    { type: 'DHT', dht: { type: 'FIND_PROVIDERS', cid: '5 bytes 6120636964', count: 2, timeout: 3 } },
  ])
})

test('closest peers are ids, values bytes', async () => {
  const value = fakePeer.toMultihash().bytes
  await using daemon = await streaming([{ type: VALUE, value }, { type: END }])
  await using client = createClient(daemon.address)
  expect(await collect(client.dht.getClosestPeers(key))).toEqual([fakePeer])
  expect((await collect(client.dht.searchValue(key))).map(bytes => Buffer.compare(bytes, value))).toEqual([0])
})

test('breaking out of the loop hangs up, which is how a daemon learns of it', async () => {
  const hungUp = Promise.withResolvers<void>()
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.send('Response', ok({ dht: { type: BEGIN } }))
    connection.send('DHTResponse', { type: VALUE, value: key })
    await connection.receive('Request').catch(() => hungUp.resolve())
  })
  await using client = createClient(daemon.address)
  for await (const value of client.dht.searchValue(key)) {
    expect(Buffer.compare(value, key)).toBe(0)
    break
  }
  await hungUp.promise
})

test('an abort ends a search with its reason', async () => {
  await using daemon = await streaming([{ type: VALUE, value: key }])
  await using client = createClient(daemon.address)
  const aborter = new AbortController()
  const searching = collect(client.dht.searchValue(key, { signal: aborter.signal }))
  aborter.abort(new Error('enough'))
  await expect(searching).rejects.toThrow('enough')
})

test('an error instead of BEGIN is thrown by the first step', async () => {
  await using daemon = await startFakeDaemon(answering(() => failure('DHT not enabled')))
  await using client = createClient(daemon.address)
  await expect(collect(client.dht.getClosestPeers(key))).rejects.toThrow(/^DHT not enabled$/)
  await expect(client.dht.findPeer(fakePeer)).rejects.toMatchObject({ code: 'ERR_DAEMON' })
})

test.each<[string, DHTResponse[]]>([
  ['a message of another type', [{ type: BEGIN }]],
  ['a value without a value', [{ type: VALUE }]],
])('%s is no DHT answer', async (_name, messages) => {
  await using daemon = await streaming(messages)
  await using client = createClient(daemon.address)
  await expect(collect(client.dht.searchValue(key))).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})

test('one answer that lacks what it is for', async () => {
  await using daemon = await startFakeDaemon(answering(() => ok({ dht: { type: VALUE, value: Buffer.from('junk') } })))
  await using client = createClient(daemon.address)
  await expect(client.dht.findPeer(fakePeer)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
  await expect(client.dht.getPublicKey(fakePeer)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})
