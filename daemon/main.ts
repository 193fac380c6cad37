import { banner } from './banner.ts'
import { loadConfig } from './config.ts'
import { DAEMON_FLAGS } from './config-flags.ts'
import { startDaemon } from './daemon.ts'
import { describeFailure } from './failure.ts'
import { formatJson, formatText } from './log/line.ts'
import { createLog } from './log.ts'
import { handleSignals, surviveFaults } from './process.ts'

try {
  const config = await loadConfig(process.argv.slice(2))
  const log = createLog({
    write: line => process.stderr.write(line),
    levels: config.log.levels,
    format: config.log.format === 'json' ? formatJson : formatText,
  })
  surviveFaults(log)
  for (const problem of config.problems) log.component('config').warn(problem)
  const daemon = await startDaemon(config, log)
  handleSignals(daemon)
  if (!config.quiet) process.stdout.write(banner(daemon))
} catch (error) {
  const { stderr, exitCode } = describeFailure(error, 'p2pd', DAEMON_FLAGS)
  process.stderr.write(stderr)
  process.exitCode = exitCode
}
