import { startDaemon } from '../contestant.ts'
import { KEEP_ALL, startCrowd } from '../crowd-process.ts'
import type { Experiment } from '../experiment.ts'
import { settledMemory } from '../usage.ts'

const COUNT = 1_000
const QUICK = 20

/** Memory of connections with peers that do nothing. */
export const connectionMemory: Experiment = {
  name: 'connection-memory',
  figures: [
    {
      name: 'connection-memory',
      title: 'memory for each of 1,000 connections',
      unit: 'KiB',
      better: 'less',
    },
  ],
  maxRounds: 1,
  async measure(contestant, { quick, signal }) {
    await using daemon = await startDaemon(contestant, KEEP_ALL, signal)
    const before = await settledMemory([daemon.pid], signal)
    const count = quick ? QUICK : COUNT
    await using _crowd = await startCrowd(daemon, count)
    return { 'connection-memory': ((await settledMemory([daemon.pid], signal)) - before) / count / 1_024 }
  },
}
