import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from '../log.ts'
import { RepeatedWarning } from './repeated-warning.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first is written at once, the next ones as a number with the first one ten seconds later', () => {
  const lines: string[] = []
  const warning = new RepeatedWarning(createLog({ write: line => lines.push(line) }))
  for (let count = 0; count < 1_000; count++) warning.warn('no room', { connection: count })
  expect(lines).toEqual([expect.stringMatching(/no room\t\{"connection":0\}\n$/)])
  vi.advanceTimersByTime(10_000)
  warning.warn('no room', { connection: 1_000 })
  warning.warn('no room', { connection: 1_001 })
  expect(lines).toEqual([expect.anything(), expect.stringMatching(/"connection":1000,"more like this before":999/)])
})

test('as many as asked for are written at once', () => {
  const lines: string[] = []
  const warning = new RepeatedWarning(createLog({ write: line => lines.push(line) }), 3)
  for (let count = 0; count < 10; count++) warning.warn('no room')
  expect(lines).toHaveLength(3)
  vi.advanceTimersByTime(10_000)
  for (let count = 0; count < 10; count++) warning.warn('no room')
  expect(lines).toHaveLength(6)
  expect(lines[3]).toContain('"more like this before":7')
})
