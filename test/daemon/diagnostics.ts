import { until } from '../../harness/until.ts'
import type { TestDaemon } from './start.ts'

/** The last line of what a daemon prints at SIGUSR1. */
const LAST = /^held by the process: /

/** What tells of time and memory, which never stand still, and of what peers are, which clients may change at will. */
const RESTLESS = /^p2pd |^ {2}\S+ agent |^ {4}protocols: /

/** Asks a daemon what it holds, by SIGUSR1. */
export async function diagnosticsOf({ process: daemon }: TestDaemon): Promise<readonly string[]> {
  const printed = (): string[] =>
    daemon.output.lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text)
  const before = printed().length
  process.kill(daemon.pid, 'SIGUSR1')
  const lines = (): string[] => printed().slice(before)
  await until(async () => LAST.test(lines().at(-1) ?? ''), { deadline: 10_000, what: 'the diagnostics' })
  return lines().filter(line => !RESTLESS.test(line))
}
