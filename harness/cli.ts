import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isGreen } from '../reports/results.ts'
import { renderTerminal } from '../reports/terminal.ts'
import { scenarios } from '../scenarios/index.ts'
import { layOut } from './cell.ts'
import { HarnessError } from './errors.ts'
import { loadLedger } from './ledger.ts'
import { loadManifests } from './manifest.ts'
import { run } from './run.ts'
import { selectImplementations } from './select.ts'

const USAGE = `Usage: npm run scenarios -- [options]

Plays every scenario with every pair of implementations, and writes reports/latest/.

  --impl NAMES         only these implementations of the repository, separated by commas
  --impl NAME=COMMAND  also any other p2pd: its command line, to which the daemon's flags are added
  --filter PATTERN     only cells whose path contains this; * within a part, ** across parts; repeatable
  --report FOLDER      where to write the results instead of reports/latest; what is there is replaced
  --list               print the paths of the cells and play none
  --help
`

const root = resolve(import.meta.dirname, '..')
const write = (text: string): void => void process.stdout.write(text)

/** The words of the command line; exits with 2 when they cannot be understood. */
function parse() {
  try {
    const { values } = parseArgs({
      options: {
        impl: { type: 'string', multiple: true, default: [] },
        report: { type: 'string', default: resolve(root, 'reports/latest') },
        filter: { type: 'string', multiple: true, default: [] },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

const { impl, filter, report, list, help } = parse()
const folder = resolve(report)
try {
  if (help) {
    write(USAGE)
  } else {
    const implementations = await selectImplementations(impl, await loadManifests(resolve(root, 'implementations')), {
      write,
    })
    if (list) {
      write(
        layOut(scenarios, implementations)
          .map(({ path }) => `${path}\n`)
          .join(''),
      )
    } else {
      const ledger = await loadLedger(resolve(root, 'scenarios/ledger.yaml'))
      const live = process.stdout.isTTY === true
      const results = await run({ root, implementations, filters: filter, ledger, folder, write, live })
      write(renderTerminal(results, relative(process.cwd(), folder)))
      process.exitCode = isGreen(results) ? 0 : 1
    }
  }
} catch (error) {
  if (!(error instanceof HarnessError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
