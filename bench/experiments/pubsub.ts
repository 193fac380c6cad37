import { setTimeout as delay } from 'node:timers/promises'
import { until } from '../../harness/until.ts'
import { type BenchDaemon, type Contestant, connectDaemons, startDaemon } from '../contestant.ts'
import type { Experiment, Readings } from '../experiment.ts'
import { Feed, PROBE_RUN, publication } from '../feed.ts'
import { quantile } from '../statistics.ts'
import { Wire } from '../wire.ts'

const MESSAGES = 5_000
const ONE_BY_ONE = 300
const QUICK = 50

/** How long, in ms, nothing may arrive before what is missing counts as lost. */
const SILENCE = 3_000
const MESH_DEADLINE = 30_000
const PROBE_INTERVAL = 100

const RATE_RUN = PROBE_RUN + 1

/** One publisher, and so many subscribers. */
function pubsub(subscribers: number): Experiment {
  const name = `pubsub-${subscribers}`
  const what = `1 to ${subscribers}, 1 KiB`
  return {
    name,
    figures: [
      { name: `${name}-rate`, title: `pubsub ${what}, messages published and delivered`, unit: '1/s', better: 'more' },
      { name: `${name}-lost`, title: `pubsub ${what}, deliveries lost of those`, unit: '', better: 'less' },
      { name: `${name}-latency-p50`, title: `pubsub ${what}, one at a time, p50`, unit: 'ms', better: 'less' },
      { name: `${name}-latency-p99`, title: `pubsub ${what}, one at a time, p99`, unit: 'ms', better: 'less' },
    ],
    async measure(contestant, { quick, signal }): Promise<Readings> {
      await using stack = new AsyncDisposableStack()
      const [publisher, ...others] = await startAll(contestant, 1 + subscribers, stack, signal)
      const wire = await Wire.connect((publisher as BenchDaemon).path)
      stack.defer(() => wire.close())
      const publish = async (run: number, index: number): Promise<void> =>
        void (await wire.request(publication(run, index)))
      const feeds: Feed[] = []
      for (const daemon of others) feeds.push(stack.use(await Feed.open(daemon)))
      await warmUp(publish, feeds, signal)

      const count = quick ? QUICK : MESSAGES
      for (const feed of feeds) feed.begin(RATE_RUN, count)
      const began = performance.now()
      for (let index = 0; index < count; index++) await publish(RATE_RUN, index)
      await Promise.race([Promise.all(feeds.map(feed => feed.complete)), silence(feeds, signal)])
      const lost = feeds.reduce((sum, feed) => sum + feed.missing, 0)
      const ended = Math.max(...feeds.map(feed => feed.lastArrival))

      const times: number[] = []
      for (let index = 0; index < (quick ? QUICK : ONE_BY_ONE); index++) {
        const run = RATE_RUN + 1 + index
        for (const feed of feeds) feed.begin(run, 1)
        const sent = performance.now()
        await publish(run, 0)
        const all = Promise.all(feeds.map(feed => feed.complete)).then(() => true)
        if (await Promise.race([all, silence(feeds, signal)])) times.push(performance.now() - sent)
      }
      return {
        [`${name}-rate`]: (count - lost / subscribers) / ((ended - began) / 1_000),
        [`${name}-lost`]: lost,
        ...(times.length > 0 && {
          [`${name}-latency-p50`]: quantile(times, 0.5),
          [`${name}-latency-p99`]: quantile(times, 0.99),
        }),
      }
    },
  }
}

export const pubsubOne: Experiment = pubsub(1)
export const pubsubEight: Experiment = pubsub(8)

/** All of them connected with each other: where messages need not be forwarded, a mesh costs as little as it can. */
async function startAll(
  contestant: Contestant,
  count: number,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<BenchDaemon[]> {
  const daemons: BenchDaemon[] = []
  for (let index = 0; index < count; index++) {
    const daemon = stack.use(await startDaemon(contestant, ['-pubsub'], signal))
    for (const other of daemons) await connectDaemons(daemon, other)
    daemons.push(daemon)
  }
  return daemons
}

/** Publishes until every subscriber has heard something: until then the subscriptions are not known. */
async function warmUp(
  publish: (run: number, index: number) => Promise<void>,
  feeds: readonly Feed[],
  signal: AbortSignal,
) {
  for (const feed of feeds) feed.begin(PROBE_RUN, 1)
  await until(
    async () => {
      await publish(PROBE_RUN, 0)
      return feeds.every(feed => feed.missing === 0)
    },
    { deadline: MESH_DEADLINE, what: 'every subscriber to hear the publisher', signal, interval: PROBE_INTERVAL },
  )
  // repetitions of what was published for this are no part of what is counted
  await delay(2 * PROBE_INTERVAL, undefined, { signal })
}

/** Resolves with false once nothing has arrived for long. */
async function silence(feeds: readonly Feed[], signal: AbortSignal): Promise<boolean> {
  const began = performance.now()
  for (;;) {
    const last = Math.max(began, ...feeds.map(feed => feed.lastArrival))
    const left = last + SILENCE - performance.now()
    if (left <= 0) return false
    await delay(left, undefined, { signal })
  }
}
