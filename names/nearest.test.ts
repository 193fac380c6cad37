import { expect, test } from 'vitest'
import { didYouMean } from './nearest.ts'

test.for([
  ['input', '; did you mean "inputs"?'],
  ['Outputs', '; did you mean "outputs"?'],
  ['nedes', '; did you mean "needs"?'],
  ['homepage', ''],
] as const)('%s', ([word, expected]) => {
  expect(didYouMean(word, ['needs', 'inputs', 'outputs'])).toBe(expected)
})

test('nothing is near when there is nothing', () => {
  expect(didYouMean('word', [])).toBe('')
})
