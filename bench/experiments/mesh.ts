import { until } from '../../harness/until.ts'
import { atOnce } from '../at-once.ts'
import { type BenchDaemon, connectDaemons, startDaemon } from '../contestant.ts'
import type { Experiment } from '../experiment.ts'
import { Feed, PROBE_RUN, publication } from '../feed.ts'
import { median } from '../statistics.ts'
import { settledMemory } from '../usage.ts'
import { Wire } from '../wire.ts'
import { get, makeRecord, put } from './dht.ts'

const DAEMONS = 50
const QUICK_DAEMONS = 6

/** How many of those before it each daemon connects to. */
const NEIGHBOURS = 4

const MESSAGES = 50
const RECORDS = 20
const MESH_DEADLINE = 120_000
const DELIVERY_DEADLINE = 15_000

/** Many daemons, each connected to a few others, that hear each other and find what the others have stored. */
export const scaleMesh: Experiment = {
  name: 'scale-mesh',
  onRequest: true,
  maxRounds: 1,
  figures: [
    { name: 'scale-mesh-lost', title: '50 daemons: pubsub deliveries lost, of 50 × 49', unit: '', better: 'less' },
    { name: 'scale-mesh-spread', title: '50 daemons: published to delivered to all, p50', unit: 'ms', better: 'less' },
    { name: 'scale-mesh-found', title: '50 daemons: DHT records found elsewhere, of 20', unit: '', better: 'more' },
    { name: 'scale-mesh-memory', title: '50 daemons: memory of each', unit: 'MiB', better: 'less' },
  ],
  async measure(contestant, { quick, signal }) {
    await using stack = new AsyncDisposableStack()
    const daemons: BenchDaemon[] = []
    for (let index = 0; index < (quick ? QUICK_DAEMONS : DAEMONS); index++) {
      const daemon = stack.use(await startDaemon(contestant, ['-pubsub', '-dhtServer'], signal))
      // the one before it, so that all hang together, and some from further back
      const before = Array.from({ length: NEIGHBOURS }, (_, step) => daemons[index - 1 - step * (step + index)])
      for (const other of before) if (other !== undefined) await connectDaemons(daemon, other)
      daemons.push(daemon)
    }
    const { lost, spread } = await hearEachOther(daemons, stack, signal)
    const found = await findEachOther(daemons)
    const memory = await settledMemory(
      daemons.map(({ pid }) => pid),
      signal,
    )
    return {
      'scale-mesh-lost': lost,
      'scale-mesh-spread': spread,
      'scale-mesh-found': found,
      'scale-mesh-memory': memory / daemons.length / 2 ** 20,
    }
  },
}

async function hearEachOther(daemons: readonly BenchDaemon[], stack: AsyncDisposableStack, signal: AbortSignal) {
  const feeds: Feed[] = []
  for (const daemon of daemons) feeds.push(stack.use(await Feed.open(daemon)))
  const publish = async (index: number, run: number): Promise<void> => {
    const wire = await Wire.connect((daemons[index % daemons.length] as BenchDaemon).path)
    await wire.request(publication(run, 0))
    await wire.close()
  }
  for (const feed of feeds) feed.begin(PROBE_RUN, 1)
  const everybody = (): boolean => feeds.every(({ missing }) => missing === 0)
  const meshed = async (): Promise<boolean> => {
    await publish(0, PROBE_RUN)
    return everybody()
  }
  await until(meshed, { deadline: MESH_DEADLINE, what: 'the mesh', signal, interval: 500 })
  let lost = 0
  const times: number[] = []
  for (let index = 0; index < MESSAGES; index++) {
    for (const feed of feeds) feed.begin(PROBE_RUN + 1 + index, 1)
    const sent = performance.now()
    await publish(index, PROBE_RUN + 1 + index)
    await until(everybody, { deadline: DELIVERY_DEADLINE, what: 'all to hear it', signal, interval: 5 }).catch(() => {})
    lost += feeds.filter(({ missing }) => missing > 0).length
    times.push(performance.now() - sent)
  }
  return { lost, spread: median(times) }
}

async function findEachOther(daemons: readonly BenchDaemon[]): Promise<number> {
  const at = (index: number): BenchDaemon => daemons[index % daemons.length] as BenchDaemon
  let found = 0
  await atOnce(RECORDS, 1, async index => {
    const record = await makeRecord()
    await put(at(index * 7), record)
    const far = get(at(index * 7 + Math.floor(daemons.length / 2)), record)
    found += await far.then(
      () => 1,
      () => 0,
    )
  })
  return found
}
