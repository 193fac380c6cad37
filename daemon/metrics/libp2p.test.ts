import type { Metrics } from '@libp2p/interface'
import { Registry } from 'prom-client'
import { beforeEach, expect, test } from 'vitest'
import { createLibp2pMetrics } from './libp2p.ts'
import { Traffic } from './traffic.ts'

let metrics: Metrics
let registry: Registry
beforeEach(() => {
  registry = new Registry()
  metrics = createLibp2pMetrics(registry, new Traffic(new Registry()))
})

/** The lines of the values, without those that say what they are. */
const scrape = async (): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter(line => line !== '' && !line.startsWith('#'))

test('counters and gauges, alone and in groups', async () => {
  const counter = metrics.registerCounter('a_total')
  counter.increment()
  counter.increment(2)
  metrics.registerCounterGroup('b_total', { label: 'kind' }).increment({ x: true, y: 3 })
  const gauge = metrics.registerMetric('c')
  gauge.update(5)
  gauge.decrement(2)
  gauge.increment()
  const group = metrics.registerMetricGroup('d', { label: 'kind' })
  group.update({ x: 1, y: 2 })
  group.decrement({ y: true })
  expect(await scrape()).toEqual([
    'a_total 3',
    'b_total{kind="x"} 1',
    'b_total{kind="y"} 3',
    'c 4',
    'd{kind="x"} 1',
    'd{kind="y"} 1',
  ])
  group.reset()
  gauge.reset()
  expect(await scrape()).toEqual(['a_total 3', 'b_total{kind="x"} 1', 'b_total{kind="y"} 3', 'c 0'])
})

test('calculated values are fresh at every scrape, and those of equal names add up', async () => {
  let values: Record<string, number> = { x: 1, y: 1 }
  metrics.registerMetricGroup('streams', { label: 'protocol', calculate: () => values })
  metrics.registerMetricGroup('streams', { label: 'protocol', calculate: async () => ({ x: 10 }) })
  metrics.registerMetric('size', { calculate: () => 7 })
  const [one, two] = await Promise.all([scrape(), scrape()])
  expect(one).toEqual(['streams{protocol="x"} 11', 'streams{protocol="y"} 1', 'size 7'])
  expect(two).toEqual(one)
  values = {}
  expect(await scrape()).toEqual(['streams{protocol="x"} 10', 'size 7'])
})

test('what cannot be calculated is left out', async () => {
  metrics.registerMetricGroup('streams', {
    label: 'protocol',
    calculate: () => {
      throw new Error('not now')
    },
  })
  metrics.registerCounter('a_total').increment()
  expect(await scrape()).toEqual(['a_total 1'])
})

test('histograms and summaries', async () => {
  metrics.registerHistogram('h', { buckets: [1, 10] }).observe(5)
  metrics.registerHistogramGroup('g', { label: 'kind', buckets: [1] }).observe({ x: 0.5 })
  metrics.registerSummary('s', { percentiles: [0.5] }).observe(3)
  expect(await scrape()).toEqual([
    'h_bucket{le="1"} 0',
    'h_bucket{le="10"} 1',
    'h_bucket{le="+Inf"} 1',
    'h_sum 5',
    'h_count 1',
    'g_bucket{le="1",kind="x"} 1',
    'g_bucket{le="+Inf",kind="x"} 1',
    'g_sum{kind="x"} 0.5',
    'g_count{kind="x"} 1',
    's{quantile="0.5"} 3',
    's_sum 3',
    's_count 1',
  ])
})

test('timers measure seconds', async () => {
  metrics.registerMetricGroup('t', { label: 'kind' }).timer('x')()
  metrics.registerHistogram('h', { buckets: [1000] }).timer()()
  const [time, bucket] = await scrape()
  expect(Number(time?.replace('t{kind="x"} ', ''))).toBeLessThan(1000)
  expect(bucket).toBe('h_bucket{le="1000"} 1')
})

test('names are made fit, labels are bounded', async () => {
  const group = metrics.registerCounterGroup('libp2p_/ipfs/kad/1.0.0_total', { label: 'the-key' })
  for (let index = 0; index < 10_000; index++) group.increment({ [`key ${index}`]: true })
  const lines = await scrape()
  expect(lines[0]).toBe('libp2p_ipfs_kad_1_0_0_total{the_key="key 0"} 1')
  expect(lines).toHaveLength(101)
  expect(lines.at(-1)).toBe('libp2p_ipfs_kad_1_0_0_total{the_key="other"} 9900')
})
