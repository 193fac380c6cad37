import { resolve } from 'node:path'
import { HarnessError } from '../harness/errors.ts'
import { catchInterrupts, Interrupted } from '../harness/interrupt.ts'
import { progressLine } from '../harness/progress.ts'
import { bench } from './bench.ts'
import { parseOptions, USAGE } from './options.ts'

const progress = progressLine(process.stderr)
const signal = catchInterrupts()
try {
  process.exitCode = await bench(parseOptions(process.argv.slice(2)), {
    root: resolve(import.meta.dirname, '..'),
    write: text => {
      progress.clear()
      process.stdout.write(text)
    },
    onProgress: line => progress.show(line, true),
    signal,
  })
} catch (error) {
  progress.clear()
  const cause = signal.aborted ? signal.reason : error
  if (!(cause instanceof HarnessError || cause instanceof Interrupted)) throw error
  const usage = cause instanceof HarnessError && cause.code === 'ERR_USAGE' ? `\n${USAGE}` : ''
  process.stderr.write(`${cause.message}\n${usage}`)
  process.exitCode = cause instanceof Interrupted ? cause.exitCode : 2
}
