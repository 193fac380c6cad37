import { afterEach, expect, test, vi } from 'vitest'
import { until } from '../../harness/until.ts'
import { startHost } from '../test-host.ts'
import { Router } from './router.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('the first heartbeat comes after -gossipsubHeartbeatInitialDelay, the others at -gossipsubHeartbeatInterval', async () => {
  const beats = vi.spyOn(Router.prototype as unknown as { heartbeat(): Promise<void> }, 'heartbeat')
  const start = (delay: string, interval: string) =>
    startHost('-pubsub', `-gossipsubHeartbeatInitialDelay=${delay}`, `-gossipsubHeartbeatInterval=${interval}`)
  await using _never = await start('1h', '1ms')
  await using _once = await start('1ms', '1h')
  await using _often = await start('1ms', '5ms')
  /** How often each router has beaten that has at all. */
  const counts = (): number[] =>
    [...Map.groupBy(beats.mock.contexts, router => router).values()].map(calls => calls.length)
  await until(async () => counts().some(count => count > 20), { deadline: 10_000, what: 'many heartbeats of one' })
  expect(counts().toSorted((a, b) => a - b)).toEqual([1, expect.any(Number)])
})
