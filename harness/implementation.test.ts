import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepare } from './implementation.ts'
import type { Manifest } from './manifest.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'implementation-'))
  await mkdir(join(root, 'toy'))
})

afterEach(() => rm(root, { recursive: true }))

function toy(needs: Manifest['build']['needs']): Manifest {
  return {
    name: 'toy',
    title: 'A toy',
    version: '1.2.3',
    build: { needs, inputs: ['../toy'], run: ['touch', '{out}/toy'], outputs: ['{out}/toy'] },
    command: ['{out}/toy', '--config={root}/config', '{root}{out}'],
    unsupported: [{ feature: 'tls', reason: 'a toy' }],
    dir: join(root, 'toy'),
    root,
  }
}
