import { until } from '../../harness/until.ts'
import type { TestDaemon } from './start.ts'

/** The last line of what a daemon prints at SIGUSR1. */
const LAST = /^held by the process: /

/** Asks a daemon what it holds, by SIGUSR1. */
export async function diagnosticsOf({ process: daemon }: TestDaemon): Promise<readonly string[]> {
  const printed = (): string[] =>
    daemon.output.lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text)
  const before = printed().length
  process.kill(daemon.pid, 'SIGUSR1')
  const lines = (): string[] => printed().slice(before)
  await until(async () => LAST.test(lines().at(-1) ?? ''), { deadline: 10_000, what: 'the diagnostics' })
  return lines()
}
