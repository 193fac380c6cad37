import type { Peer, PeerId, PeerStore } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { StoredAddresses } from './stored-addresses.ts'

const PEER = peerIdFromString('12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp')
const OTHER = peerIdFromString('QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN')

/** A peer store of addresses alone, whose steps end when the test says, and which counts what is read. */
class FakeStore {
  addresses = new Map<string, Multiaddr[]>()
  reads = 0
  gate: Promise<void> = Promise.resolve()
  /** Called when something has been written, before that is over, as libp2p's store tells of it. */
  written: () => Promise<void> = async () => {}

  async get(id: PeerId): Promise<Peer> {
    this.reads += 1
    const found = this.addresses.get(id.toString())
    await this.gate
    if (found === undefined) throw new Error('not found')
    return { id, addresses: found.map(address => ({ multiaddr: address, isCertified: false })) } as Peer
  }
  save = this.#write
  patch = this.#write
  merge = this.#write
  async #write(id: PeerId, { multiaddrs = [] }: { multiaddrs?: Multiaddr[] }): Promise<void> {
    await this.gate
    this.addresses.set(id.toString(), multiaddrs)
    await this.written()
  }
  async delete(id: PeerId): Promise<void> {
    this.addresses.delete(id.toString())
  }
}

function stored(...texts: readonly string[]) {
  const fake = new FakeStore()
  fake.addresses.set(PEER.toString(), texts.map(multiaddr))
  const store = fake as unknown as PeerStore
  const addresses = new StoredAddresses(store)
  return { fake, store, get: async (peer = PEER) => (await addresses.get(peer)).map(String) }
}

const at = (port: number): string => `/ip4/192.0.2.1/tcp/${port}/p2p/${PEER}`

test('addresses have the id at their end, and are read once', async () => {
  const { fake, get } = stored('/ip4/192.0.2.1/tcp/1', at(2), `/ip4/192.0.2.1/tcp/3/p2p/${OTHER}`)
  expect(await get()).toEqual([at(1), at(2)])
  expect(await get()).toEqual([at(1), at(2)])
  expect(await get(OTHER)).toEqual([])
  expect(fake.reads).toBe(2)
})

test.each(['save', 'patch', 'merge'] as const)('a %s shows at once', async method => {
  const { store, get } = stored(at(1))
  await get()
  await store[method](PEER, { multiaddrs: [multiaddr(at(2))] })
  expect(await get()).toEqual([at(2)])
})

test('a peer that is deleted has none', async () => {
  const { store, get } = stored(at(1))
  await get()
  await store.delete(PEER)
  expect(await get()).toEqual([])
})

test('who is told of a write sees it, also before the write is over', async () => {
  const { fake, store, get } = stored(at(1))
  await get()
  const told: string[][] = []
  fake.written = async () => void told.push(await get())
  await store.merge(PEER, { multiaddrs: [multiaddr(at(2))] })
  expect(told).toEqual([[at(2)]])
})

test('a write that fails may have written, while others were reading', async () => {
  const { fake, store, get } = stored(at(1))
  const opened = Promise.withResolvers<void>()
  fake.gate = opened.promise
  fake.written = () => Promise.reject(new Error('a listener has failed'))
  const writing = store.patch(PEER, { multiaddrs: [multiaddr(at(2))] })
  const reading = get()
  opened.resolve()
  await expect(writing).rejects.toThrow('a listener has failed')
  await reading
  expect(await get()).toEqual([at(2)])
})

test('what is written of one peer is no reason to read of another again', async () => {
  const { fake, store, get } = stored(at(1))
  await get()
  await store.save(OTHER, { multiaddrs: [] })
  await get()
  expect(fake.reads).toBe(1)
})

test('of very many peers not all are kept', async () => {
  const { fake, get } = stored(at(1))
  await get()
  const peerOf = (index: number): PeerId => ({ toString: () => `peer ${index}` }) as PeerId
  for (let index = 0; index < 4_096; index++) await get(peerOf(index))
  const reads = fake.reads
  await get()
  expect(fake.reads).toBe(reads + 1)
})

test('what is written while it is being read, or read while it is being written, is not missed', async () => {
  const { fake, store, get } = stored(at(1))
  const opened = Promise.withResolvers<void>()
  fake.gate = opened.promise
  const before = get()
  const written = store.patch(PEER, { multiaddrs: [multiaddr(at(2))] })
  const meanwhile = get()
  opened.resolve()
  await Promise.all([before, written, meanwhile])
  expect(await get()).toEqual([at(2)])
})
