import { expect, test } from 'vitest'
import type { Figure } from './experiment.ts'
import { renderReport } from './report.ts'
import { assertResults, type BenchResults, toFigureResult, toMeasured } from './results.ts'

const OPEN: Figure = { name: 'open', title: 'streams opened', unit: '1/s', better: 'more' }
const ECHO: Figure = { name: 'echo', title: 'echo', unit: 'µs', better: 'less' }
const LOST: Figure = { name: 'lost', title: 'lost', unit: '', better: 'less' }

const RESULTS: BenchResults = {
  schemaVersion: 1,
  startedAt: '2026-11-25T12:00:00.000Z',
  durationMs: 61_499,
  rounds: 3,
  quick: false,
  machine: { os: 'linux 6', arch: 'x64', cpu: 'a processor', cpus: 2, memoryMiB: 4096, node: 'v24.0.0', load: 0.5 },
  contestants: [
    { role: 'subject', title: 'ours 1.0.0', command: ['bin/p2pd'] },
    { role: 'baseline', title: 'go 0.9.2', command: ['p2pd'] },
  ],
  figures: [
    toFigureResult(OPEN, {
      subject: toMeasured([1500, 1600, 1700], []),
      baseline: toMeasured([3000, 3200, 1700], []),
      ceiling: toMeasured([5000.4, 5001, 5002], []),
    }),
    toFigureResult(ECHO, {
      subject: toMeasured([null, null, null], ['it hung', 'it hung', 'it fell']),
      baseline: toMeasured([12.3456, null, 45], ['it slept']),
    }),
    toFigureResult(LOST, { subject: toMeasured([0], []), baseline: toMeasured([0], []) }),
  ],
}

test('a run as a table, with what failed and what it was run on', () => {
  expect(renderReport(RESULTS)).toMatchInlineSnapshot(`
    "figure          unit  ceiling  baseline  subject                ratio  rounds
    --------------  ----  -------  --------  -------  -------------------  ------
    streams opened  1/s     5,001     3,000    1,600  ↑ 0.50× (0.50–1.00)       3
    echo            µs                 28.7   failed                    –       3
    lost                                  0        0                    –       1

    failed: echo, subject: it hung
    failed: echo, subject: it fell
    failed: echo, baseline: it slept
    subject: ours 1.0.0
    baseline: go 0.9.2
    machine: 2 × a processor, 4096 MiB, linux 6 x64, Node.js v24.0.0; load 0.5 before
    3 rounds in 61 s
    "
  `)
})

test('one round, and a quick one', () => {
  const last = renderReport({ ...RESULTS, rounds: 1, quick: true })
    .trimEnd()
    .split('\n')
    .at(-1)
  expect(last).toBe('1 round in 61 s; quick: the figures mean nothing')
})

test('what is written follows the schema', () => {
  expect(() => assertResults(RESULTS)).not.toThrow()
  expect(() => assertResults(JSON.parse(JSON.stringify(RESULTS)))).not.toThrow()
})

test.each([
  ['a version', { ...RESULTS, schemaVersion: 2 }],
  ['a field', { ...RESULTS, mood: 'good' }],
  ['a role', { ...RESULTS, contestants: [{ role: 'judge', title: 'x', command: ['x'] }] }],
  ['an infinite value', { ...RESULTS, figures: [toFigureResult(OPEN, { subject: toMeasured([1 / 0], []) })] }],
  ['a name', { ...RESULTS, figures: [toFigureResult({ ...OPEN, name: 'A b' }, {})] }],
])('the schema refuses %s that it does not know', (_what, results) => {
  expect(() => assertResults(JSON.parse(JSON.stringify(results)) && results)).toThrow('do not follow their schema')
})
