import { expect, test } from 'vitest'
import { cellOf, everyOutcome } from '../fixture.ts'
import type { CellResult, ReportedImplementation, Results } from '../results.ts'
import { type Account, drawAccount } from './account.ts'

const implementations: readonly ReportedImplementation[] = [
  {
    name: 'js',
    title: 'Ours',
    version: '1',
    capabilities: [{ axis: 'muxers', feature: 'mplex', missing: 'too old' }],
  },
  { name: 'go', title: 'Theirs', version: '2' },
  { name: 'rust', title: 'Another', version: '3' },
]

function accountOf(name: string, cells: readonly CellResult[]): Account {
  const results: Results = { ...everyOutcome, implementations, cells }
  return drawAccount(results, implementations.find(other => other.name === name) as ReportedImplementation)
}

const failure = (got: string) => ({ failure: { what: 'the answer', expected: '1', got } })
const known = (got: string) => ({ ...failure(got), reason: 'it closes both' })

const halfClose = [
  cellOf('half-close', ['go', 'go'], 'xfail', known('none on /ip4/127.0.0.1/tcp/4001')),
  cellOf('half-close', ['js', 'go'], 'xfail', known('none on /ip4/127.0.0.1/tcp/4002')),
  cellOf('half-close', ['js', 'js'], 'pass'),
  cellOf('half-close', ['rust', 'rust'], 'pass'),
]

test('the score is told alone, with each partner, and altogether', () => {
  const { areas, partners, total } = accountOf('js', [
    ...halfClose,
    cellOf('echo', ['js', 'rust'], 'fail', failure('2')),
  ])
  expect(partners).toEqual(['go', 'rust'])
  expect(areas).toEqual([
    {
      name: 'streams',
      alone: { works: 1, played: 1, surprising: false },
      withPartners: [
        { works: 0, played: 1, surprising: false },
        { works: 0, played: 1, surprising: true },
      ],
      all: { works: 1, played: 3, surprising: true },
    },
  ])
  expect(total).toEqual({ works: 1, played: 3, surprising: true })
})

test('a failure is a fault of whom it points at, and nobody else', () => {
  const go = accountOf('go', halfClose)
  expect(go.faults).toHaveLength(1)
  expect(go.unsettled).toEqual([])
  const js = accountOf('js', halfClose)
  expect({ faults: js.faults, unsettled: js.unsettled, others: js.faultsOfOthers }).toEqual({
    faults: [],
    unsettled: [],
    others: 1,
  })
})

test('a fault says what is seen once, the plainest cell first, and who does it right', () => {
  const [fault] = accountOf('go', halfClose.toReversed()).faults
  expect(fault).toMatchObject({
    checks: ['streams/half-close'],
    reason: 'it closes both',
    failures: ['the answer: expected 1, got none on /ip4/127.0.0.1/tcp/4001'],
    worksFor: ['rust', 'js'],
  })
  expect(fault?.cells.map(({ path }) => path)).toEqual([
    'streams/half-close/dialer:go/listener:go/tcp,noise,yamux',
    'streams/half-close/dialer:js/listener:go/tcp,noise,yamux',
  ])
})

test('what the ledger explains in the same words is one fault; what nobody explains is one a check', () => {
  const cells = [
    cellOf('half-close', ['go', 'go'], 'xfail', known('2')),
    cellOf('early-data', ['go', 'go'], 'xfail', known('2')),
    cellOf('echo', ['go', 'go'], 'fail', failure('2')),
    cellOf('burst', ['go', 'go'], 'flaky', failure('2')),
  ]
  expect(accountOf('go', cells).faults.map(({ checks, reason }) => [checks, reason])).toEqual([
    [['streams/half-close', 'streams/early-data'], 'it closes both'],
    [['streams/echo'], undefined],
    [['streams/burst'], undefined],
  ])
})

test('a failure that no cell decides is not settled, for either side', () => {
  const cells = [cellOf('echo', ['js', 'go'], 'fail', failure('2'))]
  for (const name of ['js', 'go']) {
    const { faults, unsettled } = accountOf(name, cells)
    expect([faults.length, unsettled.length]).toEqual([0, 1])
  }
})

test('why cells were not played for its sake is told, except for what it declares anyway', () => {
  const cells = [
    cellOf('echo', ['js', 'go'], 'unsupported', { reason: 'Ours does not support mplex: too old' }),
    cellOf('echo', ['js', 'js'], 'unsupported', { reason: 'Ours does not take the flag -dht' }),
    cellOf('echo', ['js', 'rust'], 'unsupported', { reason: 'Another does not take the flag -x' }),
  ]
  expect([...accountOf('js', cells).unplayed]).toEqual([['Ours does not take the flag -dht', 1]])
})

test('an expected failure is a fault of those whom the ledger names, of each if it takes several', () => {
  const cells = [
    cellOf('echo', ['js', 'go'], 'xfail', { ...known('2'), faulty: ['go'] }),
    cellOf('burst', ['rust', 'go'], 'xfail', { ...known('3'), faulty: ['go', 'rust'] }),
  ]
  const told = ['js', 'go', 'rust'].map(name => {
    const { faults, unsettled, faultsOfOthers } = accountOf(name, cells)
    return [faults.flatMap(({ because }) => because), unsettled.length, faultsOfOthers]
  })
  expect(told).toEqual([
    [[], 0, 1],
    [['the ledger names go', 'the ledger names go and rust'], 0, 0],
    [['the ledger names go and rust'], 0, 0],
  ])
})
