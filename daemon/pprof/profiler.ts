import type { HeapProfiler, Profiler as V8Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** go's default too: one of this many bytes allocated is sampled, which costs next to nothing. */
export const HEAP_INTERVAL = 512 * 1024

/** V8's profiles of this process, through its inspector, for which no debugger's port is opened. */
export class Profiler {
  readonly #session = new Session()
  #running = false

  private constructor() {
    this.#session.connect()
  }

  /** Starts to sample what is allocated: a heap profile tells of nothing earlier. */
  static async start(): Promise<Profiler> {
    const profiler = new Profiler()
    await profiler.#session.post('HeapProfiler.startSampling', { samplingInterval: HEAP_INTERVAL })
    await profiler.#session.post('Profiler.enable')
    return profiler
  }

  /** Whether a CPU profile is being taken; there can be one at a time. */
  get running(): boolean {
    return this.#running
  }

  /** Where the time of the next seconds goes; ends early when the signal aborts, with the profile until then. */
  async cpu(seconds: number, signal: AbortSignal): Promise<V8Profiler.Profile> {
    this.#running = true
    try {
      await this.#session.post('Profiler.start')
      await delay(seconds * 1_000, undefined, { signal, ref: false }).catch(() => {})
      const { profile } = await this.#session.post('Profiler.stop')
      return profile
    } finally {
      this.#running = false
    }
  }

  /** What is allocated and still in use, by who allocated it. */
  async heap(): Promise<HeapProfiler.SamplingHeapProfile> {
    const { profile } = await this.#session.post('HeapProfiler.getSamplingProfile')
    return profile
  }

  stop(): void {
    this.#session.disconnect()
  }
}
