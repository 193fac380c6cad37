import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'

/** Found in a moment here, where the run of all mutants takes minutes. */
test.for([...mutants])('the mutant $name fits the source', async ({ file, find }) => {
  const source = await readFile(join(import.meta.dirname, '../..', file), 'utf8')
  expect(source.split(find).length - 1).toBe(1)
})
