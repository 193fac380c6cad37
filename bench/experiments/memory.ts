import { atOnce } from '../at-once.ts'
import type { Experiment } from '../experiment.ts'
import { type Pair, startPair } from '../pair.ts'
import { HOLD } from '../protocols.ts'
import { settledMemory } from '../usage.ts'
import type { Wire } from '../wire.ts'
import { openAndEcho } from './streams.ts'

const QUICK = 50
const WIDTH = 32
const ATTEMPTS = 5

/** What is allocated once, whatever the number of streams, is there before anything is counted. */
const WARM_UP = 300

/** Memory of streams on which nothing happens. */
function streamMemory(streams: number): Experiment {
  const name = `stream-memory-${streams}`
  const title = `memory of both daemons for each of ${streams.toLocaleString('en')} idle streams`
  return {
    name,
    figures: [{ name, title, unit: 'KiB', better: 'less' }],
    maxRounds: 3,
    async measure(contestant, { quick, signal }) {
      await using pair = await startPair(contestant, signal)
      await atOnce(quick ? QUICK : WARM_UP, WIDTH, () => openAndEcho(pair))
      const before = await settledMemory(pair.groups, signal)
      const count = quick ? QUICK : streams
      const wires = await holdStreams(pair, count)
      const memory = await settledMemory(pair.groups, signal)
      for (const wire of wires) wire.socket.destroy()
      return { [name]: (memory - before) / count / 1_024 }
    },
  }
}

/** The first is about what go's daemon accepts from one peer. */
export const streamMemories: readonly Experiment[] = [200, 1_000, 10_000].map(streamMemory)

/** Opens so many streams that are alive at both ends. */
export async function holdStreams(pair: Pair, count: number): Promise<Wire[]> {
  const wires: Wire[] = []
  await atOnce(count, WIDTH, async index => {
    wires.push(await openAlive(pair, HOLD[index % HOLD.length] as string))
  })
  return wires
}

/** Again when it has died at once: go's daemon loses some in bursts. */
async function openAlive(pair: Pair, protocol: string, attempt = 1): Promise<Wire> {
  const wire = await pair.open(protocol)
  try {
    await echoByte(wire)
    return wire
  } catch (error) {
    if (attempt === ATTEMPTS) throw error
    return openAlive(pair, protocol, attempt + 1)
  }
}

export async function echoByte(wire: Wire): Promise<void> {
  wire.socket.write('e')
  await wire.take(1)
}

const CHURN = 100_000
const CHURN_WARM_UP = 10_000

/** What streams that were opened and closed again leave behind. */
export const churn: Experiment = {
  name: 'churn',
  figures: [
    { name: 'churn-growth', title: 'memory of both daemons, growth over 100,000 streams', unit: 'MiB', better: 'less' },
  ],
  maxRounds: 1,
  async measure(contestant, { quick, signal }) {
    await using pair = await startPair(contestant, signal)
    const times = (count: number): Promise<void> => atOnce(quick ? QUICK : count, WIDTH, () => openAndEcho(pair))
    await times(CHURN_WARM_UP)
    const before = await settledMemory(pair.groups, signal)
    await times(CHURN)
    return { 'churn-growth': ((await settledMemory(pair.groups, signal)) - before) / 2 ** 20 }
  },
}
