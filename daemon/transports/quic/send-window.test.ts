import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SendWindow } from './send-window.ts'

const never = new Promise<void>(() => {})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function started(): { window: SendWindow; giveUp: ReturnType<typeof vi.fn> } {
  const giveUp = vi.fn()
  return { window: new SendWindow(giveUp), giveUp }
}

test('gives up when new streams find no room and resets that would make some do not leave', async () => {
  const { window, giveUp } = started()
  window.resetting(never)
  window.watch(never)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(giveUp).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(giveUp).toHaveBeenCalledOnce()
})

test('waits on while writes are let through, when all resets have left, and when the write has found room', async () => {
  const busy = started()
  busy.window.resetting(never)
  busy.window.watch(never)
  busy.window.written()
  const clean = started()
  clean.window.resetting(Promise.reject(new Error('gone')))
  clean.window.watch(never)
  const roomy = started()
  roomy.window.resetting(never)
  roomy.window.watch(Promise.resolve())
  await vi.advanceTimersByTimeAsync(60_000)
  for (const { giveUp } of [busy, clean, roomy]) expect(giveUp).not.toHaveBeenCalled()
})
