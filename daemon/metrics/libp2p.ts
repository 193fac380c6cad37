import type { CalculatedMetricOptions, HistogramOptions, Metrics, SummaryOptions } from '@libp2p/interface'
import { Counter, Gauge, Histogram, type Registry, Summary } from 'prom-client'
import { createLabelBound } from './label-bound.ts'
import type { Traffic } from './traffic.ts'

/** One number, or one for each value of the label; true counts one. */
type Values = number | Readonly<Record<string, number | true>>

type Calculate = () => Values | Promise<Values>

interface Options extends HistogramOptions, SummaryOptions, Partial<CalculatedMetricOptions<Values>> {}

/**
 * What js-libp2p's parts measure of themselves, under its own names.
 *
 * Its package for Prometheus is not used: that one labels by protocol without limit, looks up a counter for every message
 * of every stream, keeps reporting what has gone to zero, and forgets all but the first of several listeners that
 * measure the same.
 */
export function createLibp2pMetrics(registry: Registry, traffic: Traffic): Metrics {
  const known = new Map<string, Numbers | Observations>()
  const register =
    <Series extends Numbers | Observations>(create: (registry: Registry, name: string, options: Options) => Series) =>
    (libp2pName: string, options: Options = {}): Series => {
      const name = normalize(libp2pName)
      const series = (known.get(name) as Series | undefined) ?? create(registry, name, options)
      known.set(name, series)
      if (options.calculate !== undefined) series.calculations.push(options.calculate)
      return series
    }
  const gauge = register((...args) => new Numbers(Gauge, ...args))
  const counter = register((...args) => new Numbers(Counter, ...args))
  const histogram = register((...args) => new Observations(Histogram, ...args))
  const summary = register((...args) => new Observations(Summary, ...args))
  // the interface has a type for a metric alone, for a group, and for one that is calculated
  return {
    registerMetric: gauge,
    registerMetricGroup: gauge,
    registerCounter: counter,
    registerCounterGroup: counter,
    registerHistogram: histogram,
    registerHistogramGroup: histogram,
    registerSummary: summary,
    registerSummaryGroup: summary,
    trackMultiaddrConnection: connection => traffic.trackConnection(connection),
    trackProtocolStream: stream => traffic.trackStream(stream),
    traceFunction: (_name: string, run: unknown) => run,
    createTrace: () => undefined,
  } as Metrics
}

/** A gauge or a counter, or a group of them. */
class Numbers {
  readonly calculations: Calculate[] = []
  readonly #label: string | undefined
  readonly #bound = createLabelBound()
  readonly #numbers = new Map<string, number>()

  constructor(Kind: typeof Gauge | typeof Counter, registry: Registry, name: string, options: Options) {
    const label = options.label && normalize(options.label)
    this.#label = label
    const { calculations } = this
    const numbers = this.#numbers
    const metric: Gauge | Counter = new Kind({
      ...common(registry, name, options),
      collect: async () => {
        const calculated = await calculateAll(calculations)
        if (calculations.length > 0) numbers.clear()
        for (const values of calculated) this.increment(values)
        metric.reset()
        for (const [key, value] of numbers) metric.inc(label === undefined ? {} : { [label]: key }, value)
      },
    })
  }

  update(values: Values): void {
    for (const [key, value] of this.#entries(values)) this.#numbers.set(key, value)
  }

  increment(values: Values = 1): void {
    // without a detour: noise counts every packet
    if (typeof values === 'number') this.#numbers.set('', (this.#numbers.get('') ?? 0) + values)
    else for (const [key, value] of this.#entries(values)) this.#numbers.set(key, (this.#numbers.get(key) ?? 0) + value)
  }

  decrement(values: Values = 1): void {
    for (const [key, value] of this.#entries(values)) this.#numbers.set(key, (this.#numbers.get(key) ?? 0) - value)
  }

  reset(): void {
    this.#numbers.clear()
  }

  /** Measures seconds until the function returned is called. */
  timer(key?: string): () => void {
    return startTimer(key, values => this.update(values))
  }

  #entries(values: Values): (readonly [string, number])[] {
    if (typeof values === 'number') return [['', values]]
    return Object.entries(values).map(([key, value]) => [
      this.#label === undefined ? '' : this.#bound(key),
      value === true ? 1 : value,
    ])
  }
}

/** A histogram or a summary, or a group of them. */
class Observations {
  readonly calculations: Calculate[] = []
  readonly #label: string | undefined
  readonly #bound = createLabelBound()
  readonly #metric: Histogram | Summary

  constructor(Kind: typeof Histogram | typeof Summary, registry: Registry, name: string, options: Options) {
    const { buckets, percentiles, label } = options
    this.#label = label && normalize(label)
    const { calculations } = this
    this.#metric = new (Kind as typeof Histogram)({
      ...common(registry, name, options),
      ...(buckets && { buckets }),
      ...(percentiles && { percentiles }),
      collect: async () => {
        for (const values of await calculateAll(calculations)) this.observe(values)
      },
    })
  }

  observe(values: Values): void {
    if (typeof values === 'number') this.#metric.observe(values)
    else {
      for (const [key, value] of Object.entries(values)) {
        this.#metric.observe(this.#label === undefined ? {} : { [this.#label]: this.#bound(key) }, Number(value))
      }
    }
  }

  reset(): void {
    this.#metric.reset()
  }

  timer(key?: string): () => void {
    return startTimer(key, values => this.observe(values))
  }
}

function common(registry: Registry, name: string, { help = name, label }: Options) {
  return { name, help, labelNames: label === undefined ? [] : [normalize(label)], registers: [registry] }
}

/** A part that cannot measure itself leaves a gap, not a failed scrape. */
async function calculateAll(calculations: readonly Calculate[]): Promise<Values[]> {
  const results = await Promise.allSettled(calculations.map(async calculate => calculate()))
  return results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
}

function startTimer(key: string | undefined, stop: (values: Values) => void): () => void {
  const start = performance.now()
  return () => {
    const seconds = (performance.now() - start) / 1_000
    stop(key === undefined ? seconds : { [key]: seconds })
  }
}

/** js-libp2p puts protocol names into metrics' names. */
function normalize(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9]+/g, '_')
}
