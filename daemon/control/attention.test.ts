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

test('who asks again later is not', () => {
  const attention = new Attention()
  attention.asked()
  attention.answered()
  vi.advanceTimersByTime(1)
  attention.asked()
  attention.answered()
  expect(vi.getTimerCount()).toBe(0)
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
