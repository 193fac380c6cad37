import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const BIN = dirname(fileURLToPath(import.meta.url))

/** A program that says how it was run, as TypeScript that only a Node that strips types can run. */
const SOURCE = `const [, entry, ...argv]: string[] = process.argv
console.log(JSON.stringify({ entry, argv, options: process.execArgv, pid: process.pid }))
`
const BUNDLE = SOURCE.replace(': string[]', '')

let folder: string
/** A project of nothing but launchers and sources, in a folder whose name has a space. */
let root: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'p2pd-launch-')))
  root = join(folder, 'the project')
  for (const name of ['p2pd', 'p2p-keygen', 'launch.sh']) await cp(join(BIN, name), join(root, 'bin', name))
  await write('daemon/main.ts', SOURCE)
  await write('daemon/keygen.ts', SOURCE)
  await write('proto/codec.ts', '')
  await write('package.json', '{"type": "module"}')
  await write('package-lock.json', '{}')
})
afterEach(() => rm(folder, { recursive: true }))

const write = async (path: string, text: string): Promise<string> => {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return file
}

const writeNode = async (path: string, version: string): Promise<string> => {
  const file = await write(path, `#!/bin/sh\necho ${version}\n`)
  await chmod(file, 0o755)
  return file
}

const installNode = async (): Promise<void> => {
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
  await symlink(process.execPath, join(root, 'node_modules/.bin/node'))
}

/** Ages a file by so many seconds, against files that are written in the same tick. */
const age = (path: string, seconds: number): Promise<void> => {
  const time = new Date(Date.now() - seconds * 1000)
  return utimes(join(root, path), time, time)
}

interface Outcome {
  readonly child: ChildProcess
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program with nothing but the system's tools, and what is named, on PATH. */
const run = (program: string, argv: readonly string[] = [], nodeFolder = ''): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const PATH = [nodeFolder, join(folder, 'tools')].filter(Boolean).join(':')
    const child = spawn(program, argv, { cwd: '/', env: { PATH } })
    const output = { stdout: '', stderr: '' }
    child.stdout.on('data', data => {
      output.stdout += data
    })
    child.stderr.on('data', data => {
      output.stderr += data
    })
    child.on('error', reject)
    child.on('close', exitCode => resolve({ child, exitCode, ...output }))
  })

beforeEach(async () => {
  await mkdir(join(folder, 'tools'))
  for (const tool of ['dirname', 'find', 'readlink', 'sh']) {
    const path = await realpath(`/usr/bin/${tool}`)
    await symlink(path, join(folder, 'tools', tool))
  }
})
