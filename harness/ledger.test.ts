import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CellResult } from '../reports/results.ts'
import { scenarios } from '../scenarios/index.ts'
import { layOut } from './cell.ts'
import { faultySide } from './faulty-side.ts'
import { foretells, judge, type LedgerEntry, ledgerFaults, loadLedger } from './ledger.ts'
import { matcher } from './ledger-matcher.ts'
import { baseName, loadManifests } from './manifest.ts'

const entry: LedgerEntry = { cells: 's/**:go/**', reason: 'go drops it', failure: 'the answer: expected 1, got' }

function cell(outcome: CellResult['outcome'], got = '2', listener = 'go'): CellResult {
  const path = `s/check/dialer:js/listener:${listener}/tcp,noise,yamux`
  const identity = { path, scenario: 's', check: 'check', title: 'Check', cast: { dialer: 'js', listener } }
  const failure = { what: 'the answer', expected: '1', got }
  return { ...identity, stack: 'tcp,noise,yamux', outcome, durationMs: 1, ...(outcome === 'fail' && { failure }) }
}

const GO = [{ name: 'go', version: '0.9.2' }]

const judged = (result: CellResult, ledger = [entry]): string | undefined => judge([result], ledger, GO)[0]?.outcome

test('a failure that the ledger foretells is expected, with its reason', () => {
  expect(judge([cell('fail')], [entry], GO)[0]).toMatchObject({ outcome: 'xfail', reason: 'go drops it' })
})

test('what differs from cell to cell is left open in the failure', () => {
  const failed = cell('fail')
  expect(judged(failed, [{ ...entry, failure: 'answer: * 1, got *' }])).toBe('xfail')
  // in this order, and a dot is a dot
  expect(judged(failed, [{ ...entry, failure: 'got *expected' }])).toBe('fail')
  expect(judged(failed, [{ ...entry, failure: 'the.answer*' }])).toBe('fail')
})

test('another failure of the same cell, and the same failure of another cell, are not excused', () => {
  expect(judged(cell('fail'), [{ ...entry, failure: 'the question' }])).toBe('fail')
  expect(judged(cell('fail', '2', 'js'))).toBe('fail')
})

test('a pass that the ledger denies is unexpected, unless it says that it depends', () => {
  expect(judged(cell('pass'))).toBe('xpass')
  expect(judged(cell('pass'), [{ ...entry, mayPass: true }])).toBe('pass')
  expect(judged(cell('pass', '', 'js'))).toBe('pass')
})

test.each([
  ['0.9.2', true],
  ['<=0.9.2', true],
  ['>0.9.2', false],
  ['<0.9 || >=1', false],
])('an entry for go %s is believed of go 0.9.2: %s', (range, believed) => {
  const versioned = { ...entry, versions: { go: range, rust: '>9' } }
  expect(judged(cell('fail'), [versioned])).toBe(believed ? 'xfail' : 'fail')
  expect(judged(cell('pass'), [versioned])).toBe(believed ? 'xpass' : 'pass')
  expect(foretells([versioned], GO)(cell('fail').path)).toBe(believed)
})

test('an expected failure names who of its cast is at fault', () => {
  const faultyOf = (faulty: string, listener = 'go'): CellResult | undefined =>
    judge([cell('fail', '2', listener)], [{ ...entry, cells: 's/**', faulty }], GO)[0]
  expect(faultyOf('go')).toMatchObject({ outcome: 'xfail', faulty: ['go'] })
  expect(faultyOf('listener:go')).toMatchObject({ outcome: 'xfail', faulty: ['go'] })
  expect(judge([cell('fail')], [entry], GO)[0]).not.toHaveProperty('faulty')
  // where who is said to be at fault plays no part, it is another failure, and no pass is a surprise
  expect(faultyOf('dialer:go')).toMatchObject({ outcome: 'fail' })
  expect(faultyOf('go', 'js')).toMatchObject({ outcome: 'fail' })
  expect(judged(cell('pass', '', 'js'), [{ ...entry, cells: 's/**', faulty: 'go' }])).toBe('pass')
})

test('a daemon that ended is not excused by the fault of another', () => {
  const failure = { what: 'the answer', expected: '1', got: 'the end of it' }
  const ended = (role: string): CellResult => ({ ...cell('fail'), failure: { ...failure, role } })
  expect(judged(ended('dialer'), [{ ...entry, faulty: 'go' }])).toBe('fail')
  expect(judged(ended('listener'), [{ ...entry, faulty: 'go' }])).toBe('xfail')
})

