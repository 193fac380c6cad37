import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Libp2p } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { Key } from 'interface-datastore'
import { createLibp2p } from 'libp2p'
import { expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { createLog } from '../log.ts'
import { RELAY_TAG } from '../relay/relay.ts'
import { AddressBook } from './address-book.ts'
import { PeerDatastore } from './datastore.ts'
import { Peerstore } from './peerstore.ts'

const lines: string[] = []
const log = createLog({ write: line => lines.push(line) })
const newPeer = async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const peer = await newPeer()
const address = (port: number) => multiaddr(`/ip4/127.0.0.1/tcp/${port}`)
const DAY = 24 * 60 * 60_000

interface Setting extends AsyncDisposable {
  readonly node: Libp2p
  readonly datastore: PeerDatastore
  readonly book: AddressBook
  readonly peerstore: Peerstore
}

/** A peer store of a node that never starts. */
async function create(): Promise<Setting> {
  const privateKey = await generateKeyPair('Ed25519')
  const datastore = new PeerDatastore({ self: `/peers/${privateKey.publicKey.toCID()}`, disk: undefined })
  const forever = Number.POSITIVE_INFINITY
  const peerStore = { maxAddressAge: forever, maxPeerAge: forever }
  const node = await createLibp2p({ start: false, privateKey, datastore, peerStore })
  const book = new AddressBook()
  const peerstore = new Peerstore(node, book, datastore, log)
  return { node, datastore, book, peerstore, [Symbol.asyncDispose]: () => peerstore.close() }
}

test('others can make it remember so many addresses of a peer and no more, those that the peer has signed first', async () => {
  await using setting = await create()
  const { node, peerstore } = setting
  await node.peerStore.patch(peer, { addresses: [{ multiaddr: address(9_999), isCertified: true }] })
  for (let round = 0; round < 10; round++) {
    const multiaddrs = Array.from({ length: 30 }, (_, index) => address(1 + round * 30 + index))
    await node.peerStore.merge(peer, { multiaddrs })
  }
  await until(async () => ((await peerstore.get(peer))?.addresses.length ?? 0) <= 64, {
    deadline: 5_000,
    what: 'the addresses to be limited',
  })
  const known = (await peerstore.get(peer))?.addresses.map(({ address }) => `${address}`)
  expect(known).toContain(`${address(9_999)}/p2p/${peer}`)
})

test('who has not been heard of for a week is forgotten, except those that a client keeps', async () => {
  await using setting = await create()
  const { node, peerstore } = setting
  const kept = await newPeer()
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  try {
    await node.peerStore.merge(peer, { multiaddrs: [address(1)] })
    await peerstore.add(kept, {
      addresses: [],
      expires: 0,
      protocols: [],
      publicKey: undefined,
      tags: new Map(),
      metadata: new Map([['a', new Uint8Array(1)]]),
    })
    vi.advanceTimersByTime(7 * DAY - 1)
    await peerstore.tidy()
    expect((await peerstore.get(peer))?.addresses).toHaveLength(1)
    vi.advanceTimersByTime(2)
    await peerstore.tidy()
    expect(await peerstore.get(peer)).toBeUndefined()
    expect((await peerstore.get(kept))?.metadata.size).toBe(1)
  } finally {
    vi.useRealTimers()
  }
})

test('damaged records are removed, and said to be', async () => {
  await using setting = await create()
  const { node, datastore, peerstore } = setting
  await node.peerStore.merge(peer, { multiaddrs: [address(1)] })
  const record = await datastore.get(new Key(datastore.peerKeys()[0] as string))
  const other = await newPeer()
  datastore.put(new Key(`/peers/${other.toCID()}`), record.subarray(0, record.length - 3))
  datastore.put(new Key('/peers/nonsense'), record)
  await peerstore.tidy()
  expect(peerstore.peers().map(String)).toEqual([`${peer}`])
  expect(lines.at(-1)).toContain('2 damaged records of peers were removed')
})

test('a relay of an earlier run is not held on to', async () => {
  await using setting = await create()
  const { node, peerstore } = setting
  await node.peerStore.merge(peer, { tags: { [RELAY_TAG]: { value: 1 }, other: { value: 2 } } })
  await peerstore.tidy()
  expect([...((await peerstore.get(peer))?.tags.keys() ?? [])]).toEqual(['other'])
})
