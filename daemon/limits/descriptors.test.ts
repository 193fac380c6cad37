import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Log } from '../log.ts'
import { watchDescriptors } from './descriptors.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('that descriptors run out is said once, and once that there are some; other trouble is not', () => {
  const lines: string[] = []
  let trouble: string | undefined
  const stop = watchDescriptors({ warn: (line: string) => lines.push(line) } as unknown as Log, () => {
    if (trouble !== undefined) throw Object.assign(new Error(trouble), { code: trouble })
  })
  const after = (code: string | undefined): string[] => {
    trouble = code
    vi.advanceTimersByTime(5_000)
    return lines.splice(0)
  }
  expect(after(undefined)).toEqual([])
  expect(after('ENOENT')).toEqual([])
  expect(after('EMFILE')).toEqual([expect.stringContaining('no file descriptor is left')])
  expect(after('ENFILE')).toEqual([])
  expect(after(undefined)).toEqual(['there are file descriptors again'])
  expect(after('ENFILE')).toHaveLength(1)
  stop()
  expect(after(undefined)).toEqual([])
})
