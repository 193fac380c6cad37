import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { launch } from '../../harness/process.ts'
import { BUILD_TIMEOUT, subjectCommand } from '../clients/daemons.ts'
import { startDaemon, type TestDaemon } from '../daemon/start.ts'

/** What flags of go's do to a daemon as a peer sees it: the same with both daemons, but for what is listed. */

vi.setConfig({ testTimeout: 60_000 })

let go: readonly string[]
let ours: readonly string[]
let peer: TestDaemon
beforeAll(async () => {
  go = await subjectCommand('go')
  ours = await subjectCommand('js')
  peer = await startDaemon(['-plaintext'])
}, BUILD_TIMEOUT)
afterAll(() => peer[Symbol.asyncDispose]())

interface Sight {
  readonly protocols: readonly string[]
  /** What secures the connection that the daemon makes, and what makes streams of it. */
  readonly stack: string
}

/** How a daemon looks to a peer that it has connected to. */
async function look(command: readonly string[], flags: readonly string[], to = peer): Promise<Sight> {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-seen-'))
  try {
    await using daemon = await launch({ command, args: ['-listen', `/unix${folder}/c.sock`, ...flags] })
    await using client = createClient(daemon.controlAddress)
    const { peer: self } = await client.identify()
    await client.connect(to.peer, to.addrs)
    for await (const event of to.client.events({ signal: AbortSignal.timeout(20_000) })) {
      if (event.type !== 'peer-identified' || !event.identify.peer.equals(self)) continue
      const { connection, protocols } = event.identify
      return { protocols: protocols.toSorted(), stack: await stackOf(to, connection) }
    }
    throw new Error('the daemon was not identified')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function stackOf({ client }: TestDaemon, id: string): Promise<string> {
  for await (const event of client.events({ types: ['connection-opened'] })) {
    if (event.type === 'connection-opened' && event.connection.id === id) {
      return `${event.connection.security} ${event.connection.muxer}`
    }
    if (event.type === 'state-complete') break
  }
  throw new Error('the connection is gone')
}

/** What this daemon speaks beyond go's: it makes connections through relays direct ones, and gossips in the newest dialect too. */
const MORE = ['/libp2p/dcutr', '/meshsub/1.2.0']

test.each<readonly string[]>([
  ['-hostAddrs', '/ip4/127.0.0.1/tcp/0'],
  ['-echo=false'],
  ['-autonat'],
  ['-dht'],
  ['-dhtClient'],
  ['-dhtServer'],
  ['-dht', '-forceReachabilityPublic'],
  ['-pubsub'],
  ['-pubsub', '-pubsubRouter=floodsub'],
  ['-noise=false'],
  ['-tls=false'],
  ['-noise=false', '-tls=false', '-plaintext'],
  ['-noListenAddrs', '-hostAddrs', '/ip4/127.0.0.1/tcp/0'],
])('peers see the same with %j', async (...flags) => {
  const [theirs, our] = await Promise.all([look(go, flags), look(ours, flags)])
  expect({ ...our, protocols: our.protocols.filter(name => !MORE.includes(name)) }).toEqual(theirs)
})

test('-muxer mplex is mplex alone', async () => {
  await using mplex = await startDaemon(['-muxer', 'mplex'])
  const flags = ['-muxer', 'mplex']
  const [theirs, our] = await Promise.all([look(go, flags, mplex), look(ours, flags, mplex)])
  expect([theirs.stack, our.stack]).toEqual(['/noise /mplex/6.7.0', '/noise /mplex/6.7.0'])
  await expect(look(ours, flags)).rejects.toThrow('failed to dial')
})

test('-relay=false is no relay here, and changes nothing in go', async () => {
  const HOP = '/libp2p/circuit/relay/0.2.0/hop'
  const [theirs, our] = await Promise.all([look(go, ['-relay=false']), look(ours, ['-relay=false'])])
  expect([theirs.protocols.includes(HOP), our.protocols.includes(HOP)]).toEqual([true, false])
})

test('-plaintext is asked for here, and given in go', async () => {
  await using plain = await startDaemon(['-noise=false', '-tls=false', '-plaintext'])
  const [theirs, our] = await Promise.allSettled([look(go, [], plain), look(ours, [], plain)])
  expect(theirs).toMatchObject({ status: 'fulfilled', value: { stack: '/plaintext/2.0.0 /yamux/1.0.0' } })
  expect(our).toMatchObject({
    status: 'rejected',
    reason: { message: expect.stringContaining('protocols not supported') },
  })
})
