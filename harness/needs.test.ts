import { expect, test } from 'vitest'
import { findNeed } from './needs.ts'

const hint = 'install it'

test('a program is looked for on PATH', async () => {
  expect(await findNeed({ command: 'node', hint })).toMatch(/\/node$/)
  expect(await findNeed({ command: 'no-such-program', hint })).toBeUndefined()
})

test('what is no program is there when its test succeeds', async () => {
  expect(await findNeed({ command: 'a header', test: ['node', '-e', ''], hint })).toBe('found')
  expect(await findNeed({ command: 'a header', test: ['node', '-e', 'process.exit(1)'], hint })).toBeUndefined()
  expect(await findNeed({ command: 'a header', test: ['no-such-program'], hint })).toBeUndefined()
})
