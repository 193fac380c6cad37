import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from './fixture.ts'
import { renderJunit } from './junit.ts'

test('only what is unexpected fails; known failures and what was not played are skipped cases', () => {
  const xml = renderJunit(everyOutcome)
  const [, head] = /<testsuites ([^>]*)>/.exec(xml) as unknown as [string, string]
  // the faults of the run are cases as well
  expect(head).toContain(`tests="${everyOutcome.cells.length + 1}" failures="4" errors="1"`)
  const verdict = (path: string): string | undefined =>
    new RegExp(`name="${RegExp.escape(path)}"[^>]*>\\s*<(\\w+)`).exec(xml)?.[1]
  const outcomes = everyOutcome.cells.map(({ path, outcome }) => [outcome, verdict(path)])
  expect(Object.fromEntries(outcomes)).toEqual({
    pass: 'testcase',
    fail: 'failure',
    xfail: 'skipped',
    xpass: 'failure',
    flaky: 'failure',
    skipped: 'skipped',
    unsupported: 'skipped',
    'infra-error': 'error',
  })
  expect(xml).toContain('points at js: js fails it with itself')
})

test('what a daemon says stays text, and what XML cannot have is marked', () => {
  const failure = { what: 'it', expected: '<a href="x">&', got: '\u001b[31mred\u0000 \ud800 ok' }
  const xml = renderJunit({ ...everyOutcome, cells: [cellOf('echo', ['js', 'go'], 'fail', { failure })], faults: [] })
  expect(xml).toContain('expected: &lt;a href=&quot;x&quot;&gt;&amp;')
  expect(xml).toContain('got:      \ufffd[31mred\ufffd \ufffd ok')
})

test('a run in which nothing was played fails', () => {
  expect(renderJunit({ ...everyOutcome, cells: [], faults: [] })).toContain('<failure message="nothing was played"')
})
