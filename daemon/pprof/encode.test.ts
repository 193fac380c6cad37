import type { HeapProfiler, Profiler } from 'node:inspector'
import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'
import { expect, test } from 'vitest'
import { encodeCpuProfile, encodeHeapProfile } from './encode.ts'

const frame = (functionName: string, lineNumber: number) => ({
  functionName,
  scriptId: '1',
  url: 'file:///daemon.ts',
  lineNumber,
  columnNumber: 0,
})

/** What a reader sees: each sample's stack, innermost first, and its values. */
function read(bytes: Uint8Array): { units: string[]; samples: string[]; duration: number } {
  const {
    sampleType,
    sample,
    location,
    function: functions,
    stringTable,
    durationNanos,
  } = Profile.decode(gunzipSync(bytes))
  const text = (index: number | bigint): string => stringTable.strings[Number(index)] as string
  const name = (id: number | bigint): string => {
    const { functionId, line } = location.find(location => location.id === id)?.line[0] ?? { functionId: 0, line: 0 }
    const found = functions.find(({ id }) => id === functionId)
    return `${text(found?.name ?? 0)} ${text(found?.filename ?? 0)}:${line}`
  }
  return {
    units: sampleType.map(({ type, unit }) => `${text(type)} ${text(unit)}`),
    samples: sample.map(({ locationId, value }) => `${locationId.map(name).join(' < ')} = ${value.join(', ')}`),
    duration: Number(durationNanos),
  }
}

test('a CPU profile: time by stack, without waiting', async () => {
  const profile: Profiler.Profile = {
    nodes: [
      { id: 1, callFrame: frame('(root)', -1), children: [2, 3] },
      { id: 2, callFrame: { ...frame('(idle)', -1), url: '' } },
      { id: 3, callFrame: frame('outer', 9), children: [4] },
      { id: 4, callFrame: frame('', 19) },
    ],
    startTime: 1_000,
    endTime: 11_000,
    samples: [2, 4, 4, 3],
    timeDeltas: [100, 1_000, 2_000, 3_000],
  }
  expect(read(await encodeCpuProfile(profile))).toEqual({
    units: ['samples count', 'cpu nanoseconds'],
    samples: [
      '(anonymous) file:///daemon.ts:20 < outer file:///daemon.ts:10 = 2, 5000000',
      'outer file:///daemon.ts:10 = 1, 0',
    ],
    duration: 10_000_000,
  })
})

test('a heap profile: bytes by stack', async () => {
  const profile: HeapProfiler.SamplingHeapProfile = {
    head: {
      callFrame: frame('(root)', -1),
      selfSize: 0,
      children: [
        {
          callFrame: frame('outer', 9),
          selfSize: 10,
          children: [{ callFrame: frame('inner', 19), selfSize: 500.4, children: [] }],
        },
        { callFrame: frame('nothing', 29), selfSize: 0, children: [] },
      ],
    },
  }
  expect(read(await encodeHeapProfile(profile, 512))).toEqual({
    units: ['inuse_space bytes'],
    samples: ['outer file:///daemon.ts:10 = 10', 'inner file:///daemon.ts:20 < outer file:///daemon.ts:10 = 500'],
    duration: 0,
  })
})
