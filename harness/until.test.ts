import { expect, test } from 'vitest'
import { until } from './until.ts'

test('resolves with the first truthy value', async () => {
  let looks = 0
  const value = await until(() => ++looks === 3 && `look ${looks}`, { deadline: 5_000, what: 'the third look' })
  expect(value).toBe('look 3')
})

test('gives up at its deadline and says what it waited for', async () => {
  const never = until(async () => undefined, { deadline: 20, what: 'nothing' })
  await expect(never).rejects.toMatchObject({
    code: 'ERR_DEADLINE',
    message: 'gave up waiting for nothing after 20 ms',
  })
})

test('looks at least once, however short the deadline', async () => {
  await expect(until(() => true, { deadline: 0, what: 'what is there already' })).resolves.toBe(true)
})

test('passes on what the predicate throws', async () => {
  const failing = until(
    () => {
      throw new RangeError('broken')
    },
    { deadline: 5_000, what: 'an error' },
  )
  await expect(failing).rejects.toThrow(new RangeError('broken'))
})

test('an abort ends it with its own reason, between two looks', async () => {
  const controller = new AbortController()
  const reason = new Error('the user has left')
  const waiting = until(() => controller.abort(reason), {
    deadline: 60_000,
    interval: 60_000,
    what: 'nothing',
    signal: controller.signal,
  })
  await expect(waiting).rejects.toBe(reason)
})
