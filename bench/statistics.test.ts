import { expect, test } from 'vitest'
import { median, quantile, ratio } from './statistics.ts'

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test('quantiles lie between values', () => {
  const values = Array.from({ length: 101 }, (_, index) => 100 - index)
  expect([0, 0.5, 0.99, 1].map(part => quantile(values, part))).toEqual([0, 50, 99, 100])
  expect(quantile([1, 2], 0.25)).toBe(1.25)
  expect(() => median([])).toThrow('nothing was measured')
})

test('a ratio compares round with round, and leaves out what cannot be compared', () => {
  expect(ratio([2, 30, 6], [1, 10, 3])).toEqual({ median: 2, min: 2, max: 3 })
  expect(ratio([2, null, 6, 5], [1, 10, null, 2])).toEqual({ median: 2.25, min: 2, max: 2.5 })
  expect(ratio([2], [0])).toBeUndefined()
  expect(ratio([], [])).toBeUndefined()
})
