import { atOnce, timed, timeEach } from '../at-once.ts'
import type { Experiment } from '../experiment.ts'
import { type Pair, startPair } from '../pair.ts'
import { ECHO } from '../protocols.ts'
import { quantile } from '../statistics.ts'

const WARM_UP = 300
const SEQUENTIAL = 1_000
const PARALLEL = 5_000
const WIDTH = 32
const QUICK = 64

const ECHOES = 10_000
const ECHO_BYTES = Buffer.alloc(32, 'e')
const BYTE = Buffer.from('b')

/** Opens a stream, has one byte echoed, closes it. */
export async function openAndEcho(pair: Pair): Promise<void> {
  const wire = await pair.open(ECHO)
  wire.socket.write(BYTE)
  await wire.take(1)
  wire.socket.end()
  void wire.closed
}

/** Opening streams. */
export const open: Experiment = {
  name: 'open',
  figures: [
    { name: 'open-sequential', title: 'stream open and 1 byte echoed, in sequence, p50', unit: 'ms', better: 'less' },
    { name: 'open-parallel', title: 'streams opened and echoed, 32 at once', unit: '1/s', better: 'more' },
  ],
  ceiling: true,
  async measure(contestant, { quick, signal }) {
    await using pair = await startPair(contestant, signal)
    const step = (): Promise<void> => openAndEcho(pair)
    await timeEach(quick ? 10 : WARM_UP, step)
    const sequential = await timeEach(quick ? QUICK : SEQUENTIAL, step)
    await atOnce(quick ? WIDTH : WARM_UP, WIDTH, step)
    const times = quick ? QUICK : PARALLEL
    const seconds = await timed(() => atOnce(times, WIDTH, step))
    return { 'open-sequential': quantile(sequential, 0.5), 'open-parallel': times / seconds }
  },
}

/** Small messages on a stream that is open. */
export const echo: Experiment = {
  name: 'echo',
  figures: [
    { name: 'echo-p50', title: '32 bytes echoed on an open stream, p50', unit: 'µs', better: 'less' },
    { name: 'echo-p99', title: '32 bytes echoed on an open stream, p99', unit: 'µs', better: 'less' },
  ],
  ceiling: true,
  async measure(contestant, { quick, signal }) {
    await using pair = await startPair(contestant, signal)
    const wire = await pair.open(ECHO)
    const step = async (): Promise<void> => {
      wire.socket.write(ECHO_BYTES)
      await wire.take(ECHO_BYTES.byteLength)
    }
    await timeEach(quick ? 10 : ECHOES / 5, step)
    const times = await timeEach(quick ? QUICK : ECHOES, step)
    await wire.close()
    return { 'echo-p50': quantile(times, 0.5) * 1_000, 'echo-p99': quantile(times, 0.99) * 1_000 }
  },
}
