import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PeerId, PrivateKey } from '@libp2p/interface'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { ConnectionType, KadType } from '../../proto/kad.ts'
import { ipnsKey, ipnsRecord, makePeers } from './fixtures.ts'
import { kadId } from './keyspace.ts'
import { RoutingTable } from './routing-table.ts'
import { answerKad, type ServerParts } from './server.ts'
import { ProviderStore, ValueStore } from './store.ts'

const MULTIHASH = Buffer.concat([Buffer.from([0x12, 32]), Buffer.alloc(32, 7)])

let owner: PrivateKey
let self: PeerId
let asker: PeerId
let known: PeerId[]
let silent: PeerId
beforeAll(async () => {
  owner = await generateKeyPair('Ed25519')
  ;[self, asker, silent, ...known] = (await makePeers(28)) as [PeerId, PeerId, PeerId, ...PeerId[]]
})

let parts: ServerParts
const where = new Map<string, Multiaddr>()
beforeEach(() => {
  for (const [index, peer] of [self, asker, ...known].entries()) {
    where.set(peer.toString(), multiaddr(`/ip4/127.0.0.1/tcp/${index + 1}`))
  }
  const table = new RoutingTable(self, () => true)
  for (const peer of [asker, silent, ...known]) table.add(peer)
  parts = {
    self,
    table,
    values: new ValueStore(),
    providers: new ProviderStore(),
    addresses: async peer => [where.get(peer.toString())].filter(address => address !== undefined),
    isConnected: peer => peer.equals(known[0]),
  }
})

const idOf = (peer: PeerId | undefined): Uint8Array => (peer as PeerId).toMultihash().bytes
const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex')

test('FIND_NODE: the closest peers, with addresses, but never the asker or those that nobody can reach', async () => {
  const key = Buffer.from('a key')
  const answer = await answerKad(parts, { type: KadType.FIND_NODE, key }, asker)
  const nearest = parts.table.nearest(kadId(key)).map(({ peer }) => peer)
  const expected = nearest.filter(peer => !peer.equals(asker) && !peer.equals(silent))
  expect(answer?.closerPeers?.map(({ id }) => hex(id))).toEqual(expected.map(peer => hex(idOf(peer))))
  for (const { addrs } of answer?.closerPeers ?? []) expect(addrs).toHaveLength(1)
})

test('FIND_NODE of this very peer, and of one that is known though not in the table', async () => {
  const [me] = (await answerKad(parts, { type: KadType.FIND_NODE, key: idOf(self) }, asker))?.closerPeers ?? []
  expect([hex(me?.id), me?.addrs?.map(bytes => multiaddr(bytes).toString())]).toEqual([
    hex(idOf(self)),
    ['/ip4/127.0.0.1/tcp/1'],
  ])
  const [outsider] = known
  parts.table.remove(outsider as PeerId)
  const answer = await answerKad(parts, { type: KadType.FIND_NODE, key: idOf(outsider) }, asker)
  const found = answer?.closerPeers?.find(({ id }) => hex(id) === hex(idOf(outsider)))
  expect(found).toMatchObject({ connection: ConnectionType.CONNECTED })
})

test('nobody is told about themselves', async () => {
  const answer = await answerKad(parts, { type: KadType.FIND_NODE, key: idOf(asker) }, asker)
  expect(answer?.closerPeers?.map(({ id }) => hex(id))).not.toContain(hex(idOf(asker)))
})

test('PUT_VALUE is repeated when the value is stored, and GET_VALUE gives it with closer peers', async () => {
  const key = ipnsKey(owner)
  const message = { type: KadType.PUT_VALUE, key, record: { key, value: await ipnsRecord(owner, 1) } }
  expect(await answerKad(parts, message, asker)).toBe(message)
  const answer = await answerKad(parts, { type: KadType.GET_VALUE, key }, asker)
  expect(hex(answer?.record?.value)).toBe(hex(message.record.value))
  expect(Date.parse(answer?.record?.timeReceived ?? '')).not.toBeNaN()
  expect(answer?.closerPeers?.length).toBeGreaterThan(0)
})

