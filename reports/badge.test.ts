import { expect, test } from 'vitest'
import { renderBadge } from './badge.ts'
import { cellOf, everyOutcome } from './fixture.ts'
import type { Outcome } from './results.ts'

const badge = (...outcomes: Outcome[]) =>
  renderBadge({ ...everyOutcome, cells: outcomes.map(outcome => cellOf('echo', ['js', 'go'], outcome)) }, 'go')

test.each<[Outcome[], string, string]>([
  [['pass', 'pass'], '2/2', 'brightgreen'],
  [['pass', 'xpass', 'unsupported', 'skipped', 'infra-error'], '2/2', 'brightgreen'],
  [['pass', 'xfail'], '1/2', 'red'],
  [[...Array<Outcome>(19).fill('pass'), 'flaky'], '19/20', 'yellow'],
  [['skipped'], 'not played', 'lightgrey'],
])('%j: %s, %s', (outcomes, message, color) => {
  expect(badge(...outcomes)).toEqual({ schemaVersion: 1, label: 'libp2p interop: go', message, color })
})

test('cells without the implementation do not count', () => {
  expect(renderBadge(everyOutcome, 'python').message).toBe('not played')
})
