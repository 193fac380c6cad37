import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encode, Request } from '../../proto/codec.ts'
import { Dice, damaged } from './damage.ts'
import { faultsOf, heldAtRest, letsGo } from './held.ts'
import { memoryOf } from './resources.ts'
import { sampleRequests, startSilent } from './sample-requests.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const MIB = 1024 * 1024
const REQUESTS = 10_000

/** Requests that one client sends at most behind its first one: what follows a fatal one is not looked at. */
const MOST_BEHIND = 3
const AT_ONCE = 100

/** How long, in ms, a client waits for its connection to be closed: one that asked for a stream may wait for ever. */
const PATIENCE = 200

const stack = new AsyncDisposableStack()
afterAll(() => stack.disposeAsync())

let daemon: TestDaemon
let frames: Uint8Array[]
beforeAll(async () => {
  const services = ['-dhtServer', '-pubsub', '-maxHandlers=8']
  const other = stack.use(await startDaemon(services))
  daemon = stack.use(await startDaemon(services))
  const silent = stack.use(await startSilent())
  await other.client.handle('/held', async stream => {
    await once(stream.on('end', () => stream.end()).resume(), 'close')
  })
  await daemon.client.connect(other.peer, other.addrs)
  // as many as it takes: those that damaged requests name are refused, and their number stays what it is
  await daemon.client.handle(['/sample', ...'abcdefg'], async () => {})
  const requests = sampleRequests({
    peer: other.peer.toMultihash().bytes,
    frozen: other.peer.toMultihash().bytes,
    protocols: { echo: '/echo/1.0.0', held: '/held', stuck: '/nobody' },
    patience: 5,
    silent: silent.bytes,
    application: silent.bytes,
  })
  frames = Object.values(requests).map(request => encode(Request, request))
})

/** Tries again where the socket's backlog is full: on a busy machine the daemon may be behind, which is no fault. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'EAGAIN') throw error
    }
    await delay(10)
  }
}

/** A client that says this, and then ends; resolves when it is gone. */
async function say(bytes: Uint8Array): Promise<void> {
  const { socket } = await patiently(() => daemon.client.rawConnection())
  socket.on('error', () => {}).resume()
  socket.end(bytes)
  if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(PATIENCE) }).catch(() => {})
  socket.destroy()
}

async function assault(count: number, dice: Dice): Promise<void> {
  let left = count
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const requests = Array.from({ length: 1 + dice.below(1 + MOST_BEHIND) }, () => damaged(dice.pick(frames), dice))
      await say(Buffer.concat(requests))
    }
  }
  const others = (async () => {
    while (left > 0) await patiently(() => daemon.client.identify({ signal: AbortSignal.timeout(10_000) }))
  })()
  await Promise.all([others, ...Array.from({ length: AT_ONCE }, client)])
}

test(`${REQUESTS} requests of random kinds and damage: no fault, nothing held, no growth, others served`, {
  timeout: 120_000,
}, async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  const dice = new Dice(seed)
  const held = await heldAtRest(daemon)
  // compiled code and caches, which come with the first ones, stay
  await assault(REQUESTS / 2, dice)
  await letsGo(daemon, held)
  const memory = await memoryOf(daemon)
  await assault(REQUESTS / 2, dice)
  await letsGo(daemon, held)
  expect((await memoryOf(daemon)) - memory, `memory, with SEED=${seed}`).toBeLessThan(64 * MIB)
  expect(faultsOf(daemon), `faults, with SEED=${seed}`).toEqual([])
})
