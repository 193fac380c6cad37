import { circuitRelayServer, circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { echo } from '../echo.ts'
import { readStream } from '../stream-io.ts'
import { startHost, type TestHost } from '../test-host.ts'

interface StockNode extends AsyncDisposable {
  readonly node: Libp2p
}

/** js-libp2p with its own circuit relay, as programs of others use it. */
async function startStock(...listen: string[]): Promise<StockNode> {
  const node = await createLibp2p({
    addresses: { listen },
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    services: { identify: identify(), relay: circuitRelayServer() },
  })
  await node.handle('/echo/1.0.0', stream => echo(stream), { runOnLimitedConnection: true })
  return { node, [Symbol.asyncDispose]: async () => node.stop() }
}

async function echoes(from: Libp2p, to: Libp2p, address: string): Promise<string> {
  const connection = await from.dial(multiaddr(address))
  expect(connection.remotePeer.toString()).toBe(to.peerId.toString())
  const stream = await connection.newStream('/echo/1.0.0', { runOnLimitedConnection: true })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Uint8Array[] = []
  readStream(stream, {
    data: chunk => chunks.push(chunk.subarray()),
    end: () => resolve(Buffer.concat(chunks).toString()),
    error: reject,
  })
  stream.send(Buffer.from('hello'))
  await stream.close()
  return promise
}

const ours = (host: TestHost) => `${host.addresses[0]}/p2p/${host.peer}`

test('js-libp2p reserves at our relay, and our daemon calls it there', async () => {
  await using relay = await startHost()
  await using caller = await startHost('-noListenAddrs')
  await using stock = await startStock(`${ours(relay)}/p2p-circuit`)
  await until(async () => relay.relay.service?.usage.reservations === 1, { deadline: 5_000, what: 'its reservation' })
  const address = `${ours(relay)}/p2p-circuit/p2p/${stock.node.peerId}`
  expect(await echoes(caller.node, stock.node, address)).toBe('hello')
})

test('our daemon reserves at js-libp2p’s relay, and js-libp2p calls it there', async () => {
  await using relay = await startStock('/ip4/127.0.0.1/tcp/0')
  const at = `${relay.node.getMultiaddrs()[0]}`
  await using called = await startHost('-hostAddrs', `${at}/p2p-circuit`)
  await using caller = await startStock()
  expect(called.addresses.map(String)).toEqual([`${at}/p2p-circuit`])
  expect(await echoes(caller.node, called.node, `${at}/p2p-circuit/p2p/${called.peer}`)).toBe('hello')
})
