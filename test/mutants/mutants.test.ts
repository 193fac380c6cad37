import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layOut } from '../../harness/cell.ts'
import type { CellResult, Results } from '../../reports/results.ts'
import { scenarios } from '../../scenarios/index.ts'
import { mutants } from './mutants.ts'

const root = join(import.meta.dirname, '../..')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-mutants-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Plays checks with a daemon that is in no manifest, as a user would. */
async function play(name: string, command: string, checks: readonly string[]): Promise<Map<string, CellResult>> {
  const report = join(folder, name)
  const filters = layOut(scenarios, [name])
    .filter(({ scenario, check }) => checks.includes(`${scenario}/${check}`))
    .flatMap(({ path }) => ['--filter', path])
  const args = ['harness/cli.ts', '--impl', 'js', '--impl', `${name}=${command}`, '--report', report, ...filters]
  await new Promise(resolve => execFile(process.execPath, args, { cwd: root }, resolve))
  const results: Results = JSON.parse(await readFile(join(report, 'results.json'), 'utf8'))
  return new Map(results.cells.map(cell => [`${cell.scenario}/${cell.check}`, cell]))
}

test.each(mutants)('$name is killed by $killedBy', { timeout: 60_000 }, async ({ name, killedBy }) => {
  const mutated = `env P2PD_MUTANT=${name} '${process.execPath}' --import '${join(import.meta.dirname, 'preload.ts')}' '${join(root, 'daemon/main.ts')}'`
  const cells = await play(name, mutated, [killedBy, 'streams/echo'])
  expect(cells.get(killedBy)).toMatchObject({ outcome: 'fail' })
  // it is not simply dead
  expect(cells.get('streams/echo')).toMatchObject({ outcome: 'pass' })
})

test('the daemon without a mutation passes all of these checks', { timeout: 60_000 }, async () => {
  const checks = [...new Set(mutants.map(({ killedBy }) => killedBy))]
  const cells = await play('healthy', `'${process.execPath}' '${join(root, 'daemon/main.ts')}'`, checks)
  expect([...cells.values()].map(({ outcome }) => outcome)).toEqual(checks.map(() => 'pass'))
})
