import { expect, test } from 'vitest'
import { type Diff, diffResults, isRegression } from './diff.ts'
import { cellOf, everyOutcome } from './fixture.ts'
import type { CellResult, Outcome, Results } from './results.ts'

const run = (...cells: CellResult[]): Results => ({ ...everyOutcome, cells, faults: [] })
const echo = (outcome: Outcome, more?: Partial<CellResult>): CellResult => cellOf('echo', ['js', 'go'], outcome, more)

/** The names of the lists that hold the one cell. */
const kindOf = (before: CellResult | undefined, after: CellResult | undefined): string[] => {
  const { versions: _, ...lists } = diffResults(run(...(before ? [before] : [])), run(...(after ? [after] : [])))
  return Object.entries(lists).flatMap(([name, list]) => (list.length > 0 ? [name] : []))
}

test.each<[Outcome, Outcome, string | undefined, boolean]>([
  ['pass', 'fail', 'newlyFailing', true],
  ['pass', 'xfail', 'newlyFailing', true],
  ['pass', 'flaky', 'flaky', true],
  ['fail', 'flaky', 'flaky', true],
  ['fail', 'pass', 'fixed', false],
  ['flaky', 'pass', 'fixed', false],
  ['xfail', 'xpass', 'fixed', false],
  ['fail', 'xfail', 'changed', false],
  ['pass', 'skipped', 'playedOnce', true],
  ['fail', 'unsupported', 'playedOnce', false],
  ['unsupported', 'pass', 'playedOnce', false],
  ['infra-error', 'fail', 'playedOnce', false],
  ['pass', 'pass', undefined, false],
  ['flaky', 'flaky', undefined, false],
  ['skipped', 'unsupported', undefined, false],
])('%s, then %s: %s', (before, after, kind, regression) => {
  expect(kindOf(echo(before), echo(after))).toEqual(kind === undefined ? [] : [kind])
  expect(isRegression(diffResults(run(echo(before)), run(echo(after))))).toBe(regression)
})

test('failing in another way is a change, with another value of the same it is not', () => {
  const failure = { what: 'the answer', expected: '1', got: '2' }
  expect(kindOf(echo('fail', { failure }), echo('fail', { failure: { ...failure, got: '3' } }))).toEqual([])
  expect(kindOf(echo('fail', { failure }), echo('fail', { failure: { ...failure, what: 'the end' } }))).toEqual([
    'changed',
  ])
})

test('cells of one run only; to lose one is a regression', () => {
  expect(kindOf(undefined, echo('pass'))).toEqual(['added'])
  expect(kindOf(echo('pass'), undefined)).toEqual(['vanished'])
  const lost: Diff = diffResults(run(echo('pass')), run())
  expect(isRegression(lost)).toBe(true)
  expect(isRegression(diffResults(run(), run(echo('pass'))))).toBe(false)
  expect(isRegression(diffResults(run(), run(echo('fail'))))).toBe(true)
})

test('versions that changed', () => {
  const [js] = everyOutcome.implementations
  const after = {
    ...run(),
    implementations: [{ ...js, version: '1.1.0' } as typeof js & object, { name: 'py', title: 'P', version: '1' }],
  }
  expect(diffResults(run(), after).versions).toEqual([
    { name: 'js', before: '1.0.0', after: '1.1.0' },
    { name: 'go', before: '0.9.2', after: undefined },
    { name: 'rust', before: '0.1.0', after: undefined },
    { name: 'py', before: undefined, after: '1' },
  ])
})
