import { EventEmitter } from 'node:events'
import type { Connection, IdentifyResult } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { describeMessage } from '../../bindings/typescript/describe.ts'
import type { Event } from '../../proto/codec.ts'
import type { ReservationEvents, Reservations } from '../relay/reservations.ts'
import type { Reservation } from '../relay/reserve.ts'
import { Events, type WatchedNode } from './events.ts'

const ALICE = '12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5'
const BOB = 'QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN'

class FakeNode extends EventTarget {
  addresses = [multiaddr(`/ip4/127.0.0.1/tcp/1/p2p/${ALICE}`)]
  getMultiaddrs = () => this.addresses
  happens(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

function fakeConnection(id: string, peer: string, fields: Partial<Connection> = {}): Connection {
  return {
    id,
    remotePeer: peerIdFromString(peer),
    remoteAddr: multiaddr(`/ip4/127.0.0.1/tcp/2/p2p/${peer}`),
    direction: 'outbound',
    status: 'open',
    encryption: '/noise',
    multiplexer: '/yamux/1.0.0',
    timeline: { open: 1_000 },
    ...fields,
  } as Connection
}

const identified = (connection: Connection): IdentifyResult =>
  ({
    peerId: connection.remotePeer,
    connection,
    agentVersion: 'toy/1',
    protocols: ['/a'],
    listenAddrs: [multiaddr('/ip4/10.0.0.1/tcp/3')],
  }) as unknown as IdentifyResult

class FakeReservations extends EventEmitter<ReservationEvents> {
  held: Reservation[] = []
  list = () => this.held
}

function create() {
  const node = new FakeNode()
  const reservations = new FakeReservations()
  const events = new Events(node as unknown as WatchedNode, reservations as unknown as Reservations)
  const seen: string[] = []
  const listen = () => events.listen(event => seen.push(brief(event)))
  return { node, reservations, events, seen, listen }
}

interface Described {
  readonly type: string
  readonly peer?: string
  readonly addrs?: readonly string[]
  readonly connection?: { readonly id: string }
  readonly identify?: { readonly connection: string }
  readonly reservation?: { readonly relay: string }
}

/** `CONNECTION_OPENED c1`, `PEER_CONNECTED imQ5`. */
function brief(event: Event): string {
  const described = describeMessage('Event', event) as unknown as Described
  const { type, connection, peer, identify, addrs, reservation } = described
  const id = (peer ?? reservation?.relay)?.slice(-4)
  return `${type} ${connection?.id ?? identify?.connection ?? id ?? addrs ?? ''}`.trim()
}

test('connections and peers come and go in an order that makes sense', () => {
  const { node, seen, listen } = create()
  listen()
  const [first, second] = [fakeConnection('c1', ALICE), fakeConnection('c2', ALICE)]
  node.happens('connection:open', first)
  node.happens('connection:open', second)
  node.happens('peer:identify', identified(second))
  node.happens('connection:close', first)
  node.happens('connection:close', second)
  expect(seen).toEqual([
    'CONNECTION_OPENED c1',
    'PEER_CONNECTED imQ5',
    'CONNECTION_OPENED c2',
    'PEER_IDENTIFIED c2',
    'CONNECTION_CLOSED c1',
    'CONNECTION_CLOSED c2',
    'PEER_DISCONNECTED imQ5',
  ])
})

test('the state is what the events so far have led to', () => {
  const { node, reservations, events } = create()
  const [first, second, third] = [fakeConnection('c1', ALICE), fakeConnection('c2', BOB), fakeConnection('c3', ALICE)]
  for (const connection of [first, second, third]) node.happens('connection:open', connection)
  node.happens('peer:identify', identified(third))
  node.happens('connection:close', second)
  const relay = peerIdFromString(BOB)
  reservations.held = [{ relay, addresses: [], expires: new Date(5_000), limits: undefined }]
  expect(events.state().map(brief)).toEqual([
    'CONNECTION_OPENED c1',
    'PEER_CONNECTED imQ5',
    'CONNECTION_OPENED c3',
    'PEER_IDENTIFIED c3',
    'RESERVATION_GAINED GAJN',
    'ADDRESSES_CHANGED /ip4/127.0.0.1/tcp/1',
    'STATE_COMPLETE',
  ])
})

test('what never opened is not there, and what it says later changes nothing', () => {
  const { node, events, seen, listen } = create()
  listen()
  const stillborn = fakeConnection('c1', ALICE, { status: 'closed' })
  node.happens('connection:open', stillborn)
  node.happens('peer:identify', identified(stillborn))
  node.happens('connection:close', stillborn)
  expect(seen).toEqual([])
  expect(events.state()).toHaveLength(2)
})

test('own addresses are told when they are others than before', () => {
  const { node, reservations, seen, listen } = create()
  listen()
  node.happens('self:peer:update')
  node.addresses = [...node.addresses, multiaddr('/ip4/127.0.0.1/tcp/9')]
  node.happens('self:peer:update')
  node.happens('transport:listening')
  const relay = peerIdFromString(BOB)
  node.addresses = []
  reservations.emit('lost', { relay, addresses: [], expires: new Date(5_000), limits: undefined }, new Error('gone'))
  expect(seen).toEqual([
    'ADDRESSES_CHANGED /ip4/127.0.0.1/tcp/1,/ip4/127.0.0.1/tcp/9',
    'RESERVATION_LOST GAJN',
    'ADDRESSES_CHANGED',
  ])
})

test('who no longer listens hears nothing', () => {
  const { node, events, seen, listen } = create()
  listen()()
  node.happens('connection:open', fakeConnection('c1', ALICE))
  expect(seen).toEqual([])
  expect(events.listeners).toBe(0)
})

test('a connection is described with its direction, addresses, protocols, and whether a relay carries it', () => {
  const { node, events } = create()
  const remoteAddr = multiaddr(`/ip4/127.0.0.1/tcp/2/p2p/${BOB}/p2p-circuit/p2p/${ALICE}`)
  node.happens('connection:open', fakeConnection('c1', ALICE, { direction: 'inbound', remoteAddr }))
  expect(describeMessage('Event', events.state()[0] as Event)).toMatchObject({
    connection: {
      id: 'c1',
      peer: ALICE,
      addr: `/ip4/127.0.0.1/tcp/2/p2p/${BOB}/p2p-circuit`,
      direction: 0,
      security: '/noise',
      muxer: '/yamux/1.0.0',
      relayed: true,
      opened: 1_000,
    },
  })
})
