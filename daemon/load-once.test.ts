import { expect, test } from 'vitest'
import { loadOnce } from './load-once.ts'

test('a result is shared, a failure is shared by those who waited for it and then forgotten', async () => {
  let runs = 0
  const load = loadOnce(async () => {
    runs += 1
    if (runs === 1) throw new Error('too many open files')
    return { run: runs }
  })
  expect(await Promise.allSettled([load(), load()])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  expect(runs).toBe(1)
  const loaded = await load()
  expect(loaded).toEqual({ run: 2 })
  expect(await load()).toBe(loaded)
})
