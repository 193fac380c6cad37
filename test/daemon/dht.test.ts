import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { CID } from 'multiformats/cid'
import { describe, expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { DHTRequest, DHTResponse, Request, Response } from '../../proto/codec.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const cid = CID.parse('bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy')
const key = Buffer.from('/pk/\x12\x20aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'latin1')

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all = []
  for await (const value of values) all.push(value)
  return all
}

/** Several daemons start in each test, on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const peersOf = (values: AsyncIterable<{ peer: PeerId }>): Promise<string[]> =>
  collect(values).then(all => all.map(({ peer }) => peer.toString()).toSorted())

async function connect(from: TestDaemon, to: TestDaemon): Promise<void> {
  await from.client.connect(to.peer, to.addrs)
}

test('through a daemon in between: peers, what they provide, and connections by id alone', async () => {
  await using a = await startDaemon(['-dhtServer'])
  await using b = await startDaemon(['-dhtServer'])
  await using c = await startDaemon(['-dhtServer'])
  await connect(a, b)
  await connect(c, b)
  // Who connects knows at once that the other serves; the other hears it by identify of its own
  await until(async () => (await b.client.peerstore.protocols(c.peer)).includes('/ipfs/kad/1.0.0'), {
    deadline: 20_000,
    what: 'the daemon in between to know what the other speaks',
  })
  const found = await a.client.dht.findPeer(c.peer)
  expect(found).toEqual({ peer: c.peer, addrs: c.addrs })
  await a.client.disconnect(c.peer)

  await Promise.all([b, c].map(({ client }) => client.dht.provide(cid)))
  expect(await peersOf(a.client.dht.findProviders(cid))).toEqual([b, c].map(({ peer }) => peer.toString()).toSorted())
  expect(await peersOf(a.client.dht.findProviders(cid, { count: 1 }))).toHaveLength(1)

  await using d = await startDaemon(['-dhtClient'])
  await connect(d, b)
  const stream = await d.client.openStream(c.peer, '/echo/1.0.0')
  stream.end('by id alone')
  expect(Buffer.concat(await collect(stream)).toString()).toBe('by id alone')
})

test('a daemon tells what it has been told before, and is asked itself by nobody, while it is a client', async () => {
  await using server = await startDaemon(['-dhtServer'])
  await using client = await startDaemon(['-dhtClient'])
  await using automatic = await startDaemon(['-dht'])
  for (const daemon of [client, automatic]) await connect(daemon, server)
  expect(await collect(client.client.dht.getClosestPeers(key))).toEqual([server.peer])
  await expect(collect(server.client.dht.getClosestPeers(key))).rejects.toThrow(/^failed to find any peer in table$/)
})

test('-dht serves at once when -forceReachabilityPublic says that others can reach it', async () => {
  await using asker = await startDaemon(['-dhtClient'])
  await using served = await startDaemon(['-dht', '-forceReachabilityPublic'])
  await connect(asker, served)
  expect(await collect(asker.client.dht.getClosestPeers(key))).toEqual([served.peer])
})

test('after END the connection goes on with the next request', async () => {
  await using daemon = await startDaemon(['-dhtServer'])
  const connection = await daemon.client.rawConnection()
  const find = { type: Request.Type.DHT, dht: { type: DHTRequest.Type.FIND_PROVIDERS, cid: cid.bytes } }
  connection.socket.cork()
  for (const request of [find, { type: Request.Type.IDENTIFY }]) connection.send('Request', request)
  connection.socket.uncork()
  expect(await connection.receive('Response')).toMatchObject({ dht: { type: DHTResponse.Type.BEGIN } })
  expect(await connection.receive('DHTResponse')).toMatchObject({ type: DHTResponse.Type.END })
  expect(await connection.receive('Response')).toMatchObject({ type: Response.Type.OK, identify: {} })
  await connection.close()
})

test('alone, a daemon answers at once', async () => {
  await using daemon = await startDaemon(['-dhtServer'])
  await expect(daemon.client.dht.findPeer(daemon.peer)).rejects.toMatchObject({
    message: 'failed to find any peer in table',
    daemonCode: 'ERR_NOT_FOUND',
  })
})

test('CONNECT asks the DHT where no address counts, whatever the peer’s id is', async () => {
  await using daemon = await startDaemon(['-dhtServer'])
  const elsewhere = multiaddr('/ip4/127.0.0.1/tcp/1').encapsulate(`/p2p/${daemon.peer}`)
  const nobody = { message: 'failed to find any peer in table', daemonCode: 'ERR_NOT_FOUND' }
  for (const [peer, addrs] of [
    [Buffer.from(`1220${'ab'.repeat(32)}`, 'hex'), [elsewhere.bytes]],
    [Buffer.from('110107', 'hex'), []],
  ] as const) {
    const connect = { type: Request.Type.CONNECT, connect: { peer, addrs: [...addrs] } }
    await expect(daemon.client.request(connect)).rejects.toMatchObject(nobody)
  }
})

describe('with a peer that does not answer', () => {
  /** Stops a daemon's process, as a machine that hangs would, until the scope ends. */
  function freeze({ process: { pid } }: TestDaemon): Disposable {
    process.kill(pid, 'SIGSTOP')
    return { [Symbol.dispose]: () => void process.kill(pid, 'SIGCONT') }
  }

  test('every request ends when its own time is over, in go’s words', async () => {
    await using asker = await startDaemon(['-dhtServer'])
    await using silent = await startDaemon(['-dhtServer'])
    await connect(asker, silent)
    using _ = freeze(silent)
    const { dht } = asker.client
    const options = { timeout: 1 }
    const stranger = peerIdFromString('QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN')
    const outcomes = await Promise.allSettled([
      dht.findPeer(stranger, options),
      collect(dht.getClosestPeers(key, options)),
      dht.getPublicKey(stranger, options),
      dht.getValue(key, options),
      dht.provide(cid, options),
      collect(dht.searchValue(key, options)),
    ])
    expect(outcomes.map(outcome => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message))).toEqual([
      'routing: not found',
      'context deadline exceeded',
      'context deadline exceeded',
      'context deadline exceeded',
      'context deadline exceeded',
      [],
    ])
    // what it has announced itself is known all the same
    expect(await peersOf(dht.findProviders(cid, options))).toEqual([asker.peer.toString()])
  })

  test('a client that hangs up ends what was done for it', async () => {
    await using asker = await startDaemon(['-dhtServer'])
    await using silent = await startDaemon(['-dhtServer'])
    await connect(asker, silent)
    const openStreams = async (): Promise<number> => {
      const { lines } = asker.process.output
      const before = lines.length
      process.kill(asker.process.pid, 'SIGUSR1')
      await until(() => lines.slice(before).some(({ text }) => / connections:$/.test(text)), {
        deadline: 5_000,
        what: 'diagnostics',
      })
      return lines.slice(before).filter(({ text }) => text.startsWith('    outbound /ipfs/kad/1.0.0')).length
    }
    using _ = freeze(silent)
    const { FIND_PEER, FIND_PROVIDERS, GET_CLOSEST_PEERS, GET_VALUE, SEARCH_VALUE, PROVIDE } = DHTRequest.Type
    const stranger = Buffer.concat([Buffer.from([0x12, 32]), Buffer.alloc(32, 1)])
    const requests: DHTRequest[] = [
      { type: FIND_PEER, peer: stranger },
      { type: FIND_PROVIDERS, cid: cid.bytes },
      { type: GET_CLOSEST_PEERS, key },
      { type: GET_VALUE, key },
      { type: SEARCH_VALUE, key },
      { type: PROVIDE, cid: cid.bytes },
    ]
    const connections = await Promise.all(
      requests.map(async dht => {
        const connection = await asker.client.rawConnection()
        connection.send('Request', { type: Request.Type.DHT, dht })
        return connection
      }),
    )
    await until(async () => (await openStreams()) >= requests.length, { deadline: 8_000, what: 'a stream a search' })
    for (const { socket } of connections) socket.destroy()
    // by themselves they would stay for ten seconds
    await until(async () => (await openStreams()) === 0, { deadline: 7_000, what: 'the streams to be gone' })
  })
})

test('SIGUSR1 shows the routing table', async () => {
  await using a = await startDaemon(['-dhtServer'])
  await using b = await startDaemon(['-dhtServer'])
  await connect(a, b)
  process.kill(a.process.pid, 'SIGUSR1')
  const text = (): string => a.process.output.lines.map(line => line.text).join('\n')
  await until(() => text().includes('connections:'), { deadline: 5_000, what: 'diagnostics' })
  expect(text()).toContain('DHT server, 1 peers in its routing table:\n  ')
  expect(text()).toMatch(new RegExp(`leading bits in common:\n    ${b.peer}\n`))
})
