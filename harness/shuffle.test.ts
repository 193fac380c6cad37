import { expect, test } from 'vitest'
import { drawSeed, shuffle } from './shuffle.ts'

const items = Array.from({ length: 100 }, (_, index) => index)

test('a seed gives one order, of the same items; another seed another', () => {
  expect(shuffle(items, 7)).toEqual(shuffle(items, 7))
  expect(shuffle(items, 7)).not.toEqual(shuffle(items, 8))
  expect(shuffle(items, 7)).not.toEqual(items)
  expect(shuffle(items, 7).sort((a, b) => a - b)).toEqual(items)
})

test('every item comes first for some seed', () => {
  const firsts = new Set(Array.from({ length: 200 }, (_, seed) => shuffle([1, 2, 3, 4, 5], seed)[0]))
  expect(firsts).toEqual(new Set([1, 2, 3, 4, 5]))
})

test('a drawn seed is a small whole number', () => {
  const seed = drawSeed()
  expect(Number.isSafeInteger(seed) && seed >= 0 && seed < 1_000_000).toBe(true)
})
