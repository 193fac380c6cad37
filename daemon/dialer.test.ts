import { generateKeyPair } from '@libp2p/crypto/keys'
import { AbortError, type Connection, type PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Dialer, type DialerComponents, DialFailure } from './dialer.ts'
import type { ConnectionLimit } from './limits/connection-limit.ts'
import { LimitError } from './limits/limit-error.ts'
import { AddressBook } from './peerstore/address-book.ts'
import type { MeetingOptions } from './transports/local-ports.ts'

const newPeer = async (): Promise<PeerId> => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const [self, peer, other] = (await Promise.all([newPeer(), newPeer(), newPeer()])) as [PeerId, PeerId, PeerId]

const A = multiaddr('/ip4/127.0.0.1/tcp/1001')
const B = multiaddr('/ip4/127.0.0.1/tcp/1002')
const C = multiaddr('/ip4/127.0.0.1/tcp/1004')
const D = multiaddr('/ip4/127.0.0.1/tcp/1005')
const QUIC = multiaddr('/ip4/127.0.0.1/udp/1006/quic-v1')
const FAR = multiaddr('/ip4/8.8.8.8/tcp/1003')

interface Attempt {
  readonly address: string
  readonly signal: AbortSignal
  /** What else the transport is told. */
  readonly meeting: MeetingOptions
  succeed(): FakeConnection
  fail(error: Error): void
}

interface FakeConnection {
  status: 'open' | 'closing' | 'aborted'
  readonly remotePeer: PeerId
  readonly remoteAddr: Multiaddr
  /** What a relay grants. */
  readonly limits?: object
}

/** A libp2p that dials only when the test says how it ends. */
class FakeNetwork {
  readonly attempts: Attempt[] = []
  readonly connections: FakeConnection[] = []
  #stored: Multiaddr[] = []
  readonly peerStore = {
    get: async () => ({ addresses: this.#stored.map(address => ({ multiaddr: address })) }),
    patch: async (_peer: PeerId, { multiaddrs }: { readonly multiaddrs: Multiaddr[] }) => {
      this.#stored = multiaddrs
    },
  }

  readonly limit = { check: () => {} }

  readonly dialer = new Dialer(
    {
      peerId: self,
      peerStore: this.peerStore,
      connectionManager: { getConnections: () => this.connections },
      transportManager: {
        dialTransportForMultiaddr: (address: Multiaddr) => (/\/udp\/\d+(?!.*quic)/.test(`${address}`) ? undefined : {}),
        dial: (address: Multiaddr, { signal, ...meeting }: { signal: AbortSignal } & MeetingOptions) => {
          const { promise, resolve, reject } = Promise.withResolvers<FakeConnection>()
          signal.addEventListener('abort', () => reject(new AbortError('the dial was aborted')))
          this.attempts.push({
            address: address.toString(),
            signal,
            meeting,
            fail: reject,
            succeed: () => {
              const status = 'open' as FakeConnection['status']
              const connection = { status, remotePeer: peer, remoteAddr: address, abort: () => {} }
              connection.abort = () => {
                connection.status = 'aborted'
              }
              this.connections.push(connection)
              resolve(connection)
              return connection
            },
          })
          return promise
        },
      },
    } as unknown as DialerComponents,
    this.limit as ConnectionLimit,
    new AddressBook(),
  )

  connect(addresses: Multiaddr[], signal: AbortSignal = new AbortController().signal): Promise<Connection> {
    return this.dialer.connect(peer, addresses, signal)
  }

  connectAfresh(addresses: Multiaddr[], signal: AbortSignal, meeting?: MeetingOptions): Promise<Connection> {
    return this.dialer.connectAfresh(peer, addresses, signal, meeting)
  }

  /** The nth attempt, once it has been made. */
  async attempt(index: number): Promise<Attempt> {
    await vi.advanceTimersByTimeAsync(0)
    const attempt = this.attempts[index]
    if (attempt === undefined) throw new Error(`${this.attempts.length} attempts so far`)
    return attempt
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const refused = (): Error =>
  Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', errno: -111, syscall: 'connect' })

test('the next address is tried as soon as one fails, and 250 ms after one that is silent', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A, B, FAR])
  ;(await network.attempt(0)).fail(refused())
  await network.attempt(1)
  expect(network.attempts).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(249)
  expect(network.attempts).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1)
  const last = await network.attempt(2)
  const connection = last.succeed()
  expect(await connecting).toBe(connection)
  // the loser is abandoned; the winner's signal, which its socket keeps, never fires
  expect(network.attempts[1]?.signal.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(last.signal.aborted).toBe(false)
})

test('the 250 ms begin anew with every address, and nothing is tried any more once one has answered', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A, B, C, D])
  const first = await network.attempt(0)
  await vi.advanceTimersByTimeAsync(200)
  first.fail(refused())
  const second = await network.attempt(1)
  await vi.advanceTimersByTimeAsync(249)
  expect(network.attempts).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1)
  await network.attempt(2)
  second.succeed()
  await connecting
  // the third is abandoned, which is no failure that makes room for the fourth
  await vi.advanceTimersByTimeAsync(1_000)
  expect(network.attempts.map(({ signal }) => signal.aborted)).toEqual([false, false, true])
})

