import { expect, test } from 'vitest'
import { assignBlame, type Blame } from './blame.ts'
import { cellOf } from './fixture.ts'
import type { CellResult, Outcome } from './results.ts'

/** Plays `echo` between a, b and c as told; gives what is concluded about a dialling b. */
function blameOf(outcomes: Readonly<Record<string, Outcome>>): Blame | undefined {
  const cells: CellResult[] = Object.entries(outcomes).map(([pair, outcome]) =>
    cellOf('echo', [pair[0] as string, pair[1] as string], outcome),
  )
  return assignBlame(cells).get('streams/echo/dialer:a/listener:b/tcp,noise,yamux')
}

test.each<[Record<string, Outcome>, readonly string[], string]>([
  [{ ab: 'fail', aa: 'pass', bb: 'fail' }, ['b'], 'b fails it alone, a passes'],
  [{ ab: 'xfail', aa: 'xfail', bb: 'pass' }, ['a'], 'a fails it alone, b passes'],
  [{ ab: 'fail', aa: 'fail', bb: 'flaky' }, ['a', 'b'], 'a and b fail it alone'],
  [{ ab: 'fail', aa: 'pass', bb: 'pass', ac: 'fail', cb: 'pass' }, ['a'], 'a as dialer fails it with 1 of 1 other'],
  [{ ab: 'fail', aa: 'pass', bb: 'pass', ac: 'pass', cb: 'fail' }, ['b'], 'b as listener fails it with 1 of 1 other'],
  [{ ab: 'fail', aa: 'pass', bb: 'pass' }, ['a', 'b'], 'disagree'],
  [{ ab: 'fail', aa: 'pass', bb: 'pass', ac: 'fail', cb: 'fail' }, ['a', 'b'], 'disagree'],
  // what was not played says nothing
  [{ ab: 'fail', aa: 'pass', bb: 'unsupported' }, ['a', 'b'], 'disagree'],
  [{ ab: 'fail', aa: 'skipped', bb: 'fail' }, ['a', 'b'], 'disagree'],
])('%j points at %j', (outcomes, suspects, because) => {
  const blame = blameOf(outcomes)
  expect(blame?.suspects).toEqual(suspects)
  expect(blame?.because).toContain(because)
})

test('what did not fail is nobody’s fault', () => {
  for (const outcome of ['pass', 'xpass', 'skipped', 'unsupported', 'infra-error'] as const) {
    expect(blameOf({ ab: outcome, aa: 'fail' })).toBeUndefined()
  }
})

test('an implementation that fails with itself is the only suspect', () => {
  const cell = cellOf('echo', ['a', 'a'], 'fail')
  expect(assignBlame([cell]).get(cell.path)).toEqual({ suspects: ['a'], because: 'a fails it with itself' })
})

test('another stack, or another check, proves nothing', () => {
  const cell = cellOf('echo', ['a', 'b'], 'fail')
  const elsewhere = [
    cellOf('reset', ['b', 'b'], 'fail'),
    cellOf('echo', ['b', 'b'], 'fail', { stack: 'tcp,tls,yamux', path: 'x' }),
  ]
  expect(assignBlame([cell, cellOf('echo', ['a', 'a'], 'pass'), ...elsewhere]).get(cell.path)?.suspects).toEqual([
    'a',
    'b',
  ])
})

test('a daemon that did not start, or ended, is to blame whatever the other cells say', () => {
  const failure = { what: 'the listener', expected: 'a daemon that keeps running', got: 'exit 1', role: 'listener' }
  const cell = cellOf('echo', ['a', 'b'], 'fail', { failure })
  const others = [cellOf('echo', ['a', 'a'], 'fail'), cellOf('echo', ['b', 'b'], 'pass')]
  expect(assignBlame([cell, ...others]).get(cell.path)?.suspects).toEqual(['b'])
})

test('whom the ledger names is to blame, whatever the other cells say', () => {
  const cell = cellOf('echo', ['a', 'b'], 'xfail', { faulty: ['b'] })
  const others = [cellOf('echo', ['a', 'a'], 'fail'), cellOf('echo', ['b', 'b'], 'pass')]
  expect(assignBlame([cell, ...others]).get(cell.path)).toEqual({ suspects: ['b'], because: 'the ledger names b' })
})
