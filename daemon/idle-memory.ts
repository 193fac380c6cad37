import { cpuUsage } from 'node:process'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How often, in ms, it is looked whether there is nothing to do. */
const INTERVAL = 10_000

/** Who uses less than this part of a processor is idle. */
const IDLE = 0.02

/** What must have been allocated since the last time, in bytes, and as a part of what was left then: looking through it takes time. */
const WORTHWHILE = 16 * 1024 * 1024
const WORTHWHILE_PART = 0.5

/** What is looked at, and what is done about it. */
export interface Memory {
  /** Processor time used since the start, in ms. */
  cpuTime(): number
  /** Bytes in the heap, garbage among them. */
  used(): number
  collect(): void
}

/**
 * Gives the memory of a burst of work back when it is over. V8 looks for garbage only when more is allocated: a daemon that
 * has served ten thousand streams and then nothing would keep what they took until it is busy again.
 */
export class IdleMemory {
  readonly #memory: Memory
  #cpuTime: number
  #left: number

  constructor(memory: Memory = ofThisProcess()) {
    this.#memory = memory
    this.#cpuTime = memory.cpuTime()
    this.#left = memory.used()
  }

  /** Looks again and again, until the function that is returned is called. */
  watch(): () => void {
    const timer = setInterval(() => this.look(INTERVAL), INTERVAL).unref()
    return () => clearInterval(timer)
  }

  /** @param elapsed since the last look, in ms */
  look(elapsed: number): void {
    const before = this.#cpuTime
    this.#cpuTime = this.#memory.cpuTime()
    if (this.#cpuTime - before >= elapsed * IDLE) return
    const used = this.#memory.used()
    // V8 has found some itself
    this.#left = Math.min(this.#left, used)
    if (used - this.#left < Math.max(WORTHWHILE, this.#left * WORTHWHILE_PART)) return
    this.#memory.collect()
    this.#left = this.#memory.used()
    this.#cpuTime = this.#memory.cpuTime()
  }
}

function ofThisProcess(): Memory {
  let collect: (() => void) | undefined
  return {
    cpuTime() {
      const { user, system } = cpuUsage()
      return (user + system) / 1_000
    },
    used() {
      const { used_heap_size, external_memory } = getHeapStatistics()
      return used_heap_size + external_memory
    },
    collect() {
      collect ??= exposedCollector()
      collect()
    },
  }
}

/** V8's own, which it shows to contexts made after it has been told to: as an option of the process it would slow down each start. */
function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
