import { assignBlame } from './blame.ts'
import { formatFailure, isRed, oneLine, type Results } from './results.ts'

/** GitHub shows ten annotations of a kind a step, and no more. */
const MOST = 10

/** Workflow commands that make GitHub annotate a run: an error a red cell or fault, the rest counted. */
export function renderAnnotations({ cells, faults }: Results): string {
  const blames = assignBlame(cells)
  const red = cells.filter(({ outcome }) => isRed(outcome))
  const annotations = [
    ...faults.map(fault => annotate('Scenario run', oneLine(fault))),
    ...red.map(({ path, outcome, failure, reason }) => {
      const blame = blames.get(path)
      const texts = [failure && formatFailure(failure), reason, blame && `points at ${blame.suspects.join(', ')}`]
      return annotate(`${outcome}: ${path}`, texts.filter(text => text !== undefined).join('; '))
    }),
  ]
  if (annotations.length <= MOST) return annotations.join('')
  const rest = annotations.length - MOST + 1
  return [...annotations.slice(0, MOST - 1), annotate('Scenarios', `${rest} more need looking at`)].join('')
}

function annotate(title: string, message: string): string {
  return `::error title=${escapeProperty(title)}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
