import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMPONENTS } from './levels.ts'

test('the documentation lists the components', async () => {
  const text = await readFile(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
  const [, list = ''] = /<!-- components -->([\s\S]*?)<!--/.exec(text) ?? []
  expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual([...COMPONENTS])
})
