import { resolve } from 'node:path'
import { explain, runCommand } from './command.ts'
import { catchInterrupts } from './interrupt.ts'
import { progressLine } from './progress.ts'

const root = resolve(import.meta.dirname, '..')
const progress = progressLine(process.stderr)
const signal = catchInterrupts()
signal.addEventListener('abort', () => {
  progress.clear()
  process.stderr.write(`${signal.reason.message}; what runs is stopped. Once more ends everything at once\n`)
})
// whoever reads the output may have seen enough
process.stdout.on('error', () => process.exit())
try {
  const write = (text: string): void => void process.stdout.write(text)
  process.exitCode = await runCommand(process.argv.slice(2), { root, write, progress, signal })
} catch (error) {
  progress.clear()
  const explanation = explain(signal.aborted ? signal.reason : error)
  if (explanation === undefined) throw error
  process.stderr.write(explanation.text)
  process.exitCode = explanation.exitCode
}