test('of two that answer in the same instant one is kept', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A, B])
  const first = await network.attempt(0)
  await vi.advanceTimersByTimeAsync(250)
  const second = await network.attempt(1)
  const connections = [second.succeed(), first.succeed()]
  expect(await connecting).toBe(connections[0])
  await vi.advanceTimersByTimeAsync(0)
  expect(connections.map(({ status }) => status)).toEqual(['open', 'aborted'])
})

test('QUIC, which is the fastest, is tried first, and a relay when nothing else answers', async () => {
  const network = new FakeNetwork()
  network.connect([A.encapsulate(`/p2p/${other}/p2p-circuit`), B, QUIC]).catch(() => {})
  for (const index of [0, 1]) (await network.attempt(index)).fail(refused())
  await network.attempt(2)
  expect(network.attempts.map(({ address }) => address.split(`/p2p/`)[0])).toEqual([QUIC, B, A].map(String))
})

test('when all have failed, every address is named with its reason', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A, B])
  const failed = expect(connecting).rejects.toThrow(
    new DialFailure(
      `failed to dial ${peer}: all dials failed\n  * [${A}] dial tcp4 127.0.0.1:1001: connect: connection refused\n  * [${B}] dial tcp4 127.0.0.1:1002: i/o timeout`,
    ),
  )
  ;(await network.attempt(0)).fail(refused())
  await vi.advanceTimersByTimeAsync(5_000)
  await failed
})

test('addresses that cannot be dialled are named too, before those that have failed', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A, multiaddr('/ip4/127.0.0.1/udp/1')])
  const failed = expect(connecting).rejects.toThrow(
    new DialFailure(
      `failed to dial ${peer}: all dials failed\n  * [/ip4/127.0.0.1/udp/1] no transport for protocol\n  * [${A}] dial tcp4 127.0.0.1:1001: connect: connection refused`,
    ),
  )
  ;(await network.attempt(0)).fail(refused())
  await failed
})

test('a public address may take 15 s', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([FAR])
  connecting.catch(() => {})
  const attempt = await network.attempt(0)
  await vi.advanceTimersByTimeAsync(14_999)
  expect(attempt.signal.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(attempt.signal.aborted).toBe(true)
})

test.each([
  ['no addresses', [], 'no addresses'],
  ['an address that says nothing of a place', [multiaddr(`/p2p/${peer}`)], 'no addresses'],
  ['another peer’s address', [A.encapsulate(`/p2p/${other}`)], 'no addresses'],
  [
    'an address of no transport',
    [multiaddr('/ip4/127.0.0.1/udp/1')],
    'no good addresses\n  * [/ip4/127.0.0.1/udp/1] no transport for protocol',
  ],
])('%s', async (_name, addresses, text) => {
  const network = new FakeNetwork()
  await expect(network.connect(addresses)).rejects.toThrow(new DialFailure(`failed to dial ${peer}: ${text}`))
  expect(network.attempts).toHaveLength(0)
})

