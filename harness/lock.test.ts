import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { lock } from './lock.ts'
import { until } from './until.ts'

let path: string

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'lock-')), 'folder', 'file.lock')
})

afterEach(() => rm(join(path, '../..'), { recursive: true }))

test('is held by one at a time', async () => {
  let holders = 0
  let most = 0
  const hold = async (): Promise<void> => {
    await using _held = await lock(path, { what: 'the others' })
    most = Math.max(most, ++holders)
    await stat(path)
    holders--
  }
  await Promise.all([hold(), hold(), hold()])
  expect(most).toBe(1)
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('is taken from a holder that has died', async () => {
  await using held = await lock(path, { what: 'nobody' })
  await held[Symbol.asyncDispose]()
  await writeFile(path, '')
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(path, longAgo, longAgo)
  await using _taken = await lock(path, { what: 'the dead' })
})

test('is kept by a holder that lives, however long it takes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  await using _held = await lock(path, { what: 'nobody' })
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(path, longAgo, longAgo)
  vi.advanceTimersByTime(2_000)
  await until(async () => (await stat(path)).mtimeMs > longAgo.getTime(), { deadline: 5_000, what: 'the heartbeat' })
})

test('waiting for it ends with an abort', async () => {
  await using _held = await lock(path, { what: 'nobody' })
  await expect(lock(path, { what: 'the other', signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})
