import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepare } from './implementation.ts'
import type { Manifest } from './manifest.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'implementation-'))
  await mkdir(join(root, 'toy'))
  await writeFile(join(root, 'toy', 'source.txt'), '')
})

afterEach(() => rm(root, { recursive: true }))

function toy(needs: Manifest['build']['needs'] = []): Manifest {
  return {
    name: 'toy',
    title: 'A toy',
    version: '1.2.3',
    build: { needs, inputs: ['*.txt'], run: ['touch', '{out}/toy'], outputs: ['{out}/toy'] },
    command: ['{out}/toy', '--config={root}/{out}'],
    unsupported: [{ feature: 'tls', reason: 'a toy' }],
    onRequest: false,
    dir: join(root, 'toy'),
    root,
  }
}

test('a manifest becomes a command to launch', async () => {
  const prepared = await prepare(toy(), { cacheDir: join(root, 'cache') })
  if (prepared.status === 'missing') throw new Error(prepared.reason)
  const [program] = prepared.command
  expect(program).toMatch(/\/cache\/toy\/[0-9a-f]{16}\/toy$/)
  expect(prepared).toEqual({
    status: 'ready',
    name: 'toy',
    title: 'A toy',
    version: '1.2.3',
    command: [program, `--config=${root}/${dirname(program as string)}`],
    unsupported: [{ feature: 'tls', reason: 'a toy' }],
    oneRequestPerConnection: false,
  })
})

test('what cannot be built here is missing', async () => {
  const prepared = await prepare(toy([{ command: 'toyc', hint: 'apt-get install toyc' }]))
  expect(prepared).toEqual({
    status: 'missing',
    name: 'toy',
    unsupported: [{ feature: 'tls', reason: 'a toy' }],
    title: 'A toy',
    version: '1.2.3',
    reason: 'toyc is not installed (needed to build A toy); apt-get install toyc',
  })
})
