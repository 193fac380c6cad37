import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EVIDENCE_FILES } from '../../harness/evidence.ts'
import { until } from '../../harness/until.ts'
import type { Results } from '../../reports/results.ts'

const root = join(import.meta.dirname, '../..')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'p2pd-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as `npm run scenarios -- …` does, with its results in the test's folder. */
function scenarios(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  const all = ['harness/cli.ts', '--report', join(folder, 'report'), ...args]
  execFile(process.execPath, all, { cwd: root, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
  })
  return promise
}

async function results(): Promise<Results> {
  return JSON.parse(await readFile(join(folder, 'report/results.json'), 'utf8'))
}

test('a green run: exit 0, a matrix, and evidence that can be read', { timeout: 60_000 }, async () => {
  const { code, stdout } = await scenarios(['--impl', 'js', '--filter', 'connect/connects'])
  expect(stdout).toMatch(/^green: 1 cells, 1 passed in /m)
  expect(code).toBe(0)
  const [cell] = (await results()).cells
  const evidence = join(folder, 'report', cell?.evidence as string)
  expect((await readdir(evidence)).sort()).toEqual([...EVIDENCE_FILES].sort())
  const transcript = (await readFile(join(evidence, 'transcript.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(transcript).toContainEqual(
    expect.objectContaining({
      role: 'dialer',
      direction: 'sent',
      message: expect.objectContaining({ type: 'CONNECT' }),
    }),
  )
  expect(await readFile(join(evidence, 'replay.txt'), 'utf8')).toContain(`--replay '${cell?.path}'`)
})

test.each([
  ['a filter that matches nothing', ['--impl', 'js', '--filter', 'nothing'], 'no cell matches "nothing"'],
  ['an unknown implementation', ['--impl', 'jss'], 'there is no implementation "jss"; did you mean "js"?'],
  ['an unknown option', ['--imp', 'js'], '--imp'],
  ['a cell that does not exist', ['--replay', 'connect/connect'], 'there is no cell "connect/connect"'],
  ['a command that does not exist', ['--impl', 'mine=./no-such-daemon'], './no-such-daemon is not an executable file'],
])('%s: exit 2, and why', async (_name, args, text) => {
  const { code, stdout, stderr } = await scenarios(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(text)
})

test('without Go its cells are skipped with the reason, and the rest is played', { timeout: 60_000 }, async () => {
  // a PATH with all that the run needs but Go
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  const PATH = [bin, join(root, 'node_modules/.bin'), ...(await withoutGo())].join(':')
  const env = { PATH, P2PD_CACHE: join(folder, 'cache') }
  const { code, stdout } = await scenarios(['--filter', 'identify/as-printed'], env)
  expect(stdout).toContain(
    'skipped: go is not installed (needed to build go-libp2p-daemon); apt-get install golang-go\n',
  )
  expect(stdout).toMatch(/^green: 2 cells, 1 passed, 1 skipped in /m)
  expect(code).toBe(0)
  expect(await readFile(join(folder, 'report/matrix.md'), 'utf8')).toContain('1 cells skipped: go is not installed')
})

async function withoutGo(): Promise<string[]> {
  const folders = (process.env.PATH ?? '').split(':').filter(path => path !== '')
  const found = await Promise.all(
    folders.map(path =>
      access(join(path, 'go')).then(
        () => true,
        () => false,
      ),
    ),
  )
  return folders.filter((_, index) => !found[index])
}

test('a daemon that ends at once fails every cell, readably', { timeout: 60_000 }, async () => {
  const mine = `mine=sh -c 'echo "no such flag" >&2; exit 3'`
  const { code, stdout } = await scenarios(['--impl', 'js', '--impl', mine, '--filter', 'identify/**/daemon:mine'])
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /FAIL identify\/as-printed\/daemon:mine\/\S+ — the daemon’s start: expected a running daemon, got .*exited with code 3.*no such flag/,
  )
  expect((await results()).cells.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'fail'])
})

test('a daemon that takes every connection and says nothing passes nothing, and holds up nobody', {
  timeout: 120_000,
}, async () => {
  const mine = `mine=env NODE='${process.execPath}' '${join(import.meta.dirname, 'null-daemon.sh')}'`
  const args = ['--impl', 'js', '--impl', mine, '--filter', 'identify/**/daemon:mine']
  const { code } = await scenarios(args)
  expect(code).toBe(1)
  expect((await results()).cells.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'fail', 'fail'])
})

