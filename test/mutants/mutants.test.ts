import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cell, layOut } from '../../harness/cell.ts'
import type { Implementation } from '../../harness/implementation.ts'
import { loadManifest } from '../../harness/manifest.ts'
import { run } from '../../harness/run.ts'
import type { CellResult, Outcome, Results } from '../../reports/results.ts'
import { scenarios } from '../../scenarios/index.ts'
import type { Mutant } from './mutant.ts'
import { mutants } from './mutants.ts'

const root = join(import.meta.dirname, '../..')

/** What a mutant still passes unless it names another check. */
const ALIVE = 'identify/many-clients'

/** The daemon as it is, under a name that the repository does not know. */
const HEALTHY = 'healthy'

/** Cells at a time that should pass, and that should fail: these mostly wait for what never comes, but not as long as others. */
const PASSING = 3
const FAILING = 10
const PATIENCE = 0.4

/** Seconds for all of it. */
const LIMIT = 15 * 60

const proven = [...new Set(mutants.flatMap(({ killedBy }) => killedBy))].sort()

let folder: string
let outcomes: ReadonlyMap<string, Outcome>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-mutants-'))
  const { unsupported } = await loadManifest(join(root, 'implementations'), 'js')
  const daemon = join(root, 'daemon/main.ts')
  const implementation = (name: string, command: readonly string[]): Implementation => {
    return { status: 'ready', name, title: name, version: 'dev', unsupported, command }
  }
  const preload = join(import.meta.dirname, 'preload.ts')
  const implementations = [
    implementation(HEALTHY, [process.execPath, daemon]),
    ...mutants.map(({ name }) =>
      implementation(name, ['env', `P2PD_MUTANT=${name}`, process.execPath, '--import', preload, daemon]),
    ),
  ]
  const play = (cells: readonly Cell[], jobs: number, patience: number): Promise<Results> =>
    run({
      cells,
      implementations,
      ledger: [],
      allCells: [],
      folder: join(folder, `${patience}`),
      seed: 0,
      shard: undefined,
      times: 1,
      retries: 0,
      jobs,
      patience,
      pcap: false,
      progress: { show: () => {}, clear: () => {} },
      signal: AbortSignal.timeout(LIMIT * 1_000),
    })
  const alive = mutants.flatMap(({ name, passes = ALIVE }) => cellsOf(name, [passes]))
  const killed = mutants.flatMap(({ name, killedBy }) => cellsOf(name, killedBy))
  const runs = await Promise.all([
    play([...cellsOf(HEALTHY, [...proven, ALIVE]), ...alive], PASSING, 1),
    play(killed, FAILING, PATIENCE),
  ])
  for (const { faults } of runs) expect(faults).toEqual([])
  const cells = runs.flatMap(({ cells }) => cells)
  outcomes = new Map(cells.map(cell => [key(playerOf(cell), checkOf(cell)), cell.outcome]))
}, LIMIT * 1_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The checks on their first stack, an implementation being all of the cast. */
function cellsOf(name: string, checks: readonly string[]): Cell[] {
  const seen = new Set<string>()
  return layOut(scenarios, [name]).filter(cell => {
    const check = checkOf(cell)
    const wanted = checks.includes(check) && !seen.has(check)
    seen.add(check)
    return wanted
  })
}

function checkOf({ scenario, check }: Cell | CellResult): string {
  return `${scenario}/${check}`
}

function playerOf({ cast }: CellResult): string {
  return Object.values(cast)[0] as string
}

function key(name: string, check: string): string {
  return `${name} ${check}`
}

/** Where no network can be built, nothing is proven of the checks that need one. */
function outcomeOf(name: string, check: string, skip: (note: string) => void): Outcome | undefined {
  const outcome = outcomes.get(key(name, check))
  if (outcome === 'skipped') skip('no network can be built here')
  return outcome
}

describe.each(mutants)('$name', ({ name, killedBy, passes = ALIVE }) => {
  test.for(killedBy)('is killed by %s', (check, { skip }) => {
    expect(outcomeOf(name, check, skip)).toBe('fail')
  })
  test('is not simply dead', ({ skip }) => {
    expect(outcomeOf(name, passes, skip)).toBe('pass')
  })
})

test('every check has a mutant that it kills', () => {
  const all = scenarios.flatMap(({ name, checks }) => Object.keys(checks).map(check => `${name}/${check}`))
  expect(proven).toEqual(all.sort())
})

test.for([...proven])('%s passes a daemon without a fault', (check, { skip }) => {
  expect(outcomeOf(HEALTHY, check, skip)).toBe('pass')
})

test('docs/mutations.md lists what is proven', async () => {
  const rows = proven.map(check => {
    const killed = mutants.filter(({ killedBy }) => killedBy.includes(check))
    return `| \`${check}\` | ${killed.map(describeMutant).join('; ')} |\n`
  })
  const text = [
    '# What the checks can find\n',
    'A check that cannot fail is a defect. Each of these has caught a daemon that was broken on purpose, which otherwise',
    'works; the tests in `test/mutants` prove it, and write this table.\n',
    '| check | catches a daemon whose fault is that |\n|---|---|',
  ]
  await expect(`${text.join('\n')}\n${rows.join('')}`).toMatchFileSnapshot(join(root, 'docs/mutations.md'))
})

function describeMutant({ fault, name }: Mutant): string {
  return `${fault} (\`${name}\`)`
}
