import { EventEmitter } from 'node:events'
import type { PeerId, StreamHandler } from '@libp2p/interface'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import type { DhtMode } from '../config.ts'
import type { Log } from '../log.ts'
import type { Verdict } from '../reachability/verdict.ts'
import { Dht, type DhtComponents } from './dht.ts'
import { makePeers } from './fixtures.ts'
import { KAD_PROTOCOL } from './messenger.ts'

let self: PeerId
let others: PeerId[]
beforeAll(async () => {
  ;[self, ...others] = (await makePeers(4)) as [PeerId, ...PeerId[]]
})

/** As much of a libp2p node as the DHT needs to know when it is asked to serve. */
let events: EventTarget
let reachability: EventEmitter
let serving: Map<string, StreamHandler>
beforeEach(() => {
  events = new EventTarget()
  serving = new Map()
})

async function start(mode: DhtMode, verdict: Verdict = 'unknown'): Promise<Dht> {
  reachability = Object.assign(new EventEmitter(), { verdict })
  const components = {
    peerId: self,
    events,
    reachability,
    registrar: {
      handle: async (protocol: string, handler: StreamHandler) => void serving.set(protocol, handler),
      unhandle: async (protocol: string) => void serving.delete(protocol),
    },
    dialer: { existing: () => undefined },
  } as unknown as DhtComponents
  const dht = new Dht(components, mode, {} as Log)
  await dht.start()
  return dht
}

function identified(peerId: PeerId, protocols: readonly string[]): void {
  events.dispatchEvent(new CustomEvent('peer:identify', { detail: { peerId, protocols } }))
}

test('a peer is known from when it says that it is a DHT server until it says that it is none', async () => {
  const dht = await start('client')
  const [server, client] = others as [PeerId, PeerId]
  identified(server, ['/ipfs/id/1.0.0', KAD_PROTOCOL])
  identified(client, ['/ipfs/id/1.0.0'])
  expect(dht.table.nearest(dht.table.self).map(({ peer }) => peer)).toEqual([server])
  identified(server, ['/ipfs/id/1.0.0'])
  expect(dht.table.size).toBe(0)
})

test.each<[DhtMode, Verdict, 'client' | 'server']>([
  ['server', 'unknown', 'server'],
  ['server', 'private', 'server'],
  ['client', 'unknown', 'client'],
  ['client', 'public', 'client'],
  ['full', 'public', 'server'],
  ['full', 'unknown', 'client'],
  ['full', 'private', 'client'],
])('mode %s, reachability %s: a %s', async (wanted, verdict, mode) => {
  const dht = await start(wanted, verdict)
  expect([dht.mode, serving.has(KAD_PROTOCOL)]).toEqual([mode, mode === 'server'])
})

test('mode full serves while other peers can reach this one; the others do not care', async () => {
  const dht = await start('full')
  const becomes = (mode: string): Promise<unknown> =>
    until(() => dht.mode === mode && serving.has(KAD_PROTOCOL) === (mode === 'server'), { deadline: 1_000, what: mode })
  for (const [verdict, mode] of [
    ['public', 'server'],
    ['private', 'client'],
    ['public', 'server'],
  ] as const) {
    reachability.emit('changed', verdict)
    await becomes(mode)
  }
  for (const mode of ['client', 'server'] as const) {
    await start(mode)
    expect(reachability.listenerCount('changed')).toBe(0)
  }
})
