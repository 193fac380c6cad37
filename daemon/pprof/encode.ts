import type { HeapProfiler, Profiler, Runtime } from 'node:inspector'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Line, Location, Profile, Function as ProfiledFunction, Sample, StringTable, ValueType } from 'pprof-format'

const compress = promisify(gzip)

/** V8's profile of the processor's time, as `go tool pprof` reads it. */
export function encodeCpuProfile({ nodes, samples = [], timeDeltas = [], startTime, endTime }: Profiler.Profile) {
  const builder = new Builder()
  const spent = new Map<number, { count: number; microseconds: number }>()
  for (const [index, id] of samples.entries()) {
    const node = spent.get(id) ?? { count: 0, microseconds: 0 }
    node.count += 1
    // a sample stands for the time that passed until the next one
    node.microseconds += Math.max(0, timeDeltas[index + 1] ?? 0)
    spent.set(id, node)
  }
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)))
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  for (const [id, { count, microseconds }] of spent) {
    // waiting takes no processor's time
    if (frames.get(id)?.functionName === '(idle)') continue
    const stack: Runtime.CallFrame[] = []
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      stack.push(frames.get(at) as Runtime.CallFrame)
    }
    builder.add(stack, [count, microseconds * 1_000])
  }
  return builder.encode({
    sampleTypes: [
      ['samples', 'count'],
      ['cpu', 'nanoseconds'],
    ],
    periodType: ['cpu', 'nanoseconds'],
    period: samples.length === 0 ? 0 : Math.round(((endTime - startTime) * 1_000) / samples.length),
    durationNanoseconds: (endTime - startTime) * 1_000,
  })
}

/** V8's profile of memory in use, as `go tool pprof` reads it. */
export function encodeHeapProfile({ head }: HeapProfiler.SamplingHeapProfile, interval: number) {
  const builder = new Builder()
  const visit = (node: HeapProfiler.SamplingHeapProfileNode, callers: readonly Runtime.CallFrame[]): void => {
    const stack = [node.callFrame, ...callers]
    if (node.selfSize > 0) builder.add(stack, [node.selfSize])
    for (const child of node.children) visit(child, stack)
  }
  visit(head, [])
  return builder.encode({
    sampleTypes: [['inuse_space', 'bytes']],
    periodType: ['space', 'bytes'],
    period: interval,
    durationNanoseconds: 0,
  })
}

type Unit = readonly [type: string, unit: string]

interface Description {
  readonly sampleTypes: readonly Unit[]
  readonly periodType: Unit
  readonly period: number
  readonly durationNanoseconds: number
}

/** Collects stacks, each function and each line in it written once. */
class Builder {
  readonly #strings = new StringTable()
  readonly #functions: ProfiledFunction[] = []
  readonly #locations: Location[] = []
  readonly #known = new Map<string, number>()
  readonly #samples: Sample[] = []

  /** The innermost frame comes first; the root, which every stack has, is left out. */
  add(stack: readonly Runtime.CallFrame[], value: number[]): void {
    const locationId = stack.filter(({ functionName }) => functionName !== '(root)').map(frame => this.#locate(frame))
    this.#samples.push(new Sample({ locationId, value: value.map(Math.round) }))
  }

  #locate({ functionName, url, scriptId, lineNumber, columnNumber }: Runtime.CallFrame): number {
    const key = `${functionName} ${scriptId}:${lineNumber}:${columnNumber}`
    let id = this.#known.get(key)
    if (id === undefined) {
      id = this.#functions.length + 1
      const name = this.#strings.dedup(functionName || '(anonymous)')
      // V8 counts from 0
      const startLine = lineNumber + 1
      this.#functions.push(
        new ProfiledFunction({ id, name, systemName: name, filename: this.#strings.dedup(url), startLine }),
      )
      this.#locations.push(new Location({ id, line: [new Line({ functionId: id, line: startLine })] }))
      this.#known.set(key, id)
    }
    return id
  }

  async encode({ sampleTypes, periodType, period, durationNanoseconds }: Description): Promise<Buffer> {
    const valueType = ([type, unit]: Unit): ValueType =>
      new ValueType({ type: this.#strings.dedup(type), unit: this.#strings.dedup(unit) })
    const profile = new Profile({
      sampleType: sampleTypes.map(valueType),
      sample: this.#samples,
      location: this.#locations,
      function: this.#functions,
      stringTable: this.#strings,
      timeNanos: BigInt(Date.now()) * 1_000_000n,
      durationNanos: Math.round(durationNanoseconds),
      periodType: valueType(periodType),
      period,
    })
    return compress(profile.encode())
  }
}
