/** Seeds have this many values: short enough to be typed again. */
const SEEDS = 1_000_000

/** A seed for a run that was not given one. */
export function drawSeed(): number {
  return Math.floor(Math.random() * SEEDS)
}

/** The items in an order that the seed decides, so that a failure that depends on the order can be had again. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const random = generator(seed)
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T]
  }
  return shuffled
}

/** The mulberry32 generator: 32 bits of state, numbers from 0 to below 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
