import { expect, test } from 'vitest'
import { createLabelBound } from './label-bound.ts'

test('the first values are kept apart, all others are counted together', () => {
  const bound = createLabelBound(2)
  expect(['a', 'b', 'c', 'a', 'd', 'b'].map(bound)).toEqual(['a', 'b', 'other', 'a', 'other', 'b'])
})

test('long values are cut', () => {
  expect(createLabelBound()('x'.repeat(10_000))).toBe(`${'x'.repeat(128)}…`)
})
