import type { Results, Shard } from './results.ts'

/** Why several results are not the parts of one run. */
export class MergeError extends Error {
  override readonly name = 'MergeError'
}

/**
 * Puts the shards of one run together; the merged results are those of the whole run, cells in the order of the paths
 * given, or of the shards.
 *
 * @throws MergeError when a shard is missing or there twice, or when they are parts of different runs
 */
export function mergeResults(parts: readonly Results[]): Results {
  const [first] = parts
  if (first === undefined) throw new MergeError('there is nothing to merge')
  const sharded = parts.toSorted((a, b) => shardOf(a).index - shardOf(b).index)
  checkShards(sharded.map(shardOf))
  for (const part of sharded) checkSameRun(first, part)
  const { shard: _, ...rest } = sharded[0] as Results
  return {
    ...rest,
    startedAt: parts.map(({ startedAt }) => startedAt).sort()[0] as string,
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
    cells: interleave(sharded.map(({ cells }) => cells)),
    faults: [...new Set(sharded.flatMap(({ faults }) => faults))],
  }
}

/** Shards take cells in turn; so does putting them together again. */
export function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, index) => lists.flatMap(list => list.slice(index, index + 1))).flat()
}

/** The part of a list that a shard takes: every count-th item, so that long neighbours are shared out. */
export function takeShard<T>(items: readonly T[], { index, count }: Shard): T[] {
  return items.filter((_, position) => position % count === index - 1)
}

function shardOf({ shard }: Results): Shard {
  if (shard === undefined) throw new MergeError('one of the results is not a shard: it has no "shard" field')
  return shard
}

function checkShards(shards: readonly Shard[]): void {
  const [{ count }] = shards as [Shard]
  if (shards.some(shard => shard.count !== count)) throw new MergeError('the shards are of runs divided differently')
  const indexes = shards.map(({ index }) => index)
  const twice = indexes.find((index, position) => indexes.indexOf(index) !== position)
  if (twice !== undefined) throw new MergeError(`shard ${twice}/${count} is there twice`)
  const missing = Array.from({ length: count }, (_, position) => position + 1).filter(index => !indexes.includes(index))
  if (missing.length > 0) throw new MergeError(`shard ${missing.join(', ')} of ${count} is missing`)
}

function checkSameRun(first: Results, part: Results): void {
  if (part.seed !== first.seed) throw new MergeError(`the shards have different seeds, ${first.seed} and ${part.seed}`)
  const versions = ({ implementations }: Results): string =>
    implementations
      .map(({ name, version }) => `${name} ${version}`)
      .sort()
      .join(', ')
  if (versions(part) !== versions(first)) {
    throw new MergeError(`the shards played different versions: ${versions(first)}; ${versions(part)}`)
  }
}
