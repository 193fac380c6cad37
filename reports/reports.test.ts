import { expect, test } from 'vitest'
import { assertResults } from '../harness/assemble.ts'
import { everyOutcome } from './fixture.ts'
import { renderMarkdown, renderSummary } from './markdown.ts'
import { isGreen } from './results.ts'
import { renderTerminal } from './terminal.ts'

test('results follow their schema, which takes nothing more', () => {
  expect(() => assertResults(everyOutcome)).not.toThrow()
  expect(() => assertResults({ ...everyOutcome, more: 1 })).toThrow('additional properties')
  expect(() => assertResults({ ...everyOutcome, schemaVersion: 2 })).toThrow('schemaVersion')
})

test('green needs something played, nothing unexpected and no fault', () => {
  const [passed] = everyOutcome.cells
  const good = { ...everyOutcome, cells: [passed as (typeof everyOutcome.cells)[0]], faults: [] }
  expect(isGreen(good)).toBe(true)
  expect(isGreen({ ...good, cells: [] })).toBe(false)
  expect(isGreen({ ...good, faults: ['something'] })).toBe(false)
  for (const cell of everyOutcome.cells) {
    const expected = ['pass', 'xfail', 'skipped', 'unsupported'].includes(cell.outcome)
    expect([cell.outcome, isGreen({ ...good, cells: [...good.cells, cell] })]).toEqual([cell.outcome, expected])
  }
})

test('the terminal: a line for each that needs looking at, and the counts', () => {
  expect(renderTerminal(everyOutcome, 'reports/latest')).toMatchInlineSnapshot(`
    "FAIL streams/echo/dialer:js/listener:go/tcp,noise,yamux — the answer: expected a|b, got failed to dial: all dials failed * [x] refused; points at js, go: js and go disagree, and no other cell tells who is right (evidence: reports/latest/evidence/of-it)
    XPASS streams/half-close/dialer:js/listener:js/tcp,noise,yamux — the ledger expects: closes both (evidence: reports/latest/evidence/of-it)
    FLAKY streams/reset/dialer:js/listener:js/tcp,noise,yamux — the reset: expected an error, got the end; points at js: js fails it with itself (evidence: reports/latest/evidence/of-it)
    INFRA-ERROR streams/burst/dialer:js/listener:js/tcp,noise,yamux — the cell: expected a verdict, got none: it was cut off (evidence: reports/latest/evidence/of-it)
    FAULT ledger: "x/**" matches no cell
    skipped: cargo is not installed
    unsupported: Theirs does not support it: too old
    streams  2 passed, 1 failed as expected, 1 failed, 1 passed unexpectedly, 1 flaky, 1 not played for an error of the environment, 1 unsupported, 1 skipped
    RED: 9 cells, 2 passed, 1 failed as expected, 1 failed, 1 passed unexpectedly, 1 flaky, 1 not played for an error of the environment, 1 unsupported, 1 skipped in 12.3 s; report in reports/latest/index.html
    "
  `)
})

test('the matrix in Markdown', () => {
  expect(renderMarkdown(everyOutcome)).toMatchInlineSnapshot(`
    "# Compatibility matrix

    **Red**: 9 cells, 2 passed, 1 failed as expected, 4 unexpected, 2 not played. 2026-11-24T04:00:00.000Z, 12 s, Node v24.0.0 on linux x64.

    - ledger: "x/\\*\\*" matches no cell

    | name | implementation | version | not played because |
    |---|---|---|---|
    | js | Ours | 1.0.0 |  |
    | go | Theirs | 0.9.2 |  |
    | rust | Another | 0.1.0 | cargo is not installed |

    ✓ pass, ✗ fail, (✗) xfail, (✓)! xpass, ~ flaky, – skipped, · unsupported, ! infra-error

    ## streams

    | | js → js | js → go | js + go | js → rust |
    |---|:-:|:-:|:-:|:-:|
    | echo <sub>tcp,noise,yamux</sub> | ✓ | ✗ |  |  |
    | half-close <sub>tcp,noise,yamux</sub> | (✓)! | (✗) |  |  |
    | mesh <sub>tcp,noise,yamux</sub> |  |  | ✓ |  |
    | reset <sub>tcp,noise,yamux</sub> | ~ |  |  |  |
    | burst <sub>tcp,noise,yamux</sub> | ! | · |  | – |

    ## Failures

    - fail [\`streams/echo/dialer:js/listener:go/tcp,noise,yamux\`](evidence/of-it) — the answer: expected a\\|b, got failed to dial: all dials failed \\* \\[x\\] refused — points at js, go: js and go disagree, and no other cell tells who is right
    - xpass [\`streams/half-close/dialer:js/listener:js/tcp,noise,yamux\`](evidence/of-it) — the ledger expects: closes both
    - flaky [\`streams/reset/dialer:js/listener:js/tcp,noise,yamux\`](evidence/of-it) — the reset: expected an error, got the end — points at js: js fails it with itself
    - infra-error [\`streams/burst/dialer:js/listener:js/tcp,noise,yamux\`](evidence/of-it) — the cell: expected a verdict, got none: it was cut off

    ## Known failures

    - xfail [\`streams/half-close/dialer:js/listener:go/tcp,noise,yamux\`](evidence/of-it) — the answer: expected 1, got 2 — closes both — points at js, go: js and go disagree, and no other cell tells who is right

    ## Not played

    - 1 cells skipped: cargo is not installed
    - 1 cells unsupported: Theirs does not support it: too old
    "
  `)
})

test('the summary of a run, for a pull request', () => {
  expect(renderSummary(everyOutcome)).toMatchInlineSnapshot(`
    "### libp2p interoperability

    **Red**: 9 cells, 2 passed, 1 failed as expected, 4 unexpected, 2 not played. 2026-11-24T04:00:00.000Z, 12 s, Node v24.0.0 on linux x64.

    - ledger: "x/\\*\\*" matches no cell

    | works/played | js → js | js → go | js + go |
    |---|:-:|:-:|:-:|
    | streams | **2/3** | **0/2** | 1/1 |

    ## Needs looking at

    - fail \`streams/echo/dialer:js/listener:go/tcp,noise,yamux\` — the answer: expected a\\|b, got failed to dial: all dials failed \\* \\[x\\] refused — points at js, go: js and go disagree, and no other cell tells who is right
    - xpass \`streams/half-close/dialer:js/listener:js/tcp,noise,yamux\` — the ledger expects: closes both
    - flaky \`streams/reset/dialer:js/listener:js/tcp,noise,yamux\` — the reset: expected an error, got the end — points at js: js fails it with itself
    - infra-error \`streams/burst/dialer:js/listener:js/tcp,noise,yamux\` — the cell: expected a verdict, got none: it was cut off
    "
  `)
})
