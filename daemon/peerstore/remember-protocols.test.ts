import type { Peer, PeerData, PeerId, PeerStore } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { expect, test } from 'vitest'
import { rememberProtocols } from './remember-protocols.ts'

const PEER = peerIdFromString('12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp')

/** A peer store that keeps protocols alone, and counts what is written. */
function countingStore(): { store: PeerStore; writes: string[] } {
  const writes: string[] = []
  let protocols: string[] = []
  const write = (how: string) => async (id: PeerId, data?: PeerData) => {
    writes.push(how)
    protocols = how === 'merge' ? [...new Set([...protocols, ...(data?.protocols ?? [])])] : (data?.protocols ?? [])
    return { id, protocols } as Peer
  }
  const methods = ['merge', 'save', 'patch', 'delete'].map(how => [how, write(how)])
  const store = Object.fromEntries(methods) as PeerStore
  rememberProtocols(store)
  return { store, writes }
}

test('a protocol that was told before is not written again', async () => {
  const { store, writes } = countingStore()
  const first = await store.merge(PEER, { protocols: ['/a'] })
  expect(await store.merge(PEER, { protocols: ['/a'] })).toEqual(first)
  expect(writes).toEqual(['merge'])
  expect((await store.merge(PEER, { protocols: ['/b'] })).protocols).toEqual(['/a', '/b'])
  await store.merge(PEER, { protocols: ['/a'] })
  await store.merge(PEER, { protocols: ['/b'] })
  expect(writes).toEqual(['merge', 'merge'])
})

test.each(['save', 'patch', 'delete'] as const)('after a %s it is', async method => {
  const { store, writes } = countingStore()
  await store.merge(PEER, { protocols: ['/a'] })
  await store[method](PEER, { protocols: [] })
  await store.merge(PEER, { protocols: ['/a'] })
  expect(writes).toEqual(['merge', method, 'merge'])
})

test('whatever else is told of a peer is always written', async () => {
  const { store, writes } = countingStore()
  await store.merge(PEER, { protocols: ['/a'] })
  await store.merge(PEER, { protocols: ['/a'], tags: { kept: { value: 1 } } })
  await store.merge(PEER, { metadata: {} })
  await store.merge(PEER, { protocols: ['/a'] })
  expect(writes).toEqual(['merge', 'merge', 'merge', 'merge'])
})
