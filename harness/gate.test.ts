import { expect, test } from 'vitest'
import { Gate } from './gate.ts'

test('lets so many through at a time, in order, whatever becomes of them', async () => {
  const gate = new Gate(2)
  const begun: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const runs = ends.map(({ promise }, index) =>
    gate.run(async () => {
      begun.push(index)
      await promise
      return index
    }),
  )
  const settled = Promise.allSettled(runs)
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.reject(new Error('failed'))
  await runs[1]?.catch(() => {})
  await Promise.resolve()
  expect(begun).toEqual([0, 1, 2])
  for (const { resolve } of ends) resolve()
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(begun).toEqual([0, 1, 2, 3, 4])
})
