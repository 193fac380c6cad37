import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLedger } from '../../harness/ledger.ts'
import type { Results } from '../../reports/results.ts'

const root = join(import.meta.dirname, '../..')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-report-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function scenarios(...args: string[]): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  execFile(process.execPath, ['harness/cli.ts', ...args], { cwd: root }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
  })
  return promise
}

const results = async (name: string): Promise<Results> =>
  JSON.parse(await readFile(join(folder, name, 'results.json'), 'utf8'))

/** What two runs of the same cells must agree in. */
const verdicts = ({ cells, implementations, seed, faults }: Results) => ({
  cells: cells.map(({ durationMs: _, ...cell }) => cell),
  implementations,
  seed,
  faults,
})

const IDENTIFY = ['--impl', 'js', '--filter', 'identify/', '--filter', 'connect/c', '--seed', '5']

test('four shards merge into what the whole run gives, evidence included', { timeout: 120_000 }, async () => {
  await scenarios(...IDENTIFY, '--report', join(folder, 'whole'))
  const shards = [1, 2, 3, 4].map(index => join(folder, `shard-${index}`))
  for (const [position, shard] of shards.entries()) {
    const { code } = await scenarios(...IDENTIFY, '--shard', `${position + 1}/4`, '--report', shard)
    expect(code).toBe(0)
  }
  const merged = join(folder, 'merged')
  const { code, stdout } = await scenarios('report', 'merge', ...shards.reverse(), '--report', merged)
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('green: 5 cells, 5 passed') })
  expect(verdicts(await results('merged'))).toEqual(verdicts(await results('whole')))
  expect(await readdir(join(merged, 'evidence'))).toHaveLength(5)
  const missing = await scenarios('report', 'merge', ...shards.slice(1), '--report', join(folder, 'broken'))
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('shard 4 of 4 is missing') })
})

