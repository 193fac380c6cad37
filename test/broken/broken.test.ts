import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cell, layOut } from '../../harness/cell.ts'
import { type Implementation, prepare } from '../../harness/implementation.ts'
import { loadManifest } from '../../harness/manifest.ts'
import { matching } from '../../harness/pattern.ts'
import { run } from '../../harness/run.ts'
import { assignBlame } from '../../reports/blame.ts'
import type { CellResult, Outcome, Results } from '../../reports/results.ts'
import { scenarios } from '../../scenarios/index.ts'
import { type Broken, broken, passesOfLiar } from './broken.ts'

/**
 * Plays every check with daemons that are broken altogether, and this project's as their partner: nothing passes that is
 * not explained, every failure says what was expected, nothing hangs, and the blame is on the broken one.
 *
 * With `P2PD_SELF_TEST=full` every broken daemon plays in every cast of every check, on its first stack. Otherwise each
 * plays in two casts of a check, and those that differ little share the checks among themselves.
 */
const FULL = process.env.P2PD_SELF_TEST === 'full'

const root = join(import.meta.dirname, '../..')
const HEALTHY = 'js'

/** Cells at a time, most of which wait; what check deadlines are multiplied by; seconds for all of it. */
const JOBS = 16
const PATIENCE = 0.1
const LIMIT = FULL ? 60 * 60 : 15 * 60

let folder: string
let results: Results
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-broken-'))
  const healthy = await prepare(await loadManifest(join(root, 'implementations'), HEALTHY))
  if (healthy.status === 'missing') throw new Error(healthy.reason)
  const script = join(import.meta.dirname, 'daemon.ts')
  const others = broken.map(
    ({ name }): Implementation => ({
      ...healthy,
      name,
      title: name,
      command: [process.execPath, script, name],
    }),
  )
  results = await run({
    cells: broken.flatMap((daemon, index) => cellsOf(daemon, index)),
    implementations: [healthy, ...others],
    ledger: [],
    allCells: [],
    folder,
    seed: 0,
    shard: undefined,
    times: 1,
    retries: 0,
    jobs: JOBS,
    patience: PATIENCE,
    pcap: false,
    progress: { show: () => {}, clear: () => {} },
    signal: AbortSignal.timeout(LIMIT * 1_000),
  })
}, LIMIT * 1_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The cells that a broken daemon plays: of every check, or a part of them. */
function cellsOf({ name, kind }: Broken, index: number): Cell[] {
  const cells = layOut(scenarios, [HEALTHY, name]).filter(({ cast }) => Object.values(cast).includes(name))
  return [...Map.groupBy(cells, checkOf).values()].flatMap((all, position) => {
    const casts = all.filter(({ stack }) => stack === all[0]?.stack)
    if (FULL) return casts
    const alone = casts.filter(({ cast }) => isAlone(cast))
    const mixed = casts.filter(({ cast }) => !isAlone(cast))
    const pair = [...alone, ...mixed.slice(position % (mixed.length || 1)).slice(0, 1)]
    const share = { start: STARTS, control: 3, nothing: 1 }[kind]
    return position % share === index % share ? pair : []
  })
}

const STARTS = broken.filter(({ kind }) => kind === 'start').length

function isAlone(cast: Cell['cast']): boolean {
  return new Set(Object.values(cast)).size === 1
}

function checkOf({ scenario, check }: Cell | CellResult): string {
  return `${scenario}/${check}`
}

/** The cells that were played with a broken daemon, without those that need what it or the machine lacks. */
function played(name: string): readonly CellResult[] {
  return results.cells.filter(({ cast, outcome }) => Object.values(cast).includes(name) && isPlayed(outcome))
}

function isPlayed(outcome: Outcome): boolean {
  return outcome !== 'unsupported' && outcome !== 'skipped'
}

describe.each(broken)('a daemon that $fault', ({ name, kind }) => {
  test('passes nothing that is not explained', async () => {
    const passed = played(name).filter(({ outcome }) => outcome === 'pass')
    const unexplained: string[] = []
    for (const cell of passed) if (!(await isExplained(cell, name, kind))) unexplained.push(cell.path)
    expect(unexplained).toEqual([])
    expect(played(name).length).toBeGreaterThan(passed.length)
  })

  test('fails with a verdict, in words', () => {
    for (const { path, outcome, failure } of played(name)) {
      if (outcome === 'pass') continue
      expect({ path, outcome, failure }).toMatchObject({ path, outcome: 'fail' })
      for (const word of [failure?.what, failure?.expected, failure?.got]) expect(word).toMatch(/\S/)
      // where nothing better is known, the request at least
      if (failure?.expected === 'no error') expect(failure.got).toMatch(/, (with no answer to|after) the \w+’s [A-Z_]+/)
    }
  })

  test('is the one that its failures point at', () => {
    // that this project's daemon passes by itself is shown by the run of the scenarios
    const healthy = played(name).map(
      (cell): CellResult => ({
        ...cell,
        path: `${cell.path} by itself`,
        cast: Object.fromEntries(Object.keys(cell.cast).map(role => [role, HEALTHY])),
        outcome: 'pass',
      }),
    )
    const blames = assignBlame([...played(name), ...healthy])
    for (const { path, outcome } of played(name)) {
      if (outcome === 'fail') expect({ path, suspects: blames.get(path)?.suspects }).toEqual({ path, suspects: [name] })
    }
  })
})

async function isExplained({ path, cast, evidence }: CellResult, name: string, kind: Broken['kind']): Promise<boolean> {
  switch (kind) {
    case 'start':
      return false
    case 'control': {
      const transcript = await readFile(join(folder, evidence as string, 'transcript.jsonl'), 'utf8')
      const asked = transcript
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as { role: string; direction?: string })
        .filter(({ role, direction }) => cast[role] === name && direction === 'sent')
      // each says who it is before a check begins
      return asked.length === Object.values(cast).filter(player => player === name).length
    }
    case 'nothing': {
      const withoutStack = path.slice(0, path.lastIndexOf('/'))
      return Object.keys(passesOfLiar).some(pattern => matching(pattern).test(withoutStack))
    }
  }
}
