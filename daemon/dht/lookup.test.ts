import type { PeerId } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { beforeAll, describe, expect, test } from 'vitest'
import { makePeers } from './fixtures.ts'
import { compareDistance, kadId } from './keyspace.ts'
import { type Contact, type LookupSteps, lookup } from './lookup.ts'
import { RoutingTable } from './routing-table.ts'

const KEY = Buffer.from('what is looked for')
const FOREVER = new AbortController().signal

let self: PeerId
let peers: PeerId[]
beforeAll(async () => {
  ;[self, ...peers] = (await makePeers(61)) as [PeerId, ...PeerId[]]
  peers.sort(byDistance)
})

function byDistance(a: PeerId, b: PeerId): number {
  return compareDistance(kadId(KEY), kadId(a.toMultihash().bytes), kadId(b.toMultihash().bytes))
}

const contact = (peer: PeerId): Contact => ({ peer, addrs: [] })

/** A table that knows the first peers given, and a network in which everybody knows what `knows` says. */
function network(
  known: readonly PeerId[],
  knows: (peer: PeerId) => readonly PeerId[],
  more: Partial<LookupSteps> = {},
) {
  const table = new RoutingTable(self, () => true)
  for (const peer of known) table.add(peer)
  const asked: PeerId[] = []
  const steps: LookupSteps = {
    table,
    async ask({ peer }) {
      asked.push(peer)
      return knows(peer).map(contact)
    },
    ...more,
  }
  return { table, asked, steps }
}

const ids = (contacts: readonly { peer: PeerId }[]): string[] => contacts.map(({ peer }) => peer.toString())

test('an empty table is an error at once', async () => {
  const { steps } = network([], () => [])
  await expect(lookup(KEY, steps, FOREVER)).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
    message: 'failed to find any peer in table',
  })
})

test('from one far peer it finds the twenty closest, in order, each once, and asks none of them twice', async () => {
  // everybody knows ten peers somewhat closer than themselves, as in a real network
  const { steps, asked } = network([peers.at(-1) as PeerId], peer => {
    const at = peers.indexOf(peer)
    return peers.slice(Math.max(0, at - 12), Math.max(10, at))
  })
  const found = await lookup(KEY, steps, FOREVER)
  expect(ids(found)).toEqual(peers.slice(0, 20).map(String))
  expect(new Set(asked.map(String)).size).toBe(asked.length)
})

test('a chain that first leads away from the key is followed to its end', async () => {
  const chain = [0, 30, 10, 50, 40].map(index => peers[index] as PeerId)
  const { steps } = network(chain.slice(0, 1), peer => {
    const next = chain[chain.indexOf(peer) + 1]
    return next === undefined ? [] : [next]
  })
  expect(ids(await lookup(KEY, steps, FOREVER)).toSorted()).toEqual(chain.map(String).toSorted())
})

test('this daemon, named by others, is not among the results', async () => {
  const { steps } = network(peers.slice(0, 3), () => [self])
  expect(ids(await lookup(KEY, steps, FOREVER))).toEqual(peers.slice(0, 3).map(String))
})

test('who does not answer is neither a result nor kept in the table, and who answers comes into it', async () => {
  const [live, dead, hearsay] = peers as [PeerId, PeerId, PeerId]
  const { steps, table } = network([live, dead], () => [], {
    async ask({ peer }) {
      if (peer.equals(dead)) throw new Error('no answer')
      return [contact(hearsay)]
    },
  })
  expect(ids(await lookup(KEY, steps, FOREVER))).toEqual([live, hearsay].map(String))
  expect(ids(table.nearest(kadId(KEY)))).toEqual([live, hearsay].map(String))
})

test('what is heard of addresses is put together', async () => {
  const [a, b, target] = peers.slice(1, 4) as [PeerId, PeerId, PeerId]
  const addresses = [multiaddr('/ip4/127.0.0.1/tcp/1'), multiaddr('/ip4/127.0.0.1/tcp/2')]
  const { steps } = network([a, b], () => [], {
    async ask({ peer, addrs }) {
      if (peer.equals(target)) return addrs.length === 0 ? Promise.reject(new Error('where?')) : []
      return [{ peer: target, addrs: peer.equals(a) ? addresses : addresses.slice(0, 1) }]
    },
  })
  const found = (await lookup(KEY, steps, FOREVER)).find(({ peer }) => peer.equals(target))
  expect(found?.addrs).toEqual(addresses)
})

describe('a lookup that ends early', () => {
  test('stops when what it is for has been found: nobody else is asked', async () => {
    let found = false
    const { steps, asked } = network(peers.slice(40, 41), () => {
      found = true
      return peers.slice(0, 20)
    })
    await lookup(KEY, { ...steps, stop: () => found }, FOREVER)
    expect(asked).toHaveLength(1)
  })

  test('ends when its signal aborts, and ends the questions that are open', async () => {
    const aborter = new AbortController()
    const signals: AbortSignal[] = []
    const { steps, table } = network(peers.slice(0, 12), () => [], {
      ask(_contact, signal) {
        signals.push(signal)
        if (signals.length === 10) aborter.abort()
        return new Promise(() => {})
      },
    })
    expect(ids(await lookup(KEY, steps, aborter.signal))).toEqual(peers.slice(0, 12).map(String))
    expect(signals.map(({ aborted }) => aborted)).toEqual(Array(10).fill(true))
    // who had no time to answer is not to blame
    expect(table.size).toBe(12)
  })

  test('an aborted signal asks nobody', async () => {
    const { steps, asked } = network(peers.slice(0, 3), () => [])
    await lookup(KEY, steps, AbortSignal.abort())
    expect(asked).toEqual([])
  })
})

test('no more than ten are asked at a time, the closest first', async () => {
  const open: PeerId[] = []
  const answers: (() => void)[] = []
  const { steps } = network(peers.slice(0, 20), () => [], {
    ask({ peer }) {
      open.push(peer)
      return new Promise(resolve => answers.push(() => resolve([])))
    },
  })
  const running = lookup(KEY, steps, FOREVER)
  expect(open.map(String)).toEqual(peers.slice(0, 10).map(String))
  while (answers.length > 0) {
    for (const answer of answers.splice(0)) answer()
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(await running).toHaveLength(20)
  expect(open).toHaveLength(20)
})
