import { banner } from './banner.ts'
import { loadConfig } from './config.ts'
import { DAEMON_FLAGS } from './config-flags.ts'
import { startDaemon } from './daemon.ts'
import { describeFailure } from './failure.ts'
import { parseFlags } from './flags.ts'
import { formatJson, formatText } from './log/line.ts'
import { createOutput } from './log/output.ts'
import { createLog } from './log.ts'
import { handleSignals, surviveFaults } from './process.ts'
import { describeVersion } from './version.ts'

/** Runs the daemon as its command line says, or ends the process with go's words and exit code where it cannot. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    if (parseFlags(DAEMON_FLAGS, argv).version) {
      process.stdout.write(`${describeVersion()}\n`)
      return
    }
    const config = await loadConfig(argv)
    const format = config.log.format === 'json' ? formatJson : formatText
    const log = createLog({ write: createOutput(process.stderr, format), levels: config.log.levels, format })
    surviveFaults(log)
    for (const problem of config.problems) log.component('config').warn(problem)
    const starting = startDaemon(config, log)
    handleSignals(starting, log)
    const daemon = await starting
    log.info('started', { peer: daemon.host.node.peerId, control: daemon.control.address })
    const running = await daemon.enterNetwork()
    if (running && !config.quiet) process.stdout.write(banner(daemon))
  } catch (error) {
    const { stderr, exitCode } = describeFailure(error, 'p2pd', DAEMON_FLAGS)
    process.stderr.write(stderr)
    process.exitCode = exitCode
  }
}
