import { formatDuration } from '../flag-values.ts'
import { describeVersion } from '../version.ts'

/** Which daemon this is, since when, and how large. */
export function describeProcess(): string {
  const { rss, heapUsed } = process.memoryUsage()
  const uptime = formatDuration(Math.round(process.uptime()) * 1_000)
  return `${describeVersion()}, process ${process.pid}, up ${uptime}, ${mebibytes(rss)} of memory, ${mebibytes(heapUsed)} of it used by JavaScript`
}

/** Sockets, timers and whatever else keeps the process running, by Node's names. */
export function describeResources(): string {
  const counts = new Map<string, number>()
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const list = [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
  return `held by the process: ${list}`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
