import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Dialer, type DialerComponents, DialFailure } from './dialer.ts'
import type { ConnectionLimit } from './limits/connection-limit.ts'
import { LimitError } from './limits/limit-error.ts'
import { AddressBook } from './peerstore/address-book.ts'

const newPeer = async (): Promise<PeerId> => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const [self, peer, other] = (await Promise.all([newPeer(), newPeer(), newPeer()])) as [PeerId, PeerId, PeerId]

const A = multiaddr('/ip4/127.0.0.1/tcp/1001')
const B = multiaddr('/ip4/127.0.0.1/tcp/1002')
const FAR = multiaddr('/ip4/8.8.8.8/tcp/1003')

interface Attempt {
  readonly address: string
  readonly signal: AbortSignal
  succeed(): FakeConnection
  fail(error: Error): void
}

interface FakeConnection {
  status: 'open' | 'aborted'
  readonly remotePeer: PeerId
  readonly remoteAddr: Multiaddr
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
        dialTransportForMultiaddr: (address: Multiaddr) => (address.toString().includes('/udp/') ? undefined : {}),
        dial: (address: Multiaddr, { signal }: { signal: AbortSignal }) => {
          const { promise, resolve, reject } = Promise.withResolvers<FakeConnection>()
          signal.addEventListener('abort', () => reject(signal.reason))
          this.attempts.push({
            address: address.toString(),
            signal,
            fail: reject,
            succeed: () => {
              const status = 'open' as 'open' | 'aborted'
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
  await vi.advanceTimersByTimeAsync(60_000)
  expect(last.signal.aborted).toBe(false)
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

test('a relay is dialled directly, whatever else is known of it or goes on', async () => {
  const network = new FakeNetwork()
  const circuit = A.encapsulate(`/p2p/${other}/p2p-circuit`)
  const remoteAddr = circuit.encapsulate(`/p2p/${peer}`)
  network.connections.push({ status: 'open', remotePeer: peer, remoteAddr })
  const { signal } = new AbortController()
  const connecting = network.dialer.connect(peer, [circuit, B], signal, { directly: true })
  const connection = (await network.attempt(0)).succeed()
  expect(await connecting).toBe(connection)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${B}/p2p/${peer}`])
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

test('given addresses are remembered for two minutes, known ones are tried after them', async () => {
  const network = new FakeNetwork()
  await network.peerStore.patch(peer, { multiaddrs: [B, A] })
  const first = network.connect([A])
  for (const index of [0, 1]) (await network.attempt(index)).fail(refused())
  await expect(first).rejects.toThrow(DialFailure)
  expect(network.attempts.map(({ address }) => address)).toEqual([`${A}/p2p/${peer}`, `${B}/p2p/${peer}`])

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
  expect(network.attempts).toEqual([])

  network.limit.check = () => {}
  const dialling = network.connect([A])
  ;(await network.attempt(0)).fail(reached)
  await expect(dialling).rejects.toBe(reached)
})