test('itself is not dialled', async () => {
  const network = new FakeNetwork()
  const { signal } = new AbortController()
  await expect(network.dialer.connect(self, [A], signal)).rejects.toThrow('dial to self attempted')
})

test('an open connection is enough, whatever the addresses', async () => {
  const network = new FakeNetwork()
  const connecting = network.connect([A])
  const connection = (await network.attempt(0)).succeed()
  await connecting
  expect(vi.getTimerCount()).toBe(0)
  expect(await network.connect([B])).toBe(connection)
  expect(network.attempts).toHaveLength(1)
})

test('a direct connection is preferred to one through a relay', async () => {
  const network = new FakeNetwork()
  const relayed = { status: 'open' as const, remotePeer: peer, remoteAddr: A.encapsulate(`/p2p/${self}/p2p-circuit`) }
  network.connections.push(relayed)
  expect(network.dialer.existing(peer)).toBe(relayed)
  const direct = { status: 'open' as const, remotePeer: peer, remoteAddr: B }
  network.connections.push(direct)
  expect(network.dialer.existing(peer)).toBe(direct)
})

test('of connections through relays that is preferred on which nothing is limited; one that ends is none', () => {
  const network = new FakeNetwork()
  const remoteAddr = A.encapsulate(`/p2p/${self}/p2p-circuit`)
  const limited = { status: 'open' as const, remotePeer: peer, remoteAddr, limits: {} }
  const unlimited = { status: 'open' as const, remotePeer: peer, remoteAddr }
  const ending = { status: 'closing' as const, remotePeer: peer, remoteAddr: B }
  network.connections.push(ending, limited, unlimited)
  expect(network.dialer.existing(peer)).toBe(unlimited)
  network.connections.pop()
  expect(network.dialer.existing(peer)).toBe(limited)
  network.connections.pop()
  expect(network.dialer.existing(peer)).toBeUndefined()
})

test('a relay is dialled directly, whatever else is known of it or goes on', async () => {
  const network = new FakeNetwork()
  const circuit = A.encapsulate(`/p2p/${other}/p2p-circuit`)
  const remoteAddr = circuit.encapsulate(`/p2p/${peer}`)
  network.connections.push({ status: 'open', remotePeer: peer, remoteAddr })
  const { signal } = new AbortController()
  const connecting = network.dialer.connect(peer, [circuit, B], signal, { directly: true })
  const attempt = await network.attempt(0)
  await vi.advanceTimersByTimeAsync(1_000)
  const connection = attempt.succeed()
  expect(await connecting).toBe(connection)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${B}/p2p/${peer}`])
})

test('a dial that tries relays is not what a direct one waits for', async () => {
  const network = new FakeNetwork()
  const { signal } = new AbortController()
  network.connect([A.encapsulate(`/p2p/${other}/p2p-circuit`)]).catch(() => {})
  await network.attempt(0)
  await expect(network.dialer.connect(peer, [], signal, { directly: true })).rejects.toThrow('no addresses')
})

test('a connection is made afresh beside the one that is open, at the direct addresses given alone', async () => {
  const network = new FakeNetwork()
  await network.peerStore.patch(peer, { multiaddrs: [FAR] })
  network.connections.push({ status: 'open', remotePeer: peer, remoteAddr: A })
  const controller = new AbortController()
  const meeting = { localPort: 7, asServer: true }
  const connecting = network.connectAfresh([A.encapsulate('/p2p-circuit'), B], controller.signal, meeting)
  const attempt = await network.attempt(0)
  await vi.advanceTimersByTimeAsync(1_000)
  const connection = attempt.succeed()
  expect(await connecting).toBe(connection)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${B}/p2p/${peer}`])
  expect(attempt.meeting).toEqual(meeting)
  // the connection belongs to nobody's request
  controller.abort()
  expect(attempt.signal.aborted).toBe(false)
})

test('a connection afresh that nobody waits for any more is abandoned', async () => {
  const network = new FakeNetwork()
  const controller = new AbortController()
  const connecting = network.connectAfresh([A, B], controller.signal)
  const { signal } = await network.attempt(0)
  controller.abort(new Error('given up'))
  await expect(connecting).rejects.toThrow('given up')
  expect(signal.aborted).toBe(true)
})

