import { EventEmitter } from 'node:events'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WatchedNode } from './events/events.ts'
import { OwnAddresses } from './own-addresses.ts'
import type { ReservationEvents, Reservations } from './relay/reservations.ts'

const PEER = '/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'

class FakeNode extends EventTarget {
  port = 1
  looks = 0
  getMultiaddrs = () => {
    this.looks++
    return [multiaddr(`/ip4/127.0.0.1/tcp/${this.port}${PEER}`)]
  }
}

let node: FakeNode
let reservations: EventEmitter<ReservationEvents>
let own: OwnAddresses
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  node = new FakeNode()
  reservations = new EventEmitter()
  own = new OwnAddresses(node as unknown as WatchedNode, reservations as Reservations)
})
afterEach(() => void vi.useRealTimers())

const ports = (): string[] => own.bytes.map(bytes => multiaddr(bytes).toString())

test('addresses are without the id, and looked for once in a while', () => {
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/1'])
  node.port = 2
  vi.advanceTimersByTime(9)
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/1'])
  expect(node.looks).toBe(1)
  vi.advanceTimersByTime(1)
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/2'])
})

test.each(['self:peer:update', 'transport:listening', 'transport:close'])('%s shows at once', event => {
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/1'])
  node.port = 2
  node.dispatchEvent(new CustomEvent(event))
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/2'])
})

test.each(['gained', 'lost'] as const)('a reservation %s shows at once', event => {
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/1'])
  node.port = 2
  reservations.emit(event, undefined as never)
  expect(ports()).toEqual(['/ip4/127.0.0.1/tcp/2'])
})