test('a value that is not valid, older than the one stored, or for another key is not stored', async () => {
  const key = ipnsKey(owner)
  const put = (value: Uint8Array, recordKey = key) =>
    answerKad(parts, { type: KadType.PUT_VALUE, key, record: { key: recordKey, value } }, asker)
  const recent = await ipnsRecord(owner, 2)
  await put(recent)
  await expect(put(await ipnsRecord(owner, 1))).rejects.toThrow('old record')
  await expect(put(Buffer.from('junk'))).rejects.toThrow('record could not be unmarshalled')
  await expect(put(recent, Buffer.from('/ipns/other'))).rejects.toThrow('for another key')
  await expect(answerKad(parts, { type: KadType.PUT_VALUE, key }, asker)).rejects.toThrow('for another key')
  expect(hex(parts.values.get(key)?.value)).toBe(hex(recent))
  await put(await ipnsRecord(owner, 3))
  expect(hex(parts.values.get(key)?.value)).not.toBe(hex(recent))
})

test('a stored value that has expired gives way to any valid one', async () => {
  const key = ipnsKey(owner)
  parts.values.put(key, await ipnsRecord(owner, 9, -1_000))
  const value = await ipnsRecord(owner, 1)
  await answerKad(parts, { type: KadType.PUT_VALUE, key, record: { key, value } }, asker)
  expect(hex(parts.values.get(key)?.value)).toBe(hex(value))
})

test('ADD_PROVIDER counts for the sender alone, if it says where it is, and has no answer', async () => {
  const announce = (peer: PeerId, addrs: Uint8Array[]) =>
    answerKad(parts, { type: KadType.ADD_PROVIDER, key: MULTIHASH, providerPeers: [{ id: idOf(peer), addrs }] }, asker)
  const here = multiaddr('/ip4/127.0.0.1/tcp/9')
  expect(await announce(known[0] as PeerId, [here.bytes])).toBeUndefined()
  await announce(asker, [])
  expect(parts.providers.get(MULTIHASH)).toEqual([])
  await announce(asker, [here.bytes, Buffer.from('junk')])
  const answer = await answerKad(parts, { type: KadType.GET_PROVIDERS, key: MULTIHASH }, known[0] as PeerId)
  expect(answer?.providerPeers?.map(({ id, addrs }) => [hex(id), addrs?.map(hex)])).toEqual([
    [hex(idOf(asker)), [hex(here.bytes)]],
  ])
  expect(answer?.closerPeers?.length).toBeGreaterThan(0)
})

test('a daemon that provides itself says where it is', async () => {
  parts.providers.add(MULTIHASH, { peer: self, addrs: [] })
  const answer = await answerKad(parts, { type: KadType.GET_PROVIDERS, key: MULTIHASH }, asker)
  expect(answer?.providerPeers?.map(({ addrs }) => addrs?.map(bytes => multiaddr(bytes).toString()))).toEqual([
    ['/ip4/127.0.0.1/tcp/1'],
  ])
})

test('PING is sent back', async () => {
  const ping = { type: KadType.PING }
  expect(await answerKad(parts, ping, asker)).toBe(ping)
})

test.each([
  ['no key', { type: KadType.FIND_NODE }],
  ['an empty key', { type: KadType.GET_VALUE, key: new Uint8Array() }],
  ['a key that is too long', { type: KadType.GET_PROVIDERS, key: new Uint8Array(81) }],
  ['an unknown type', { type: 99, key: MULTIHASH }],
])('a message with %s is not answered', async (_name, message) => {
  await expect(answerKad(parts, message, asker)).rejects.toThrow()
})

test('a key that is no multihash is as good as any in FIND_NODE', async () => {
  const answer = await answerKad(parts, { type: KadType.FIND_NODE, key: Buffer.from([0xff]) }, asker)
  expect(answer?.closerPeers?.length).toBeGreaterThan(0)
})
