import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** A program that says how it was run, in TypeScript that has to be stripped. */
const SOURCE = `const [, entry, ...argv]: string[] = process.argv
console.log(JSON.stringify({ entry, argv, options: process.execArgv, pid: process.pid }))
`
const BUNDLE = SOURCE.replace(': string[]', '')

const SEMI_SPACE = '--max-semi-space-size=1'
const NO_WARNING = '--disable-warning=ExperimentalWarning'

let folder: string
/** A project of launchers and sources, in a folder with a space in its name, beside an old Node on PATH. */
let root: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'p2pd-launch-')))
  root = join(folder, 'the project')
  for (const name of ['p2pd', 'p2p-keygen', 'launch.sh']) {
    await cp(join(import.meta.dirname, name), join(root, 'bin', name))
  }
  await write('daemon/main.ts', SOURCE)
  await write('daemon/keygen.ts', SOURCE)
  await write('names/nearest.ts', '')
  await write('proto/codec.ts', '')
  await write('package.json', '{"type": "module"}')
  await write('package-lock.json', '{}')
  await write('path/node', '#!/bin/sh\necho v20.1.0\n')
  await link(process.execPath, 'node_modules/.bin/node')
})
afterEach(() => rm(folder, { recursive: true }))

const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text, { mode: 0o755 })
}

const link = async (target: string, path: string): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await rm(join(root, path), { force: true })
  await symlink(target, join(root, path))
}

/** Makes a file this many seconds older than one written now. */
const age = (path: string, seconds: number): Promise<void> => {
  const time = new Date(Date.now() - seconds * 1000)
  return utimes(join(root, path), time, time)
}

const SOURCES = ['daemon/main.ts', 'daemon/keygen.ts', 'names/nearest.ts', 'proto/codec.ts', 'package-lock.json']

const writeCurrentBundle = async (): Promise<void> => {
  for (const path of SOURCES) await age(path, 60)
  await write('dist/p2pd.mjs', BUNDLE)
  await age('dist/p2pd.mjs', 30)
}

interface Outcome {
  readonly pid: number | undefined
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const run = (program: string, ...argv: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const PATH = `${join(root, 'path')}:/usr/bin:/bin`
    const child = spawn(join(root, program), argv, { cwd: '/', env: { PATH } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', exitCode => resolve({ pid: child.pid, exitCode, stdout, stderr }))
  })

const entryOf = async (program: string): Promise<string> => JSON.parse((await run(program)).stdout).entry

test('it becomes the installed Node on the source, whatever is on PATH', async () => {
  const { pid, stdout, stderr } = await run('bin/p2pd', '-id', 'a b', '', '--', '*')
  expect({ ...JSON.parse(stdout), stderr }).toEqual({
    entry: join(root, 'daemon/main.ts'),
    argv: ['-id', 'a b', '', '--', '*'],
    options: [SEMI_SPACE, NO_WARNING],
    pid,
    stderr: '',
  })
})

test('the two programs differ in their entry and options', async () => {
  const { pid, stdout } = await run('bin/p2p-keygen', '-t', 'rsa')
  expect(JSON.parse(stdout)).toEqual({
    entry: join(root, 'daemon/keygen.ts'),
    argv: ['-t', 'rsa'],
    options: [NO_WARNING],
    pid,
  })
})

test('it finds itself through symlinks, relative ones too', async () => {
  await link('../bin/p2pd', 'links/one')
  await link(join(root, 'links/one'), 'elsewhere/two')
  expect(await entryOf('elsewhere/two')).toBe(join(root, 'daemon/main.ts'))
})

test('a bundle that is up to date is preferred', async () => {
  await writeCurrentBundle()
  const { pid, stdout } = await run('bin/p2pd', '-q')
  expect(JSON.parse(stdout)).toEqual({ entry: join(root, 'dist/p2pd.mjs'), argv: ['-q'], options: [SEMI_SPACE], pid })
  expect(await entryOf('bin/p2p-keygen')).toBe(join(root, 'daemon/keygen.ts'))
})

test.each(SOURCES)('a bundle older than %s is passed over', async path => {
  await writeCurrentBundle()
  await age(path, 0)
  expect(await entryOf('bin/p2pd')).toBe(join(root, 'daemon/main.ts'))
})

test('a new test does not make a bundle old', async () => {
  await writeCurrentBundle()
  await write('daemon/main.test.ts', '')
  expect(await entryOf('bin/p2pd')).toBe(join(root, 'dist/p2pd.mjs'))
})

test('a bundle can be all there is', async () => {
  await writeCurrentBundle()
  for (const path of ['daemon', 'names', 'proto', 'package-lock.json']) await rm(join(root, path), { recursive: true })
  expect(await entryOf('bin/p2pd')).toBe(join(root, 'dist/p2pd.mjs'))
})

test('without an installed Node, a new enough one on PATH does', async () => {
  await rm(join(root, 'node_modules'), { recursive: true })
  await link(process.execPath, 'path/node')
  expect(await entryOf('bin/p2pd')).toBe(join(root, 'daemon/main.ts'))
})

test('an installed Node that does not run is passed over', async () => {
  await rm(join(root, 'node_modules'), { recursive: true })
  await write('node_modules/.bin/node', 'not a program of this machine')
  await link(process.execPath, 'path/node')
  expect(await entryOf('bin/p2pd')).toBe(join(root, 'daemon/main.ts'))
})

test('without a new enough Node it says what it found', async () => {
  await rm(join(root, 'node_modules'), { recursive: true })
  const advice = `run 'npm ci' in ${root}, or put a newer one on PATH`
  expect(await run('bin/p2pd')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: `p2pd: needs Node.js 24 or newer, found v20.1.0 at ${join(root, 'path/node')}; ${advice}\n`,
  })
  await write('path/node', '#!/bin/sh\nexit 1\n')
  expect(await run('bin/p2p-keygen')).toMatchObject({
    exitCode: 1,
    stderr: `p2p-keygen: needs Node.js 24 or newer, found none; ${advice}\n`,
  })
})
