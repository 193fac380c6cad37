import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Attention } from './attention.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setImmediate'] })
})

afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

test('nobody looks out for a client that has asked once', () => {
  const attention = new Attention()
  attention.asked()
  attention.answered()
  expect(vi.getTimerCount()).toBe(0)
})

test('who asks again at once is looked out for, and only for a while', () => {
  const attention = new Attention()
  attention.asked()
  attention.answered()
  attention.asked()
  attention.answered()
  expect(vi.getTimerCount()).toBe(1)
  vi.runOnlyPendingTimers()
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1)
  expect(vi.getTimerCount()).toBe(0)
})

/** Asks, as long after what was before as is said, in ms, and is answered at once. */
function again(attention: Attention, after: number): void {
  vi.advanceTimersByTime(after)
  attention.asked()
  attention.answered()
}

test('who takes a tenth of a millisecond to ask again is not, however eager before', () => {
  const attention = new Attention()
  again(attention, 0)
  again(attention, 0.15)
  expect(vi.getTimerCount()).toBe(0)
  again(attention, 0.05)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1)
  again(attention, 0.15)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  [0.015, 1],
  [0.025, 0],
])('%f ms after the answer %i looks out: a fiftieth of a millisecond is enough', (after, looking) => {
  const attention = new Attention()
  again(attention, 0)
  again(attention, 0)
  vi.advanceTimersByTime(after)
  expect(vi.getTimerCount()).toBe(looking)
})

test('who has waited for an answer is not', () => {
  const attention = new Attention()
  attention.asked()
  vi.advanceTimersByTime(1)
  attention.answered()
  attention.asked()
  attention.answered()
  expect(vi.getTimerCount()).toBe(0)
})

test('many clients are looked out for by one', () => {
  const clients = [new Attention(), new Attention()]
  for (const client of clients) {
    client.asked()
    client.asked()
    client.answered()
  }
  expect(vi.getTimerCount()).toBe(1)
})
