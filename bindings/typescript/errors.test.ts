import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { clientErrorCodes } from './errors.ts'

test('the README explains every error code, and no others', async () => {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8')
  const explained = [...readme.matchAll(/^\| `(ERR_\w+)` \|/gm)].map(([, code]) => code)
  expect(explained).toEqual([...clientErrorCodes])
})

test('every error code is thrown somewhere', async () => {
  const folder = new URL('.', import.meta.url)
  const names = (await readdir(folder)).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const sources = await Promise.all(names.map(name => readFile(new URL(name, folder), 'utf8')))
  const thrown = sources.flatMap(source => [...source.matchAll(/(?:ClientError|super)\(\s*'(ERR_\w+)'/g)])
  expect(new Set(thrown.map(([, code]) => code))).toEqual(new Set(clientErrorCodes))
})
