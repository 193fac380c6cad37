import type { Libp2pEvents, Listener } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { InterfaceWatch } from './interface-watch.ts'

test('a listener is told of when its addresses are others than before, and only then', async () => {
  let looks = 0
  const listens = (...at: string[]): { listener: Listener; addresses: string[] } => {
    const addresses = at
    const getAddrs = () => {
      looks += 1
      return addresses.map(text => multiaddr(text))
    }
    return { listener: { getAddrs } as unknown as Listener, addresses }
  }
  const steady = listens('/ip4/10.0.0.1/tcp/1')
  const moving = listens('/ip4/10.0.0.1/tcp/2')
  const events = new TypedEventEmitter<Libp2pEvents>()
  const transportManager = { getListeners: () => [steady.listener, moving.listener] }
  const watch = new InterfaceWatch({ events, transportManager })
  for (const detail of transportManager.getListeners()) events.safeDispatchEvent('transport:listening', { detail })
  const told: Listener[] = []
  events.addEventListener('transport:listening', ({ detail }) => told.push(detail))
  watch.start(5)
  await until(() => looks >= 4, { deadline: 10_000, what: 'two looks' })
  expect(told).toEqual([])
  moving.addresses.push('/ip4/10.0.0.2/tcp/2')
  await until(() => told.length > 0, { deadline: 10_000, what: 'the change to be told' })
  const seen = looks
  await until(() => looks >= seen + 4, { deadline: 10_000, what: 'two more looks' })
  watch.stop()
  expect(told).toEqual([moving.listener])
})
