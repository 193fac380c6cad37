import { join } from 'node:path'
import { spawnGroup } from '../../harness/process-group.ts'
import { type Contestant, daemonArgs, socketFolder, startDaemon } from '../contestant.ts'
import type { Experiment } from '../experiment.ts'
import { median } from '../statistics.ts'
import { settledMemory } from '../usage.ts'
import { IDENTIFY, Wire } from '../wire.ts'

/** Starts in each round: one alone says little. */
const STARTS = 3
const START_DEADLINE = 30_000

/** Start-up. */
export const start: Experiment = {
  name: 'start',
  figures: [{ name: 'start', title: 'start to first IDENTIFY answer', unit: 'ms', better: 'less' }],
  async measure(contestant, { quick, signal }) {
    const times: number[] = []
    for (let index = 0; index < (quick ? 1 : STARTS); index++) times.push(await timeStart(contestant, signal))
    return { start: median(times) }
  },
}

async function timeStart({ command }: Contestant, signal: AbortSignal): Promise<number> {
  await using stack = new AsyncDisposableStack()
  const path = join(await socketFolder(stack), 'control.sock')
  const began = performance.now()
  const group = await spawnGroup([...command, ...daemonArgs(path)], { signal })
  stack.defer(async () => {
    group.kill('SIGTERM')
    await group.exited
  })
  const wire = await firstConnection(path, AbortSignal.any([signal, AbortSignal.timeout(START_DEADLINE)]))
  await wire.request(IDENTIFY)
  const took = performance.now() - began
  await wire.close()
  return took
}

async function firstConnection(path: string, signal: AbortSignal): Promise<Wire> {
  for (;;) {
    const wire = await Wire.connect(path).catch(() => undefined)
    if (wire !== undefined) return wire
    signal.throwIfAborted()
    await new Promise(resolve => setTimeout(resolve, 1))
  }
}

/** Memory of a daemon that nobody uses. */
export const idle: Experiment = {
  name: 'idle',
  figures: [{ name: 'idle-memory', title: 'memory, idle', unit: 'MiB', better: 'less' }],
  async measure(contestant, { signal }) {
    await using daemon = await startDaemon(contestant, [], signal)
    return { 'idle-memory': (await settledMemory([daemon.pid], signal)) / 2 ** 20 }
  },
}
