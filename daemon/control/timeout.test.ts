import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withTimeout } from './timeout.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a request’s time ends with its timeout, or with its client', () => {
  const { signal: client } = new AbortController()
  const { signal } = withTimeout(3, client)
  vi.advanceTimersByTime(2_999)
  expect(signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' })

  const leaving = new AbortController()
  const left = withTimeout(3, leaving.signal)
  leaving.abort(new Error('gone'))
  expect(left.signal.reason).toEqual(new Error('gone'))
  expect(withTimeout(3, leaving.signal).signal.aborted).toBe(true)
})

test('a request that is served leaves nothing behind', () => {
  const { signal: client } = new AbortController()
  const deadline = withTimeout(60, client)
  expect(vi.getTimerCount()).toBe(1)
  deadline[Symbol.dispose]()
  expect(vi.getTimerCount()).toBe(0)
  expect(getEventListeners(client, 'abort')).toEqual([])
  expect(deadline.signal.aborted).toBe(false)
})
