import { once } from 'node:events'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { scrape } from './scrape.ts'
import { startDaemon, type TestDaemon } from './start.ts'

const PRELOAD = join(import.meta.dirname, 'jumping-clock.ts')
const DAY = 24 * 60 * 60_000

let daemon: TestDaemon
let other: TestDaemon
beforeAll(async () => {
  const flags = ['-dhtServer', '-pubsub', '-metricsAddr', '127.0.0.1:0', '-log', 'debug']
  daemon = await startDaemon(flags, { NODE_OPTIONS: `--import "${PRELOAD}"` })
  other = await startDaemon(['-dhtServer', '-pubsub'])
})
afterAll(async () => {
  await daemon[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

/** Sets the clock, and waits until the daemon's log has noticed. */
async function jump(to: number): Promise<void> {
  process.kill(daemon.process.pid, 'SIGUSR2')
  await until(
    async () => {
      await daemon.client.identify()
      const time = Date.parse(daemon.process.output.lines.at(-1)?.text.split('\t')[0] ?? '')
      return Math.abs(time - Date.now() - to) < DAY / 2
    },
    { deadline: 10_000, what: 'the clock to be set' },
  )
}

const echo = async (text: string): Promise<string> => {
  const stream = await daemon.client.openStream(other.peer, '/echo/1.0.0', { timeout: 10 })
  stream.end(text)
  return (await buffer(stream)).toString()
}

test.each([
  ['ahead', DAY],
  ['back', -DAY],
])('a clock that is set %s disturbs nobody', async (_, offset) => {
  await daemon.client.connect(other.peer, other.addrs)
  const stream = await daemon.client.openStream(other.peer, '/echo/1.0.0')
  await jump(offset)
  const answer = once(stream, 'data')
  stream.write('still here')
  expect(String((await answer)[0])).toBe('still here')
  expect(await echo('new')).toBe('new')
  await daemon.client.disconnect(other.peer)
  expect(await echo('dialled again')).toBe('dialled again')
  expect((await diagnosticsOf(daemon)).join('\n')).toContain('1 connections:')
  for (const { labels, value } of (await scrape(daemon)).get('p2pd_request_duration_seconds_sum') ?? []) {
    expect({ labels, sane: value >= 0 && value < 60 }).toEqual({ labels, sane: true })
  }
})
