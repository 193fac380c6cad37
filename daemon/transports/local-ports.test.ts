import type { Connection, DialTransportOptions, Libp2pEvents, MultiaddrConnection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { TypedEventEmitter } from 'main-event'
import { expect, test } from 'vitest'
import { LocalPorts } from './local-ports.ts'

type Options = DialTransportOptions & { localAddress?: string; localPort?: number }

const PUBLIC = multiaddr('/ip4/1.2.3.4/tcp/1')
const events = new TypedEventEmitter<Libp2pEvents>()
const signal = AbortSignal.timeout(60_000)

/** A transport's dial that keeps what it is asked, and fails so often. */
function fakeDial(failures: readonly string[] = []) {
  const asked: Options[] = []
  const dial = async (_: unknown, options: Options): Promise<Connection> => {
    asked.push(options)
    const code = failures[asked.length - 1]
    if (code !== undefined) throw Object.assign(new Error(code), { code })
    return options.upgrader.upgradeOutbound({ remoteAddr: PUBLIC } as MultiaddrConnection, options)
  }
  return { asked, dial }
}

const made = { remoteAddr: PUBLIC } as Connection
const upgrader = { upgradeOutbound: async () => made } as unknown as Options['upgrader']

test('the port that a connection goes out from is known', async () => {
  const ports = new LocalPorts()
  const { asked, dial } = fakeDial()
  const connection = await ports.watch(dial, events)(PUBLIC, { upgrader, signal })
  expect(asked[0]).toMatchObject({ localAddress: '0.0.0.0', localPort: ports.of(connection) })
  expect(ports.of({} as Connection)).toBeUndefined()
})

test('a port that is taken is exchanged for another, and in the end left to the system', async () => {
  const ports = new LocalPorts()
  const { asked, dial } = fakeDial(['EADDRINUSE', 'EADDRNOTAVAIL', 'EADDRINUSE'])
  const connection = await ports.watch(dial, events)(PUBLIC, { upgrader, signal })
  expect(asked.map(({ localPort }) => typeof localPort)).toEqual(['number', 'number', 'number', 'undefined'])
  expect(ports.of(connection)).toBeUndefined()
})

test('any other failure is the dial’s', async () => {
  const dial = new LocalPorts().watch(fakeDial(['ECONNREFUSED']).dial, events)
  await expect(dial(PUBLIC, { upgrader, signal })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('nothing is asked for on the loopback interface, where there is no router', async () => {
  const { asked, dial } = fakeDial()
  await new LocalPorts().watch(dial, events)(multiaddr('/ip6/::1/tcp/1'), { upgrader, signal })
  expect(asked).toEqual([{ upgrader, signal }])
})

test('a dial from a given port, as the server', async () => {
  const { asked, dial } = fakeDial()
  const inbound: MultiaddrConnection[] = []
  const serving = {
    async upgradeInbound(socket: MultiaddrConnection) {
      inbound.push(socket)
      events.safeDispatchEvent('connection:open', { detail: { remoteAddr: socket.remoteAddr } as Connection })
    },
  } as unknown as Options['upgrader']
  const options = { upgrader: serving, signal, localPort: 5_000, asServer: true }
  expect(await new LocalPorts().watch(dial, events)(PUBLIC, options)).toEqual({ remoteAddr: PUBLIC })
  expect(asked[0]).toMatchObject({ localAddress: '0.0.0.0', localPort: 5_000 })
  expect(inbound).toEqual([{ remoteAddr: PUBLIC, direction: 'inbound' }])
})
