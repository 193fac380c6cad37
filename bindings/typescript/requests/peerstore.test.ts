import { publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { expect, test } from 'vitest'
import { encode, Request } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import { describeMessage } from '../describe.ts'
import { answering, failure, fakeAddr, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

const id = fakePeer.toMultihash().bytes

test('protocols and addresses are asked for, byte for byte, as js-libp2p’s daemon is asked', async () => {
  const asked: string[] = []
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(Buffer.from(encode(Request, request)).toString('hex'))
      return ok({ peerStore: { protos: ['/a'], peer: { id, addrs: [fakeAddr.bytes] } } })
    }),
  )
  await using client = createClient(daemon.address)
  expect(await client.peerstore.protocols(fakePeer)).toEqual(['/a'])
  expect((await client.peerstore.addresses(fakePeer)).map(String)).toEqual([`${fakeAddr}`])
  const hex = Buffer.from(id).toString('hex')
  expect(asked).toEqual([`2e08094a2a08011226${hex}`, `2e08094a2a08021226${hex}`])
})

test('a record is read with all its parts', async () => {
  const { publicKey } = fakePeer
  const record = {
    id,
    addrs: [
      { addr: fakeAddr.bytes, ttl: 5 },
      { addr: fakeAddr.bytes, certified: true },
    ],
    protos: ['/a'],
    publicKey: publicKey ? publicKeyToProtobuf(publicKey) : null,
    tags: [{ name: 'good', value: 7, ttl: 3 }, { name: 'plain' }],
    metadata: [{ key: 'a', value: Buffer.from('b') }, { key: 'empty' }],
  }
  await using daemon = await startFakeDaemon(answering(() => ok({ peerStore: { record } })))
  await using client = createClient(daemon.address)
  const known = await client.peerstore.get(fakePeer)
  expect(known.peer.equals(fakePeer)).toBe(true)
  expect(known.addrs.map(({ addr, ttl, certified }) => [`${addr}`, ttl, certified])).toEqual([
    [`${fakeAddr}`, 5, false],
    [`${fakeAddr}`, undefined, true],
  ])
  expect(known.publicKey?.equals(publicKey)).toBe(true)
  expect([...known.tags]).toEqual([
    ['good', { value: 7, ttl: 3 }],
    ['plain', { value: 0, ttl: undefined }],
  ])
  expect([...known.metadata].map(([key, value]) => [key, Buffer.from(value).toString()])).toEqual([
    ['a', 'b'],
    ['empty', ''],
  ])
})

test('what is added and removed is sent by its parts', async () => {
  const asked: unknown[] = []
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(describeMessage('Request', request).peerStore)
      return ok()
    }),
  )
  await using client = createClient(daemon.address)
  const { peerstore } = client
  await peerstore.add(fakePeer, { addrs: [fakeAddr], ttl: 9, tags: { a: { value: 1, ttl: 2 } }, protocols: ['/a'] })
  await peerstore.remove(fakePeer, { addrs: [fakeAddr], tags: ['a'], metadata: ['b'] })
  await peerstore.delete(fakePeer)
  const peer = { id: `${fakePeer}` }
  expect(asked).toEqual([
    { type: 'ADD', ...peer, addrs: [`${fakeAddr}`], ttl: 9, protos: ['/a'], tags: [{ name: 'a', value: 1, ttl: 2 }] },
    { type: 'REMOVE', ...peer, addrs: [`${fakeAddr}`], tags: [{ name: 'a' }], metadata: [{ key: 'b' }] },
    { type: 'DELETE_PEER', ...peer },
  ])
})

test('an unknown peer rejects with the daemon’s error, nonsense with a protocol error', async () => {
  await using daemon = await startFakeDaemon(answering(() => failure('nothing is known')))
  await using client = createClient(daemon.address)
  await expect(client.peerstore.get(fakePeer)).rejects.toMatchObject({ code: 'ERR_DAEMON' })

  const record = { id, publicKey: Uint8Array.of(255) }
  await using confused = await startFakeDaemon(answering(() => ok({ peerStore: { record } })))
  await using other = createClient(confused.address)
  await expect(other.peerstore.get(fakePeer)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
  await expect(other.peerstore.addresses(fakePeer)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})
