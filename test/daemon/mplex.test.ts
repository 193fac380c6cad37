import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { DaemonStream } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { memoryOf } from './resources.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const MIB = 1024 * 1024
const SIZE = 64 * MIB

interface Pair extends AsyncDisposable {
  readonly dialer: TestDaemon
  readonly listener: TestDaemon
}

async function pair(...flags: string[]): Promise<Pair> {
  await using stack = new AsyncDisposableStack()
  const start = async (): Promise<TestDaemon> => stack.use(await startDaemon(['-muxer', 'mplex', ...flags]))
  const [dialer, listener] = [await start(), await start()]
  await dialer.client.connect(listener.peer, listener.addrs)
  const owned = stack.move()
  return { dialer, listener, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function echoes(stream: DaemonStream, text: string): Promise<void> {
  const answer = once(stream, 'data', { signal: AbortSignal.timeout(10_000) })
  stream.write(text)
  expect(String((await answer)[0])).toBe(text)
}

test.each([
  ['noise', []],
  ['tls', ['-noise=false']],
  ['plaintext', ['-noise=false', '-tls=false', '-plaintext']],
])(
  'over %s 64 MiB reach a reader that is slower than the writer, and memory stays',
  { timeout: 90_000 },
  async (_, flags) => {
    await using daemons = await pair(...flags)
    const { dialer, listener } = daemons
    const read = Promise.withResolvers<string>()
    await listener.client.handle('/slow/1', async stream => {
      const hash = createHash('sha256')
      for await (const chunk of stream) {
        hash.update(chunk)
        // a moment for each chunk, and a longer one now and then
        await delay(Math.random() < 0.002 ? 300 : 0)
      }
      read.resolve(hash.digest('hex'))
    })
    const before = (await memoryOf(dialer)) + (await memoryOf(listener))
    const sent = randomBytes(SIZE)
    const stream = await dialer.client.openStream(listener.peer, '/slow/1')
    stream.end(sent)
    expect(await read.promise).toBe(createHash('sha256').update(sent).digest('hex'))
    expect((await memoryOf(dialer)) + (await memoryOf(listener)) - before).toBeLessThan(96 * MIB)
  },
)

test('a reader that makes no progress at all holds up the others for ten seconds, and is reset', {
  timeout: 60_000,
}, async () => {
  await using daemons = await pair()
  const { dialer, listener } = daemons
  await listener.client.handle('/stalled/1', async (stream, { signal }) => {
    stream.pause()
    await once(signal, 'abort')
  })
  const healthy = await dialer.client.openStream(listener.peer, '/echo/1.0.0')
  await echoes(healthy, 'before')
  const stalled = await dialer.client.openStream(listener.peer, '/stalled/1')
  stalled.on('error', () => {}).resume()
  for (let count = 0; count < 8; count++) stalled.write(randomBytes(MIB))
  await until(async () => stalled.readableEnded || stalled.destroyed, { deadline: 30_000, what: 'the reset' })
  await echoes(healthy, 'after')
  await echoes(await dialer.client.openStream(listener.peer, '/echo/1.0.0'), 'a new one')
  const told = listener.process.output.lines.filter(({ text }) => text.includes('kept all others of the connection'))
  expect(told).toHaveLength(1)
})
