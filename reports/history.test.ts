import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from './fixture.ts'
import { appendRun, cellHistories, EMPTY_HISTORY, type History } from './history.ts'
import type { Outcome, Results } from './results.ts'

const PATH = 'streams/echo/dialer:js/listener:go/tcp,noise,yamux'

const night = (day: number, outcome: Outcome | undefined, go = '0.9.2'): Results => ({
  ...everyOutcome,
  startedAt: `2026-11-${String(day).padStart(2, '0')}T04:00:00.000Z`,
  implementations: [{ name: 'go', title: 'Theirs', version: go }],
  cells: [cellOf('other', ['js', 'js'], 'pass'), ...(outcome ? [cellOf('echo', ['js', 'go'], outcome)] : [])],
})

const record = (...runs: Results[]): History => runs.reduce(appendRun, EMPTY_HISTORY)

test('a cell’s outcomes, oldest first, with gaps where it was not there', () => {
  const history = record(night(1, undefined), night(2, 'pass'), night(3, 'fail'), night(4, 'unsupported'))
  expect(cellHistories(history).get(PATH)?.outcomes).toEqual([undefined, 'pass', 'fail', 'unsupported'])
})

test('the first bad run, and the versions that changed with it', () => {
  const history = record(night(1, 'pass'), night(2, 'pass'), night(3, 'fail', '0.9.3'), night(4, 'xfail', '0.9.3'))
  expect(cellHistories(history).get(PATH)?.firstBad).toEqual({
    startedAt: '2026-11-03T04:00:00.000Z',
    changed: ['go 0.9.2 → 0.9.3'],
  })
})

test('a pass between makes a failure a new one; a run that says nothing does not', () => {
  const since = (...runs: Results[]): string | undefined =>
    cellHistories(record(...runs)).get(PATH)?.firstBad?.startedAt
  expect(since(night(1, 'fail'), night(2, 'pass'), night(3, 'fail'))).toBe('2026-11-03T04:00:00.000Z')
  expect(since(night(1, 'fail'), night(2, 'skipped'), night(3, 'fail'))).toBe('2026-11-01T04:00:00.000Z')
  expect(since(night(1, 'infra-error'), night(2, 'fail'))).toBe('2026-11-02T04:00:00.000Z')
  expect(since(night(1, 'fail'), night(2, 'pass'))).toBeUndefined()
})

test('a run is recorded once, in the order of time', () => {
  const history = record(night(2, 'fail'), night(1, 'pass'), night(2, 'pass'))
  expect(history.runs.map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(['01', '02'])
  expect(cellHistories(history).get(PATH)?.outcomes).toEqual(['pass', 'pass'])
})

test('a year is kept', () => {
  let history = EMPTY_HISTORY
  for (let day = 0; day < 400; day++) {
    const startedAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString()
    history = appendRun(history, { ...night(1, 'pass'), startedAt })
  }
  expect(history.runs).toHaveLength(366)
  expect(cellHistories(history).get(PATH)?.outcomes).toHaveLength(366)
})
