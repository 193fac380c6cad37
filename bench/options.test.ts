import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Experiment } from './experiment.ts'
import { parseOptions, selectExperiments } from './options.ts'

const experiment = (name: string, figures: string[], onRequest = false): Experiment => ({
  name,
  onRequest,
  figures: figures.map(figure => ({ name: figure, title: figure, unit: 's', better: 'less' })),
  measure: () => Promise.resolve({}),
})

const EXPERIMENTS = [
  experiment('open', ['open-sequential', 'open-parallel']),
  experiment('throughput', ['throughput-1', 'cpu-1', 'throughput-8', 'cpu-8']),
  experiment('scale', ['scale-streams'], true),
]

const selected = (...names: string[]): string[] =>
  selectExperiments(EXPERIMENTS, names).flatMap(({ figures }) => figures.map(({ name }) => name))

test('the command line', () => {
  expect(parseOptions([])).toEqual({
    only: [],
    rounds: 5,
    subject: undefined,
    baseline: undefined,
    json: undefined,
    quick: false,
    list: false,
    help: false,
  })
  const words = '--only open,echo --only dht --rounds 3 --json out.json --subject ./mine --quick'.split(' ')
  expect(parseOptions(words)).toMatchObject({
    only: ['open', 'echo', 'dht'],
    rounds: 3,
    json: resolve('out.json'),
    subject: './mine',
    quick: true,
  })
})

test.each([
  [['--rounds', '0'], '--rounds takes a number from 1 up, not "0"'],
  [['--rounds', 'many'], '--rounds takes a number from 1 up, not "many"'],
  [['--fast'], "Unknown option '--fast'"],
  [['word'], 'Unexpected argument'],
])('%j is refused', (words, message) => {
  expect(() => parseOptions(words)).toThrow(message)
})

test('what is measured', () => {
  expect(selected()).toEqual(['open-sequential', 'open-parallel', 'throughput-1', 'cpu-1', 'throughput-8', 'cpu-8'])
  expect(selected('open')).toEqual(['open-sequential', 'open-parallel'])
  expect(selected('open-par', 'cpu')).toEqual(['open-parallel', 'cpu-1', 'cpu-8'])
  expect(selected('scale')).toEqual(['scale-streams'])
  expect(() => selected('open', 'troughput')).toThrow('there is no figure "troughput"; did you mean "throughput"?')
})
