import { timeEach } from '../at-once.ts'
import { startDaemon } from '../contestant.ts'
import type { Experiment } from '../experiment.ts'
import { quantile } from '../statistics.ts'
import { IDENTIFY, Wire } from '../wire.ts'

const KEPT = 10_000
const NEW = 1_000
const QUICK = 100

/** The control protocol's round trip: IDENTIFY, which asks for nothing but an answer. */
export const control: Experiment = {
  name: 'control',
  figures: [
    { name: 'control-kept-p50', title: 'control round trip, kept connection, p50', unit: 'µs', better: 'less' },
    { name: 'control-kept-p99', title: 'control round trip, kept connection, p99', unit: 'µs', better: 'less' },
    { name: 'control-new-p50', title: 'control round trip, new connection, p50', unit: 'µs', better: 'less' },
    { name: 'control-new-p99', title: 'control round trip, new connection, p99', unit: 'µs', better: 'less' },
  ],
  ceiling: true,
  async measure(contestant, { quick, signal }) {
    await using daemon = await startDaemon(contestant, [], signal)
    const wire = await Wire.connect(daemon.path)
    const keptStep = async (): Promise<void> => void (await wire.request(IDENTIFY))
    const newStep = async (): Promise<void> => {
      const fresh = await Wire.connect(daemon.path)
      await fresh.request(IDENTIFY)
      void fresh.close()
    }
    await timeEach(quick ? 10 : KEPT / 5, keptStep)
    const kept = await timeEach(quick ? QUICK : KEPT, keptStep)
    await wire.close()
    await timeEach(quick ? 10 : NEW / 5, newStep)
    const fresh = await timeEach(quick ? QUICK : NEW, newStep)
    return {
      'control-kept-p50': quantile(kept, 0.5) * 1_000,
      'control-kept-p99': quantile(kept, 0.99) * 1_000,
      'control-new-p50': quantile(fresh, 0.5) * 1_000,
      'control-new-p99': quantile(fresh, 0.99) * 1_000,
    }
  },
}