test('what was not played, or says nothing of the daemons, is not judged', () => {
  for (const outcome of ['skipped', 'unsupported', 'infra-error'] as const) expect(judged(cell(outcome))).toBe(outcome)
})

test('an entry that no cell could meet, and one that has expired, are faults', () => {
  const at = new Date('2026-11-24T12:00:00Z')
  const cells = [cell('pass')]
  expect(ledgerFaults([entry, { ...entry, expires: '2026-11-24' }], cells, at)).toEqual([])
  expect(ledgerFaults([{ ...entry, cells: 's/other/**' }], cells, at)).toEqual(['ledger: "s/other/**" matches no cell'])
  expect(ledgerFaults([{ ...entry, expires: '2026-11-23' }], cells, at)).toEqual([
    'ledger: "s/**:go/**" expired on 2026-11-23',
  ])
  expect(ledgerFaults([{ ...entry, faulty: 'go' }], cells, at)).toEqual([])
  expect(ledgerFaults([{ ...entry, faulty: ['go', 'og'] }], cells, at)).toEqual([
    'ledger: "s/**:go/**" matches no cell that go and og plays in',
  ])
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-ledger-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['no YAML', '- cells: [', /ledger\.yaml/],
  ['a missing reason', '- { cells: a, failure: b }', /reason/],
  ['a range that is none', '- { cells: a, reason: b, failure: c, versions: { go: new } }', /no range of versions/],
  ['a side that is none', '- { cells: a, reason: b, failure: c, faulty: "dialer:js/go" }', /faulty/],
  ['nobody at fault', '- { cells: a, reason: b, failure: c, faulty: [] }', /faulty/],
  ['an unknown key', '- { cells: a, reason: b, failure: c, expire: "2027-01-01" }', /expire/],
])('%s is refused', async (_name, yaml, text) => {
  const path = join(folder, 'ledger.yaml')
  await writeFile(path, yaml)
  await expect(loadLedger(path)).rejects.toMatchObject({
    code: 'ERR_LEDGER_INVALID',
    message: expect.stringMatching(text),
  })
})

test('the ledger of the repository, and an empty one, can be read', async () => {
  expect((await loadLedger(join(import.meta.dirname, '../scenarios/ledger.yaml'))).length).toBeGreaterThan(0)
  const path = join(folder, 'empty.yaml')
  await writeFile(path, '# nothing\n')
  expect(await loadLedger(path)).toEqual([])
})

/** What the repository wants of its own ledger beyond the schema: whose fault each entry is, which is never ours. */
function unfit({ cells, faulty = [] }: LedgerEntry, names: readonly string[]): string[] {
  const accused = [faulty].flat().map(side => side.split(':').at(-1) as string)
  return [
    ...(accused.length > 0 ? [] : [`"${cells}" names nobody at fault`]),
    ...(accused.some(name => baseName(name) === 'js') ? [`"${cells}" excuses js: mend it`] : []),
    ...accused.filter(name => !names.includes(name)).map(name => `"${cells}" names ${name}, which does not exist`),
  ]
}

test('the ledger of the repository says whose fault each failure is, and none is ours', async () => {
  const names = (await loadManifests(join(import.meta.dirname, '../implementations'))).map(({ name }) => name)
  expect(unfit(entry, names)).toEqual(['"s/**:go/**" names nobody at fault'])
  for (const faulty of ['js', 'dialer:js', ['go', 'js'], ['listener:js', 'rust']]) {
    expect(unfit({ ...entry, faulty }, names)).toEqual(['"s/**:go/**" excuses js: mend it'])
  }
  expect(unfit({ ...entry, faulty: 'og' }, names)).toEqual(['"s/**:go/**" names og, which does not exist'])
  const ledger = await loadLedger(join(import.meta.dirname, '../scenarios/ledger.yaml'))
  expect(ledger.flatMap(each => unfit(each, names))).toEqual([])

  const ours = layOut(scenarios, ['js'])
  const excused = ledger.flatMap(each => {
    const isMeant = matcher(each, [])
    return ours.filter(({ path, cast }) => isMeant(path) && faultySide(each, cast, []) !== undefined)
  })
  expect(excused.map(({ path }) => path)).toEqual([])
})