test('requests for the same peer share a dial, which ends when the last of them has given up', async () => {
  const network = new FakeNetwork()
  const [first, second] = [new AbortController(), new AbortController()]
  const one = network.connect([A], first.signal)
  const { signal } = await network.attempt(0)
  const two = network.connect([], second.signal)
  await vi.advanceTimersByTimeAsync(0)
  expect(network.attempts).toHaveLength(1)
  first.abort(new Error('first gave up'))
  await expect(one).rejects.toThrow('first gave up')
  expect(signal.aborted).toBe(false)
  second.abort(new Error('second gave up'))
  await expect(two).rejects.toThrow('second gave up')
  expect(signal.aborted).toBe(true)
})

test('when all have given up, no other address is tried, and nothing is waited for', async () => {
  const network = new FakeNetwork()
  const controller = new AbortController()
  const connecting = network.connect([A, B], controller.signal)
  await network.attempt(0)
  expect(network.dialer.dials).toBe(1)
  controller.abort(new Error('gave up'))
  await expect(connecting).rejects.toThrow('gave up')
  expect(network.dialer.dials).toBe(0)
  await vi.advanceTimersByTimeAsync(0)
  expect(vi.getTimerCount()).toBe(0)
  expect(network.attempts).toHaveLength(1)
})

test('a request with an address that the running dial does not try starts its own', async () => {
  const network = new FakeNetwork()
  network.connect([A]).catch(() => {})
  await network.attempt(0)
  const connecting = network.connect([B])
  await vi.advanceTimersByTimeAsync(0)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${A}/p2p/${peer}`, `${B}/p2p/${peer}`])
  const connection = network.attempts[1]?.succeed()
  expect(await connecting).toBe(connection)
})

test('the dial that others join is the latest, also when an earlier one ends first', async () => {
  const network = new FakeNetwork()
  const controller = new AbortController()
  const earlier = network.connect([A], controller.signal)
  await network.attempt(0)
  const later = network.connect([B])
  await network.attempt(1)
  controller.abort(new Error('gave up'))
  await expect(earlier).rejects.toThrow('gave up')
  const joining = network.connect([B])
  await vi.advanceTimersByTimeAsync(0)
  expect(network.attempts).toHaveLength(2)
  const connection = network.attempts[1]?.succeed()
  expect(await Promise.all([later, joining])).toEqual([connection, connection])
})

test('given addresses are remembered for two minutes, known ones are tried after them', async () => {
  const network = new FakeNetwork()
  await network.peerStore.patch(peer, { multiaddrs: [B, A] })
  const first = network.connect([A])
  for (const index of [0, 1]) (await network.attempt(index)).fail(refused())
  await expect(first).rejects.toThrow(DialFailure)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${A}/p2p/${peer}`, `${B}/p2p/${peer}`])
  expect((await network.dialer.known(peer)).map(String)).toEqual([`${A}/p2p/${peer}`, `${B}/p2p/${peer}`])

  await network.peerStore.patch(peer, { multiaddrs: [] })
  network.connect([]).catch(() => {})
  expect((await network.attempt(2)).address).toBe(`${A}/p2p/${peer}`)
  await vi.advanceTimersByTimeAsync(120_000)
  await expect(network.connect([])).rejects.toThrow('no addresses')
})

test('over the limit of connections nothing is dialled; that it was reached meanwhile is said as clearly', async () => {
  const network = new FakeNetwork()
  const reached = new LimitError(7, 'connections with peers', 'maxConnections')
  network.limit.check = () => {
    throw reached
  }
  await expect(network.connect([A])).rejects.toBe(reached)
  await expect(network.connectAfresh([A], new AbortController().signal)).rejects.toBe(reached)
  expect(network.attempts).toEqual([])

  network.limit.check = () => {}
  const dialling = network.connect([A])
  ;(await network.attempt(0)).fail(reached)
  await expect(dialling).rejects.toBe(reached)
})
