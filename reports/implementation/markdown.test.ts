import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from '../fixture.ts'
import type { ReportedImplementation, Results } from '../results.ts'
import { drawAccount } from './account.ts'
import { type AccountMarkdown, type EvidenceTexts, renderAccount } from './markdown.ts'

function markdownOf(results: Results, name: string, evidence?: EvidenceTexts): AccountMarkdown {
  const implementation = results.implementations.find(other => other.name === name) as ReportedImplementation
  return renderAccount(drawAccount(results, implementation), results, evidence)
}

const FAILED = 'streams/echo/dialer:go/listener:go/tcp,noise,yamux'
const results: Results = {
  ...everyOutcome,
  implementations: [
    {
      name: 'go',
      title: 'Their <daemon>',
      version: '2',
      capabilities: [
        { axis: 'muxers', feature: 'yamux' },
        { axis: 'muxers', feature: 'mplex', missing: 'left *out*' },
      ],
    },
    { name: 'js', title: 'Ours', version: '1' },
  ],
  cells: [
    cellOf('echo', ['go', 'go'], 'xfail', {
      failure: { what: 'the answer', expected: '1', got: '`2`' },
      reason: 'it cannot count',
    }),
    cellOf('echo', ['js', 'go'], 'fail', { failure: { what: 'the answer', expected: '1', got: 'none' } }),
    cellOf('echo', ['js', 'js'], 'pass'),
  ],
}

test('the account of an implementation, for an issue of its maintainers', () => {
  const evidence = new Map([[FAILED, { 'timeline.log': 'dialer → CONNECT\n```\n= fail\n' }]])
  expect(markdownOf(results, 'go', evidence).whole).toMatchInlineSnapshot(`
    "# Their \\<daemon\\> 2: libp2p interoperability

    0 of 2 checks work, in 3 cells of 2026-11-24T04:00:00.000Z on linux x64. In the matrix it is \`go\`. go: Their \\<daemon\\> 2; js: Ours 1.

    ## Works / played

    | area | alone | with js | all |
    |---|:-:|:-:|:-:|
    | streams | 0/1 | 0/1 ! | 0/2 ! |
    | **all** |  |  | **0/2 !** |

    ## Faults (2)

    ### streams/echo

    it cannot count

    > echo

    - seen: the answer: expected 1, got \\\`2\\\`
    - why it points here: go fails it with itself
    - works for: js
    - in \`streams/echo/dialer:go/listener:go/tcp,noise,yamux\`

    \`\`\`
    npm run scenarios -- --replay 'streams/echo/dialer:go/listener:go/tcp,noise,yamux'
    \`\`\`

    <details><summary>What was said in streams/echo/dialer:go/listener:go/tcp,noise,yamux</summary>

    \`\`\`\`
    dialer → CONNECT
    \`\`\`
    = fail
    \`\`\`\`

    </details>

    ### streams/echo

    Not explained yet.

    > echo

    - seen: the answer: expected 1, got none
    - why it points here: go fails it alone, js passes
    - works for: js
    - in \`streams/echo/dialer:js/listener:go/tcp,noise,yamux\` (fail)

    \`\`\`
    npm run scenarios -- --replay 'streams/echo/dialer:js/listener:go/tcp,noise,yamux'
    \`\`\`

    ## Capabilities

    |  | offered |
    |---|---|
    | muxers | yamux |

    Not offered, as it declares:

    - mplex: left \\*out\\*
    "
  `)
})

test('a fault can be filed by itself, with the versions that it was seen with', () => {
  const { faults } = markdownOf(results, 'go')
  expect(faults).toHaveLength(2)
  expect(faults[0]).toContain('### streams/echo')
  expect(faults[0]).toContain('Seen with go: Their \\<daemon\\> 2; js: Ours 1.')
})

test('the whole can be pasted into an issue however much fails; the faults keep what was said', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    cellOf(`check-${index}`, ['go', 'go'], 'fail', { failure: { what: 'it', expected: '1', got: '2' } }),
  )
  const evidence = new Map(many.map(({ path }) => [path, { 'timeline.log': 'x'.repeat(20_000) }]))
  const { whole, faults } = markdownOf({ ...results, cells: many }, 'go', evidence)
  expect(whole.length).toBeLessThan(65_536)
  expect(whole.match(/<details>/g)?.length).toBeGreaterThan(3)
  expect(whole.match(/^### /gm)).toHaveLength(60)
  expect(faults.every(fault => fault.includes('<details>'))).toBe(true)
})
