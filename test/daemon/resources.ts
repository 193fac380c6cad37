import { readdir, readFile } from 'node:fs/promises'
import type { TestDaemon } from './start.ts'

/** What a daemon's process holds, as Linux tells it. */

/** Bytes of memory that are really in use. */
export async function memoryOf({ process }: TestDaemon): Promise<number> {
  const status = await readFile(`/proc/${process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

/** Open file descriptors. */
export async function descriptorsOf({ process }: TestDaemon): Promise<number> {
  return (await readdir(`/proc/${process.pid}/fd`)).length
}

/** Seconds of processor time used so far. */
export async function processorTimeOf({ process }: TestDaemon): Promise<number> {
  const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8')
  // behind the name, which may hold anything, user and system time are the 12th and 13th field, in hundredths
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
