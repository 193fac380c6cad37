import { timed } from '../at-once.ts'
import type { Experiment, Figure } from '../experiment.ts'
import { type Pair, startPair } from '../pair.ts'
import { LENGTH_BYTES, pour, SINK, SOURCE } from '../protocols.ts'
import { usageOf } from '../usage.ts'

const TOTAL = 512 * 2 ** 20
const WARM_UP = 64 * 2 ** 20
const QUICK = 8 * 2 ** 20
const WIDTHS = [1, 8]

const DIRECTIONS = { up: 'to the listener', down: 'to the opener' } as const
type Direction = keyof typeof DIRECTIONS

const RUNS = WIDTHS.flatMap(width => (['up', 'down'] as const).map(direction => ({ width, direction })))

function figures({ width, direction }: (typeof RUNS)[number]): Figure[] {
  const what = `${width} ${width === 1 ? 'stream' : 'streams'} ${DIRECTIONS[direction]}`
  return [
    { name: `throughput-${width}-${direction}`, title: `throughput, ${what}`, unit: 'MB/s', better: 'more' },
    { name: `cpu-${width}-${direction}`, title: `CPU of both daemons, ${what}`, unit: 's/GB', better: 'less' },
  ]
}

/** How fast bytes move, and what they cost. */
export const throughput: Experiment = {
  name: 'throughput',
  figures: RUNS.flatMap(figures),
  ceiling: true,
  async measure(contestant, { quick, signal }) {
    await using pair = await startPair(contestant, signal)
    const readings: Record<string, number> = {}
    for (const { width, direction } of RUNS) {
      if (!quick) await move(pair, WARM_UP, width, direction)
      const total = quick ? QUICK : TOTAL
      const before = await usageOf(pair.groups)
      const seconds = await timed(() => move(pair, total, width, direction))
      const after = await usageOf(pair.groups)
      readings[`throughput-${width}-${direction}`] = total / 1e6 / seconds
      readings[`cpu-${width}-${direction}`] = (after.cpuSeconds - before.cpuSeconds) / (total / 1e9)
    }
    return readings
  },
}

async function move(pair: Pair, total: number, width: number, direction: Direction): Promise<void> {
  const length = total / width
  const head = Buffer.alloc(LENGTH_BYTES)
  head.writeBigUInt64BE(BigInt(length))
  const one = async (): Promise<void> => {
    const wire = await pair.open(direction === 'up' ? SINK : SOURCE)
    wire.socket.write(head)
    if (direction === 'up') {
      pour(wire.socket, length)
      await wire.take(1)
    } else {
      await arrival(wire, length)
    }
    await wire.close()
  }
  await Promise.all(Array.from({ length: width }, one))
}

function arrival(wire: Awaited<ReturnType<Pair['open']>>, length: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let left = length - wire.takeKept().byteLength
  wire.onBytes = bytes => {
    left -= bytes.byteLength
    if (left <= 0) resolve()
  }
  if (left <= 0) resolve()
  void wire.closed.then(() => reject(new Error(`the stream ended with ${left} bytes missing`)))
  return promise
}
