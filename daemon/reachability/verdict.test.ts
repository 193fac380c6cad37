import { expect, test } from 'vitest'
import { Jury } from './verdict.ts'

test('the first word is believed, a change only when it is confirmed more often than what it changes', () => {
  const jury = new Jury()
  expect(jury.verdict).toBe('unknown')
  expect(jury.hear('private')).toBe(true)
  expect(jury.hear('private')).toBe(false)
  expect(jury.hear('private')).toBe(false)
  expect([jury.hear('public'), jury.hear('public'), jury.hear('public')]).toEqual([false, false, true])
  expect(jury.verdict).toBe('public')
  for (let count = 0; count < 10; count++) jury.hear('public')
  expect(Array.from({ length: 4 }, () => jury.hear('private'))).toEqual([false, false, false, true])
})
