import { expect, test } from 'vitest'
import { renderGrid } from './grid.ts'
import type { Played } from './plan.ts'

const cells = [
  ...Array.from({ length: 4 }, (_, index) => ({ scenario: 'connect', path: `connect/${index}` })),
  ...Array.from({ length: 40 }, (_, index) => ({ scenario: 'dht', path: `dht/${index}` })),
]
const outcomes = (entries: Record<string, Played['outcome']>) =>
  new Map(Object.entries(entries).map(([path, outcome]) => [path, { outcome }]))

test('a mark a cell; where they do not fit, a mark for several that shows the worst', () => {
  const over = outcomes({
    'connect/0': 'pass',
    'connect/2': 'fail',
    'connect/3': 'infra-error',
    'dht/0': 'pass',
    'dht/1': 'pass',
    'dht/7': 'flaky',
  })
  expect(renderGrid(cells, over, { columns: 36, rows: 10 })).toEqual([
    'connect  3/4  ■·✗!',
    'dht      3/40 ■··~················',
  ])
})

test('with too few lines, scenarios that are over give way', () => {
  const over = outcomes({ 'connect/0': 'pass', 'connect/1': 'pass', 'connect/2': 'pass', 'connect/3': 'pass' })
  expect(renderGrid(cells, over, { columns: 80, rows: 1 })).toEqual([`dht      0/40 ${'·'.repeat(40)}`])
})