test('a stranger is not told what it need not be, and lacks what it refuses', { timeout: 120_000 }, async () => {
  const mine = `mine=env P2PD='${join(root, 'bin/p2pd')}' '${join(import.meta.dirname, 'stranger.sh')}'`
  const cells = ['identify/as-printed/', 'private-network/same-key/', 'stacks/echo/**/tcp,plaintext,yamux']
  const filters = cells.flatMap(pattern => ['--filter', pattern])
  const { stdout } = await scenarios(['--impl', 'js', '--impl', mine, ...filters, '--retries', '0'])
  expect(stdout).toContain('unsupported: mine does not take the flag -psk: flag provided but not defined: -psk\n')
  expect(stdout).toMatch(/^green: 18 cells, 6 passed, 12 unsupported in /m)
})

const ONCE_MORE = 'what runs is stopped. Once more ends everything at once'

/** The processes that have the folder in their environment: a harness, its workers, and its daemons. */
async function processesOf(scratch: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const environments = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => environments[index]?.includes(scratch))
}

describe('Ctrl-C', { timeout: 60_000 }, () => {
  /** A harness that has played some cells, and is playing others, with all that belongs to it in a process group. */
  async function untilPlaying() {
    const scratch = await mkdtemp(join(folder, 'tmp-'))
    const args = ['harness/cli.ts', '--impl', 'js', '--report', join(folder, 'report'), '--filter', 'streams/']
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, TMPDIR: scratch },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', text => {
        said[name] += text
      })
    }
    const ended = once(child, 'close')
    await until(() => /\d+\/\d+ cells/.test(said.stderr), { deadline: 30_000, what: 'the first cells to be over' })
    return { pid: child.pid as number, scratch, said, ended }
  }

  test.for([
    { whom: 'the harness', signal: 'SIGINT', code: 130 },
    { whom: 'all its processes, as a terminal does', signal: 'SIGINT', code: 130 },
    { whom: 'all its processes', signal: 'SIGTERM', code: 143 },
  ] as const)('$signal to $whom leaves no process and no folder, and a report of what was played', async ({
    whom,
    signal,
    code,
  }) => {
    const { pid, scratch, said, ended } = await untilPlaying()
    process.kill(whom === 'the harness' ? pid : -pid, signal)
    expect(await ended).toEqual([code, null])
    expect(await processesOf(scratch)).toEqual([])
    expect(await readdir(scratch)).toEqual([])
    const { cells, faults } = await results()
    expect(cells.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(0)
    expect(cells.filter(({ reason }) => reason === `interrupted by ${signal}`).length).toBeGreaterThan(0)
    expect(cells.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skipped')).toEqual([])
    expect(faults).toEqual([expect.stringMatching(RegExp(`^the run was interrupted by ${signal}: \\d+ of \\d+ cells`))])
    expect(said.stderr.match(/interrupted by .*/g)).toEqual([`interrupted by ${signal}; ${ONCE_MORE}`])
    expect(said.stdout.match(/.*interrupted.*/g)).toEqual([`FAULT ${faults[0]}`])
  })

  test('a second one ends everything at once', async () => {
    const { pid, scratch, said, ended } = await untilPlaying()
    process.kill(pid, 'SIGINT')
    await until(() => said.stderr.includes(ONCE_MORE), { deadline: 10_000, what: 'the first one to be noticed' })
    process.kill(pid, 'SIGINT')
    expect((await ended)[0]).toBe(130)
    const gone = async () => (await processesOf(scratch)).length === 0
    await until(gone, { deadline: 10_000, what: 'all processes to end' })
    expect(await readdir(scratch)).toEqual([])
  })
})
