import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** The unit of the kernel's CPU times, a part of Linux's ABI: ticks a second. */
const CLOCK_TICKS = 100

/** The position of fields of /proc/PID/stat behind the command's name. */
const PROCESS_GROUP = 2
const USER_TIME = 11
const SYSTEM_TIME = 12

/** How often, in ms, and for how long at most memory is looked at until it is steady. */
const SETTLE_INTERVAL = 250
const SETTLE_DEADLINE = 6_000
const STEADY_LOOKS = 4
const STEADY_WITHIN = 0.005

/** What the processes of some groups have used. */
export interface Usage {
  /** Since they started. */
  readonly cpuSeconds: number
  /** Resident now, in bytes. */
  readonly memory: number
}

/** Looks at all processes of these groups: a daemon's command may be a script that starts it. */
export async function usageOf(groups: readonly number[]): Promise<Usage> {
  let ticks = 0
  let memory = 0
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const fields = await statFields(pid)
    if (fields === undefined || !groups.includes(Number(fields[PROCESS_GROUP]))) continue
    ticks += Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])
    memory += await residentMemory(pid)
  }
  return { cpuSeconds: ticks / CLOCK_TICKS, memory }
}

/** The resident memory of these groups, in bytes, once it no longer changes much. */
export async function settledMemory(groups: readonly number[], signal: AbortSignal): Promise<number> {
  const end = performance.now() + SETTLE_DEADLINE
  const looks: number[] = []
  for (;;) {
    looks.push((await usageOf(groups)).memory)
    const last = looks.slice(-STEADY_LOOKS)
    const steady =
      last.length === STEADY_LOOKS && Math.max(...last) - Math.min(...last) < Math.max(...last) * STEADY_WITHIN
    if (steady || performance.now() > end) return last.at(-1) as number
    await delay(SETTLE_INTERVAL, undefined, { signal })
  }
}

/** Undefined: it has ended meanwhile. */
async function statFields(pid: string): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // the command's name, in parentheses, may contain anything
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

async function residentMemory(pid: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
