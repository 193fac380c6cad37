import { expect } from 'vitest'
import { until } from '../../harness/until.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { descriptorsOf } from './resources.ts'
import type { TestDaemon } from './start.ts'

/** Streams of applications that are gone are given ten seconds for what is on its way, on top of a busy machine's own time. */
const SETTLED = 40_000

const TIMERS = /, (\d+) Timeout/

/** What a daemon holds for others. */
export interface Held {
  readonly diagnostics: readonly string[]
  readonly descriptors: number
  readonly timers: number
}

/** Counts what a daemon holds, its timers apart: those of its start end some time. */
export async function heldBy(daemon: TestDaemon): Promise<Held> {
  const diagnostics = await diagnosticsOf(daemon)
  return {
    diagnostics: diagnostics.map(line => line.replace(TIMERS, '')),
    descriptors: await descriptorsOf(daemon),
    timers: Number(TIMERS.exec(diagnostics.at(-1) ?? '')?.[1] ?? 0),
  }
}

/** A stream whose protocol is being negotiated, or one that the DHT keeps for a few seconds for its next question. */
const PASSING = /bound {2}open$|\/kad\//

/** So often must a daemon hold the same to be at rest. */
const LOOKS = 3

/** What a daemon holds when nothing has happened for a while. */
export async function heldAtRest(daemon: TestDaemon): Promise<Held> {
  let last = await heldBy(daemon)
  let same = 0
  const unchanged = async (): Promise<boolean> => {
    const before = last
    last = await heldBy(daemon)
    const resting = !last.diagnostics.some(line => PASSING.test(line))
    same = resting && JSON.stringify(before) === JSON.stringify(last) ? same + 1 : 0
    return same === LOOKS
  }
  await until(unchanged, { deadline: SETTLED, what: 'the daemon to come to rest', interval: 500 })
  return last
}

/** Waits until a daemon holds no more than it did. */
export async function letsGo(daemon: TestDaemon, { diagnostics, descriptors, timers }: Held): Promise<void> {
  const expected = { diagnostics, descriptors, timers: expect.toSatisfy((now: number) => now <= timers) }
  await expect.poll(() => heldBy(daemon), { timeout: SETTLED, interval: 500 }).toEqual(expected)
}

/** Faults of a daemon that its log tells of. */
export function faultsOf({ process }: TestDaemon): string[] {
  return process.output.lines.map(({ text }) => text).filter(text => /unexpectedly|uncaught|unhandled/.test(text))
}
