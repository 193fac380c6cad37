import { banner } from './banner.ts'
import { DAEMON_FLAGS, loadConfig } from './config.ts'
import { startDaemon } from './daemon.ts'
import { describeFailure } from './failure.ts'
import { createLog } from './log.ts'

/** go's exit codes for a daemon ended by a signal: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

const log = createLog(line => process.stderr.write(line))
try {
  const config = await loadConfig(process.argv.slice(2))
  const daemon = await startDaemon(config, log)
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    process.once(signal, async () => {
      await daemon.stop()
      process.exit(exitCode)
    })
  }
  if (!config.quiet) process.stdout.write(banner(daemon))
} catch (error) {
  const { stderr, exitCode } = describeFailure(error, 'p2pd', DAEMON_FLAGS)
  process.stderr.write(stderr)
  process.exitCode = exitCode
}
