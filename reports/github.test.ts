import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from './fixture.ts'
import { renderAnnotations } from './github.ts'

test('an annotation for each that needs looking at, in the syntax of workflow commands', () => {
  const failure = { what: '50%', expected: 'a', got: 'b\nc' }
  const cells = [cellOf('echo', ['js', 'go'], 'fail', { failure }), cellOf('echo', ['js', 'js'], 'pass')]
  expect(renderAnnotations({ ...everyOutcome, cells, faults: ['bad'] })).toBe(
    '::error title=Scenario run::bad\n' +
      '::error title=fail%3A streams/echo/dialer%3Ajs/listener%3Ago/tcp%2Cnoise%2Cyamux::50%25: expected a, got b c; points at js, go\n',
  )
})

test('no more than GitHub shows; the last one counts the rest', () => {
  const cells = Array.from({ length: 30 }, () => cellOf('echo', ['js', 'go'], 'fail'))
  const lines = renderAnnotations({ ...everyOutcome, cells, faults: [] })
    .trim()
    .split('\n')
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toBe('::error title=Scenarios::21 more need looking at')
})
