import { until } from '../../harness/until.ts'
import type { TestDaemon } from './start.ts'

/** What a daemon has measured. */
export interface Scraped {
  readonly url: string
  /** Every metric that there is, whether it has values yet or not. */
  readonly names: readonly string[]
  /** The values of a metric by their labels; undefined when there is none. */
  get(name: string): readonly Sample[] | undefined
  /** The value of exactly these labels. */
  value(name: string, labels: Readonly<Record<string, string>>): number | undefined
  /** All values of a metric together; 0 when there is none. */
  sum(name: string): number
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Scrapes a daemon that was started with `-metricsAddr 127.0.0.1:0` and says its port: `-log metrics=info`. */
export async function scrape(daemon: TestDaemon): Promise<Scraped> {
  const port = await until(() => servedPort(daemon), { deadline: 10_000, what: 'the port of the metrics' })
  const url = `http://127.0.0.1:${port}/metrics`
  const response = await fetch(url)
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  const text = await response.text()
  const samples = parse(text)
  const sum = (values: readonly Sample[] = []): number => values.reduce((total, { value }) => total + value, 0)
  return {
    url,
    names: [...text.matchAll(/^# HELP (\S+)/gm)].map(([, name = '']) => name),
    get: name => samples.get(name),
    value: (name, labels) => samples.get(name)?.find(sample => sameLabels(sample.labels, labels))?.value,
    sum: name => sum(samples.get(name)),
  }
}

function servedPort({ process }: TestDaemon): string | undefined {
  const line = process.output.lines.find(({ text }) => text.includes('serving metrics'))
  return line && /"port":(\d+)/.exec(line.text)?.[1]
}

const SAMPLE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/
const LABEL = /(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"(?:,|$)/g

/** Prometheus' text format, strictly: a line that is neither comment nor sample is an error. */
function parse(text: string): Map<string, Sample[]> {
  const samples = new Map<string, Sample[]>()
  for (const line of text.split('\n').filter(line => line !== '' && !line.startsWith('#'))) {
    const { name, labels = '', value } = SAMPLE.exec(line)?.groups ?? {}
    if (name === undefined) throw new Error(`not a sample: ${line}`)
    if (labels.replaceAll(LABEL, '') !== '') throw new Error(`not labels: ${labels}`)
    const pairs = [...labels.matchAll(LABEL)].map(({ groups }) => [groups?.name, unescapeValue(groups?.value ?? '')])
    const sample = { labels: Object.fromEntries(pairs), value: Number(value) }
    if (Number.isNaN(sample.value) && !/^nan$/i.test(value ?? '')) throw new Error(`not a number: ${line}`)
    samples.set(name, [...(samples.get(name) ?? []), sample])
  }
  return samples
}

function unescapeValue(value: string): string {
  return value.replaceAll(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character))
}

function sameLabels(a: Sample['labels'], b: Sample['labels']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every(name => a[name] === b[name])
}
