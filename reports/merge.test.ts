import { expect, test } from 'vitest'
import { everyOutcome } from './fixture.ts'
import { MergeError, mergeResults, takeShard } from './merge.ts'
import type { Results } from './results.ts'

const shards = (count: number): Results[] =>
  Array.from({ length: count }, (_, position) => {
    const shard = { index: position + 1, count }
    return { ...everyOutcome, shard, cells: takeShard(everyOutcome.cells, shard) }
  })

test.each([1, 2, 3, 4, 9])('%i shards, in any order, merge into the run that was not sharded', count => {
  expect(mergeResults(shards(count))).toEqual(everyOutcome)
  expect(mergeResults(shards(count).reverse())).toEqual(everyOutcome)
})

test('time runs from the first start; the longest shard counts', () => {
  const [a, b] = shards(2) as [Results, Results]
  const later = { ...b, startedAt: '2026-11-24T05:00:00.000Z', durationMs: 99_000 }
  expect(mergeResults([later, a])).toMatchObject({ startedAt: everyOutcome.startedAt, durationMs: 99_000 })
})

test.each<[string, (parts: Results[]) => Results[]]>([
  ['shard 2 of 3 is missing', ([a, , c]) => [a, c] as Results[]],
  ['shard 1/3 is there twice', ([a, b]) => [a, b, a] as Results[]],
  ['divided differently', ([a]) => [a, ...shards(2)] as Results[]],
  ['different seeds, 7 and 8', ([a, b, c]) => [a, { ...b, seed: 8 }, c] as Results[]],
  ['different versions', ([a, b, c]) => [a, { ...b, implementations: [] }, c] as Results[]],
  ['not a shard', ([a]) => [a, everyOutcome] as Results[]],
  ['nothing to merge', () => []],
])('%s', (message, spoil) => {
  expect(() => mergeResults(spoil(shards(3)))).toThrow(MergeError)
  expect(() => mergeResults(spoil(shards(3)))).toThrow(message)
})
