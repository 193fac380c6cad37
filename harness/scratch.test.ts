import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { thisOwner } from './container/labels.ts'
import { openScratch } from './scratch.ts'

let base: string
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'p2pd-scratch-'))
})
afterEach(() => rm(base, { recursive: true, force: true }))

test('a scratch folder takes the place of those of dead harnesses, and goes in the end', async () => {
  const [machine, pid, started] = thisOwner().split(' ')
  const owners = { dead: `${machine} ${Number(pid) + 2 ** 23} ${started}`, living: thisOwner(), elsewhere: 'other 1 2' }
  for (const [name, owner] of Object.entries(owners)) {
    await mkdir(join(base, `p2pd-run-${name}`))
    await writeFile(join(base, `p2pd-run-${name}`, 'owner'), owner)
  }
  await mkdir(join(base, 'p2pd-run-unknown'))
  await mkdir(join(base, 'somebody-else'))
  const left = ['p2pd-run-elsewhere', 'p2pd-run-living', 'p2pd-run-unknown', 'somebody-else']

  const scratch = await openScratch(base)
  expect(await readdir(base)).toEqual([...left, basename(scratch.folder)].sort())
  await scratch[Symbol.asyncDispose]()
  expect(await readdir(base)).toEqual(left)
})
