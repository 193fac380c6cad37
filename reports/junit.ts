import { assignBlame, type Blame } from './blame.ts'
import { type CellResult, formatFailure, isGreen, isRed, type Results } from './results.ts'

/**
 * The results as JUnit XML, which every CI system shows: a suite a scenario, a test case a cell.
 *
 * Only what is unexpected fails: a known failure is a skipped case with its reason, so that the CI's verdict is ours.
 * Faults of the run itself are cases of a suite of their own.
 */
export function renderJunit(results: Results): string {
  const { cells, faults, durationMs, startedAt } = results
  const blames = assignBlame(cells)
  const scenarios = [...Map.groupBy(cells, ({ scenario }) => scenario)]
  const suites = scenarios.map(([name, members]) => renderSuite(name, members, startedAt, blames))
  if (faults.length > 0 || !isGreen({ ...results, faults: [] })) suites.push(renderFaults(results))
  const failures = cells.filter(isFailure).length + faults.length
  const errors = cells.filter(isError).length
  const head = attributes({
    name: 'p2pd scenarios',
    tests: cells.length + faults.length,
    failures,
    errors,
    time: seconds(durationMs),
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.join('')}</testsuites>\n`
}

function renderSuite(
  name: string,
  cells: readonly CellResult[],
  startedAt: string,
  blames: ReadonlyMap<string, Blame>,
): string {
  const head = attributes({
    name,
    tests: cells.length,
    failures: cells.filter(isFailure).length,
    errors: cells.filter(isError).length,
    skipped: cells.filter(isSkipped).length,
    time: seconds(cells.reduce((sum, cell) => sum + cell.durationMs, 0)),
    timestamp: startedAt.replace(/\.\d+Z$/, ''),
  })
  const cases = cells.map(cell => renderCase(cell, blames.get(cell.path)))
  return `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`
}

function renderCase(cell: CellResult, blame: Blame | undefined): string {
  const { path, scenario, durationMs } = cell
  const head = attributes({ classname: scenario, name: path, time: seconds(durationMs) })
  const body = renderVerdict(cell, blame)
  return body === '' ? `    <testcase${head}/>\n` : `    <testcase${head}>\n${body}    </testcase>\n`
}

function renderVerdict(cell: CellResult, blame: Blame | undefined): string {
  const { outcome, failure, reason, evidence, title } = cell
  const message = [failure && formatFailure(failure), reason].filter(text => text !== undefined).join('; ')
  if (isSkipped(cell)) return `      <skipped${attributes({ message: `${outcome}: ${message}` })}/>\n`
  if (!isRed(outcome)) return ''
  const details = [
    title,
    failure && `${failure.what}\n  expected: ${failure.expected}\n  got:      ${failure.got}`,
    reason,
    blame && `points at ${blame.suspects.join(', ')}: ${blame.because}`,
    evidence && `evidence: ${evidence}`,
  ]
  const text = escapeXml(details.filter(line => line !== undefined).join('\n'))
  const element = isError(cell) ? 'error' : 'failure'
  return `      <${element}${attributes({ message: message || outcome, type: outcome })}>${text}</${element}>\n`
}

/** What makes a run red beyond its cells; a run in which nothing was played at all is such a fault too. */
function renderFaults({ faults, startedAt, cells }: Results): string {
  const played = cells.some(({ outcome }) => outcome === 'pass' || outcome === 'xfail')
  const all = played || faults.length > 0 ? faults : ['nothing was played']
  const head = attributes({
    name: 'run',
    tests: all.length,
    failures: all.length,
    errors: 0,
    skipped: 0,
    time: seconds(0),
    timestamp: startedAt.replace(/\.\d+Z$/, ''),
  })
  const cases = all.map(fault => {
    const failure = `      <failure${attributes({ message: fault, type: 'fault' })}/>\n`
    return `    <testcase${attributes({ classname: 'run', name: fault, time: seconds(0) })}>\n${failure}    </testcase>\n`
  })
  return cases.length === 0 ? '' : `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`
}

function isFailure({ outcome }: CellResult): boolean {
  return isRed(outcome) && outcome !== 'infra-error'
}

function isError({ outcome }: CellResult): boolean {
  return outcome === 'infra-error'
}

function isSkipped({ outcome }: CellResult): boolean {
  return outcome === 'xfail' || outcome === 'skipped' || outcome === 'unsupported'
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3)
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as XML takes it; characters that XML cannot have at all, such as a terminal's colours, are shown as a mark. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, character => ENTITIES[character] as string)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
