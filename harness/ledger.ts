import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import type { CellResult } from '../reports/results.ts'
import schema from '../scenarios/ledger.schema.json' with { type: 'json' }
import { toExpression } from './cell.ts'
import { HarnessError } from './errors.ts'

/** A failure that is known: which cells, why, and what exactly is seen. */
export interface LedgerEntry {
  /** Cell paths; `*` stands for anything within a part, `**` for anything. */
  readonly cells: string
  /** Whose fault it is, and what it consists of. */
  readonly reason: string
  /** Contained in `what: expected …, got …` of the failure; another failure is not excused. */
  readonly failure: string
  /** Where it is discussed or fixed. */
  readonly issue?: string
  /** The last day, `2027-06-30`, on which the entry is believed. */
  readonly expires?: string
}

const validate = new Ajv({ allErrors: true }).compile<LedgerEntry[]>(schema)

/**
 * Reads the ledger of known failures.
 *
 * @throws HarnessError ERR_LEDGER_INVALID
 */
export async function loadLedger(path: string): Promise<LedgerEntry[]> {
  const content: unknown = parse(await readFile(path, 'utf8')) ?? []
  if (!validate(content)) {
    const faults = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    throw new HarnessError('ERR_LEDGER_INVALID', `${path}: ${faults.join('; ')}`)
  }
  return content
}

/** Turns failures that the ledger foretells into expected ones, and passes that it denies into unexpected ones. */
export function judge(cells: readonly CellResult[], ledger: readonly LedgerEntry[]): CellResult[] {
  const entries = ledger.map(entry => ({ ...entry, expression: anchored(entry.cells) }))
  return cells.map(cell => {
    if (cell.outcome !== 'pass' && cell.outcome !== 'fail') return cell
    const known = entries.filter(({ expression }) => expression.test(cell.path))
    if (cell.outcome === 'pass') {
      const denied = known[0]
      return denied === undefined ? cell : { ...cell, outcome: 'xpass', reason: `the ledger expects: ${denied.reason}` }
    }
    const seen = describeFailure(cell)
    const foretold = known.find(({ failure }) => seen.includes(failure))
    return foretold === undefined ? cell : { ...cell, outcome: 'xfail', reason: foretold.reason }
  })
}

/**
 * What is wrong with the ledger itself: entries that no cell of the whole matrix could ever meet, or that are too old.
 *
 * @param paths of all cells; undefined when this run does not know all of them
 */
export function ledgerFaults(ledger: readonly LedgerEntry[], paths: readonly string[] | undefined, at: Date): string[] {
  const today = at.toISOString().slice(0, '2026-11-24'.length)
  return ledger.flatMap(({ cells, expires }) => {
    const expression = anchored(cells)
    return [
      ...(paths?.some(path => expression.test(path)) === false ? [`ledger: "${cells}" matches no cell`] : []),
      ...(expires !== undefined && expires < today ? [`ledger: "${cells}" expired on ${expires}`] : []),
    ]
  })
}

function describeFailure({ failure }: CellResult): string {
  return failure === undefined ? '' : `${failure.what}: expected ${failure.expected}, got ${failure.got}`
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${toExpression(pattern).source})$`)
}
