import { type CellResult, formatCast } from '../results.ts'
import type { Fault } from './faults.ts'

/** Checks that a heading names before it counts the rest. */
const MOST_NAMED = 3

/** A heading for a fault: the checks that show it. */
export function nameFault({ checks }: Fault): string {
  const named = checks.slice(0, MOST_NAMED).join(', ')
  return checks.length > MOST_NAMED ? `${named} and ${checks.length - MOST_NAMED} more` : named
}

/** A cell in words, without what its path says twice. */
export function describeCell(cell: CellResult): string {
  return `${cell.scenario}/${cell.check}, ${formatCast(cell)}, ${cell.stack}`
}