test('a regression is found, put down to the right side, and entered in the ledger', { timeout: 120_000 }, async () => {
  const preload = join(root, 'test/mutants/preload.ts')
  const daemon = join(root, 'daemon/main.ts')
  const healthy = `mine='${process.execPath}' '${daemon}'`
  const broken = `mine=env P2PD_MUTANT=swallow-half-close '${process.execPath}' --import '${preload}' '${daemon}'`
  const cells = ['--impl', 'js', '--filter', 'streams/half-close/', '--filter', 'streams/echo/', '--retries', '0']
  const [before, after] = [join(folder, 'before'), join(folder, 'after')]
  expect((await scenarios(...cells, '--impl', healthy, '--report', before)).code).toBe(0)
  expect((await scenarios(...cells, '--impl', broken, '--report', after)).code).toBe(1)

  const { code, stdout } = await scenarios('report', 'diff', before, after)
  expect(code).toBe(1)
  expect(stdout).toContain('# Worse than before')
  const failed = stdout.slice(stdout.indexOf('## Newly failing'))
  expect(failed).toMatch(/half-close\/dialer:mine\/listener:mine\S+: pass → fail/)
  expect(failed).toContain('points at mine: mine fails it alone, js passes')
  expect(failed).not.toContain('points at js')
  expect(await scenarios('report', 'diff', before, before)).toMatchObject({ code: 0, stdout: '# No difference\n' })

  const bad = (await results('after')).cells.find(({ path }) => path.includes('half-close/dialer:js/listener:mine'))
  const timeline = await readFile(join(after, bad?.evidence as string, 'timeline.log'), 'utf8')
  expect(timeline).toMatch(/\+ +\d+\.\d{3} dialer #\d+ → Request \{"type":"STREAM_OPEN"/)
  expect(timeline).toMatch(/^= fail: /m)

  const ledger = join(folder, 'ledger.yaml')
  await writeFile(ledger, '# What we know\n- { cells: "identify/**:go/**", reason: no, failure: no }\n')
  const update = await scenarios('ledger', 'update', '--report', after, '--ledger', ledger)
  expect(update).toMatchObject({ code: 0, stdout: expect.stringContaining('explain it before') })
  const entries = await loadLedger(ledger)
  expect(entries.length).toBeGreaterThan(1)
  expect(entries.at(-1)).toMatchObject({ reason: expect.stringContaining('points at mine'), faulty: 'mine' })
  // the comments of those who wrote it stay
  expect(await readFile(ledger, 'utf8')).toContain('# What we know')
  const again = await scenarios(...cells, '--impl', broken, '--ledger', ledger, '--report', join(folder, 'again'))
  expect(again.stdout).not.toMatch(/^FAIL/m)
})

test('the evidence of a regression has the wrong frame', { timeout: 120_000 }, async () => {
  const preload = join(root, 'test/mutants/preload.ts')
  const daemon = join(root, 'daemon/main.ts')
  const broken = `mine=env P2PD_MUTANT=list-wrong-address '${process.execPath}' --import '${preload}' '${daemon}'`
  const healthy = `mine='${process.execPath}' '${daemon}'`
  const cells = ['--impl', 'js', '--filter', 'connect/connects/', '--retries', '0']
  const [before, after] = [join(folder, 'right'), join(folder, 'wrong')]
  expect((await scenarios(...cells, '--impl', healthy, '--report', before)).code).toBe(0)
  expect((await scenarios(...cells, '--impl', broken, '--report', after)).code).toBe(1)
  const { stdout } = await scenarios('report', 'diff', before, after)
  expect(stdout).toMatch(/connects\/dialer:mine\/listener:js\S+: pass → fail — its addresses: expected \[/)
  expect(stdout).toContain('points at mine: mine fails it alone, js passes')

  const cell = (await results('wrong')).cells.find(({ path }) => path.includes('dialer:mine/listener:js'))
  const transcript = await readFile(join(after, cell?.evidence as string, 'transcript.jsonl'), 'utf8')
  const answers = transcript
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .filter(({ role, direction, message }) => role === 'dialer' && direction === 'received' && message.peers)
  expect(answers.map(({ message }) => message)).toEqual([{ type: 'OK', peers: [{ id: expect.any(String) }] }])
})

test('a ledger that is not there yet is made', async () => {
  const ledger = join(folder, 'new-ledger.yaml')
  await scenarios('ledger', 'update', '--report', join(folder, 'after'), '--ledger', ledger)
  expect((await loadLedger(ledger)).length).toBeGreaterThan(0)
})

test('--replay plays one cell and shows all that happened', { timeout: 60_000 }, async () => {
  const cell = 'connect/connects/dialer:js/listener:js/tcp,noise,yamux'
  const { code, stdout } = await scenarios('--replay', cell, '--report', join(folder, 'replay'))
  expect(code).toBe(0)
  expect(stdout).toMatch(/dialer #\d+ → Request \{"type":"CONNECT"/)
  expect(stdout).toMatch(/^= pass$/m)
})

test('--verify plays each cell again and again', { timeout: 60_000 }, async () => {
  const args = ['--impl', 'js', '--filter', 'identify/as-printed', '--verify', '3', '--report', join(folder, 'verify')]
  expect((await scenarios(...args)).code).toBe(0)
  const [cell] = (await results('verify')).cells
  expect(cell?.attempts?.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass'])
  expect(await readdir(join(folder, 'verify', cell?.evidence as string))).toContain('attempt-3')
})

test('a history grows, and the page shows it', { timeout: 60_000 }, async () => {
  const history = join(folder, 'history.json')
  const args = ['--impl', 'js', '--filter', 'identify/as-printed', '--history', history]
  await scenarios(...args, '--report', join(folder, 'first'))
  await scenarios(...args, '--report', join(folder, 'second'))
  expect(JSON.parse(await readFile(history, 'utf8')).runs).toHaveLength(2)
  expect(await readFile(join(folder, 'second/index.html'), 'utf8')).toContain('"past":{"outcomes":["pass","pass"]}')
  await writeFile(history, '[]')
  const spoilt = await scenarios('report', 'history', history, join(folder, 'second'))
  expect(spoilt).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a history of runs') })
})

test('doctor says what each implementation needs', async () => {
  const { stdout } = await scenarios('doctor')
  expect(stdout).toMatch(/^go: go-libp2p-daemon 0\.9\.2$/m)
  expect(stdout).toMatch(/^ {2}(✓ go: \/|✗ go is missing: apt-get install)/m)
  expect(stdout).toMatch(/^ {2}[✓-] container engine/m)
})

test('on GitHub, failures become annotations and the summary that of the job', { timeout: 60_000 }, async () => {
  const summary = join(folder, 'summary.md')
  const env = { ...process.env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
  const args = ['harness/cli.ts', '--impl', 'js', '--impl', 'mine=false', '--filter', 'identify/as-printed']
  const { promise, resolve } = Promise.withResolvers<string>()
  const all = [...args, '--retries', '0', '--report', join(folder, 'github')]
  execFile(process.execPath, all, { cwd: root, env }, (_error, stdout) => resolve(stdout))
  expect(await promise).toMatch(/^::error title=fail%3A identify\/as-printed\/daemon%3Amine/m)
  expect(await readFile(summary, 'utf8')).toContain('### libp2p interoperability')
})

test.each([
  [['reprot'], 'there is no command "reprot"; did you mean "report"?'],
  [['report', 'dif'], 'expected diff, merge or history'],
  [['report', 'diff', 'one'], 'expected two reports'],
  [['report', 'diff', '/nowhere', '/nowhere'], '/nowhere/results.json'],
  [['ledger'], 'expected update'],
])('%j: exit 2, and why', async (args, text) => {
  expect(await scenarios(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) })
})
