import { Counter, Gauge, type Registry } from 'prom-client'

/** One value of a metric, and what distinguishes it from the metric's others. */
export type Reading = readonly [labels: Readonly<Record<string, string>>, value: number]

interface Description {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
}

type Read = () => number | Iterable<Reading>

/**
 * A gauge that is read from its owner at every scrape, and costs nothing between them. Readings with equal labels add
 * up.
 */
export function readGauge(registry: Registry, description: Description, read: Read): void {
  register(Gauge, registry, description, read)
}

/** A counter that somebody else counts, read at every scrape. */
export function readCounter(registry: Registry, description: Description, read: Read): void {
  register(Counter, registry, description, read)
}

function register(
  Kind: typeof Gauge | typeof Counter,
  registry: Registry,
  { name, help, labels = [] }: Description,
  read: Read,
): void {
  const metric: Gauge | Counter = new Kind({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect() {
      metric.reset()
      const value = read()
      for (const [labels, amount] of typeof value === 'number' ? [[{}, value] as const] : value) {
        metric.inc(labels, amount)
      }
    },
  })
}
