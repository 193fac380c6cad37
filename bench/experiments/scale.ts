import { setTimeout as delay } from 'node:timers/promises'
import { Request } from '../../proto/codec.ts'
import { atOnce, timed } from '../at-once.ts'
import { startDaemon } from '../contestant.ts'
import { KEEP_ALL, startCrowd } from '../crowd-process.ts'
import type { Experiment } from '../experiment.ts'
import { startPair } from '../pair.ts'
import { settledMemory } from '../usage.ts'
import type { Wire } from '../wire.ts'
import { echoByte, holdStreams } from './memory.ts'

const STREAMS = 10_000
const STREAMS_STEP = 2_000
const WIDTH = 32
const QUICK_PART = 100

/** When, in ms, an idle daemon has given back what it can. */
const GIVEN_BACK = 45_000

/** Ten thousand streams open at once, all of them alive. */
export const scaleStreams: Experiment = {
  name: 'scale-streams',
  onRequest: true,
  maxRounds: 1,
  figures: [
    { name: 'scale-streams-open', title: '10,000 streams kept open: opened', unit: '1/s', better: 'more' },
    { name: 'scale-streams-echo', title: '10,000 streams kept open: bytes echoed on all', unit: '1/s', better: 'more' },
    { name: 'scale-streams-first', title: 'memory of both for each of the first 2,000', unit: 'KiB', better: 'less' },
    { name: 'scale-streams-last', title: 'memory of both for each of the last 2,000', unit: 'KiB', better: 'less' },
    {
      name: 'scale-streams-left',
      title: 'memory of both 45 s after they are closed, growth',
      unit: 'MiB',
      better: 'less',
    },
  ],
  async measure(contestant, { quick, signal }) {
    await using pair = await startPair(contestant, signal)
    const [total, step] = [STREAMS, STREAMS_STEP].map(count => (quick ? count / QUICK_PART : count)) as [number, number]
    const wires: Wire[] = []
    const memory = [await settledMemory(pair.groups, signal)]
    const began = memory[0] as number
    let opening = 0
    while (wires.length < total) {
      opening += await timed(async () => void wires.push(...(await holdStreams(pair, step))))
      memory.push(await settledMemory(pair.groups, signal))
    }
    const echoing = await timed(() => atOnce(total, WIDTH, index => echoByte(wires[index] as Wire)))
    for (const wire of wires) wire.socket.destroy()
    await delay(quick ? 0 : GIVEN_BACK, undefined, { signal })
    const left = (await settledMemory(pair.groups, signal)) - began
    return {
      'scale-streams-open': total / opening,
      'scale-streams-echo': total / echoing,
      'scale-streams-first': kibEach(memory, 1, step),
      'scale-streams-last': kibEach(memory, memory.length - 1, step),
      'scale-streams-left': left / 2 ** 20,
    }
  },
}

const CONNECTIONS = 1_000
const CONNECTION_STEPS = 4

/** A thousand peers connected to one daemon. */
export const scaleConnections: Experiment = {
  name: 'scale-connections',
  onRequest: true,
  maxRounds: 1,
  figures: [
    { name: 'scale-connections-open', title: '1,000 peers: connections made', unit: '1/s', better: 'more' },
    { name: 'scale-connections-listed', title: '1,000 peers: listed by LIST_PEERS', unit: '', better: 'more' },
    { name: 'scale-connections-first', title: 'memory for each of the first 250', unit: 'KiB', better: 'less' },
    { name: 'scale-connections-last', title: 'memory for each of the last 250', unit: 'KiB', better: 'less' },
  ],
  async measure(contestant, { quick, signal }) {
    await using stack = new AsyncDisposableStack()
    const daemon = stack.use(await startDaemon(contestant, KEEP_ALL, signal))
    const step = (quick ? CONNECTIONS / QUICK_PART : CONNECTIONS) / CONNECTION_STEPS
    const memory = [await settledMemory([daemon.pid], signal)]
    let connecting = 0
    for (let index = 0; index < CONNECTION_STEPS; index++) {
      connecting += await timed(async () => void stack.use(await startCrowd(daemon, Math.ceil(step))))
      memory.push(await settledMemory([daemon.pid], signal))
    }
    const { peers } = await daemon.ask({ type: Request.Type.LIST_PEERS })
    return {
      'scale-connections-open': (step * CONNECTION_STEPS) / connecting,
      'scale-connections-listed': peers?.length ?? 0,
      'scale-connections-first': kibEach(memory, 1, step),
      'scale-connections-last': kibEach(memory, CONNECTION_STEPS, step),
    }
  },
}

/** KiB by which each of those that came in a step has made the memory grow. */
function kibEach(memory: readonly number[], step: number, count: number): number {
  return ((memory[step] as number) - (memory[step - 1] as number)) / count / 1_024
}
