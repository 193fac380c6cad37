import { expect, test } from 'vitest'
import { diffResults } from './diff.ts'
import { renderDiff } from './diff-text.ts'
import { cellOf, everyOutcome } from './fixture.ts'
import type { Results } from './results.ts'

const run = (...cells: Results['cells']): Results => ({ ...everyOutcome, cells })

test('a regression, with whom it points at', () => {
  const failure = { what: 'the answer', expected: 'yes', got: 'no' }
  const before = run(
    cellOf('echo', ['js', 'js'], 'pass'),
    cellOf('echo', ['js', 'go'], 'pass'),
    cellOf('reset', ['go', 'go'], 'fail'),
  )
  const after: Results = {
    ...run(
      cellOf('echo', ['js', 'js'], 'fail', { failure }),
      cellOf('echo', ['go', 'go'], 'pass'),
      cellOf('echo', ['js', 'go'], 'fail', { failure }),
      cellOf('reset', ['go', 'go'], 'pass'),
    ),
    implementations: [{ name: 'js', title: 'Ours', version: '1.0.1' }, ...everyOutcome.implementations.slice(1)],
  }
  expect(renderDiff(diffResults(before, after), after)).toMatchInlineSnapshot(`
    "# Worse than before

    ## Versions

    - js: 1.0.0 → 1.0.1

    ## Newly failing (2)

    - streams/echo/dialer:js/listener:js/tcp,noise,yamux: pass → fail — the answer: expected yes, got no
      points at js: js fails it with itself
    - streams/echo/dialer:js/listener:go/tcp,noise,yamux: pass → fail — the answer: expected yes, got no
      points at js: js fails it alone, go passes

    ## New (1)

    - streams/echo/dialer:go/listener:go/tcp,noise,yamux: absent → pass

    ## Fixed (1)

    - streams/reset/dialer:go/listener:go/tcp,noise,yamux: fail → pass
    "
  `)
})

test('nothing to tell', () => {
  const same = run(cellOf('echo', ['js', 'js'], 'pass'))
  expect(renderDiff(diffResults(same, same), same)).toBe('# No difference\n')
})
