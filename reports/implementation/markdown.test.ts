import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from '../fixture.ts'
import type { CellResult, ReportedImplementation, Results } from '../results.ts'
import { drawAccount } from './account.ts'
import type { EvidenceTexts } from './fault-markdown.ts'
import { type AccountMarkdown, renderAccount } from './markdown.ts'

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

/** Faults that the ledger explains, each of them in so many cells of two checks, with much to say. */
function manyFaults(faults: number, cells: number): Results {
  const partners = Array.from({ length: cells }, (_, index) => `partner-${index}`)
  const failed = Array.from({ length: faults }, (_, fault) =>
    partners.flatMap(partner => [
      cellOf(`check-${fault}`, [partner, 'go'], 'xfail', knownAs(fault, partner)),
      cellOf(`other-${fault}`, [partner, 'go'], 'xfail', knownAs(fault, partner)),
    ]),
  )
  return { ...results, cells: failed.flat() }
}

function knownAs(fault: number, partner: string): Pick<CellResult, 'failure' | 'reason' | 'faulty'> {
  return {
    failure: { what: 'the answer', expected: `one to ${partner}`, got: 'nothing '.repeat(20) },
    reason: `fault ${fault}`,
    faulty: ['go'],
  }
}

test('a fault in many cells names a few, counts the others by check, and the page says where they are', () => {
  const { whole, faults } = markdownOf(manyFaults(60, 12), 'go')
  expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(60_000)
  const [first = ''] = whole.split('### ').slice(1)
  expect(first.match(/^- .*/gm)).toMatchInlineSnapshot(`
    [
      "- seen: the answer: expected one to partner-0, got nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing nothing",
      "- why it points here: the ledger names go",
      "- works for: nobody in this run",
      "- in \`streams/check-0/dialer:partner-0/listener:go/tcp,noise,yamux\`",
      "- in \`streams/other-0/dialer:partner-0/listener:go/tcp,noise,yamux\`",
      "- in \`streams/check-0/dialer:partner-1/listener:go/tcp,noise,yamux\`",
      "- and in 21 more: 11 of \`streams/other-0\`, 10 of \`streams/check-0\`",
    ]
  `)
  expect(whole).toContain('`index.html#implementation:go` and `results.json`')
  expect(whole).toContain("--impl go,js --filter 'SCENARIO/CHECK/**go'")
  expect(faults[0]?.match(/^- in `/gm)).toHaveLength(10)
  expect(faults[0]).toContain('- and in 14 more: ')
})

test('a page with few faults lists them in full', () => {
  const { whole, faults } = markdownOf(manyFaults(2, 5), 'go')
  expect(whole.match(/^- in `/gm)).toHaveLength(20)
  expect(whole).not.toContain('index.html')
  expect(whole).toContain(faults[0]?.slice(0, faults[0].indexOf('Seen with')))
})

test('where there are more faults than can be told, each is still named with its cells counted', () => {
  const { whole, faults } = markdownOf(manyFaults(250, 4), 'go')
  expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(60_000)
  expect(whole.match(/^### /gm)).toHaveLength(250)
  expect(whole.match(/^- in 4 of `streams\/check-\d+`, 4 of `streams\/other-\d+`$/gm)).toHaveLength(250)
  expect(faults.every(fault => fault.includes('--replay'))).toBe(true)
})
