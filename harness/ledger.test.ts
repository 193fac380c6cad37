import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CellResult } from '../reports/results.ts'
import { foretells, judge, type LedgerEntry, ledgerFaults, loadLedger } from './ledger.ts'

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

test('what was not played, or says nothing of the daemons, is not judged', () => {
  for (const outcome of ['skipped', 'unsupported', 'infra-error'] as const) expect(judged(cell(outcome))).toBe(outcome)
})

test('an entry that no cell could meet, and one that has expired, are faults', () => {
  const at = new Date('2026-11-24T12:00:00Z')
  const paths = [cell('pass').path]
  expect(ledgerFaults([entry, { ...entry, expires: '2026-11-24' }], paths, at)).toEqual([])
  expect(ledgerFaults([{ ...entry, cells: 's/other/**' }], paths, at)).toEqual(['ledger: "s/other/**" matches no cell'])
  expect(ledgerFaults([{ ...entry, expires: '2026-11-23' }], paths, at)).toEqual([
    'ledger: "s/**:go/**" expired on 2026-11-23',
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
