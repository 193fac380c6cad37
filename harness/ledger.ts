import { readFile } from 'node:fs/promises'
import { validRange } from 'semver'
import { parse } from 'yaml'
import { type CellResult, formatFailure } from '../reports/results.ts'
import schema from '../scenarios/ledger.schema.json' with { type: 'json' }
import { HarnessError } from './errors.ts'
import { type Accusation, faultySide } from './faulty-side.ts'
import { matcher, type Versioned } from './ledger-matcher.ts'
import { containingInOrder, matching } from './pattern.ts'
import { faultFinder } from './schema.ts'

/** A failure that is known: which cells, why, and what exactly is seen. */
export interface LedgerEntry extends Accusation {
  /** A pattern of whole cell paths; see `pattern.ts`. */
  readonly cells: string
  /** What the fault consists of. */
  readonly reason: string
  /**
   * Contained in the failure's text as reports show it, `what: expected …, got …`, where `*` stands for what differs from
   * cell to cell; another failure is not excused.
   */
  readonly failure: string
  /** The failure depends on the machine, as the reason explains: a pass is no surprise either. */
  readonly mayPass?: boolean
  /**
   * The versions of which it is believed, as npm's ranges, by implementation: `go: <=0.9.2`. Another version is judged
   * as if the entry were not there.
   */
  readonly versions?: Readonly<Record<string, string>>
  /** Where it is discussed or fixed. */
  readonly issue?: string
  /** The last day, `2027-06-30`, on which the entry is believed. */
  readonly expires?: string
}

const findFaults = faultFinder(schema, 'the ledger')

/**
 * Reads the ledger of known failures; an empty file is an empty ledger.
 *
 * @throws HarnessError ERR_LEDGER_INVALID with all faults
 */
export async function loadLedger(path: string): Promise<LedgerEntry[]> {
  let content: unknown
  try {
    content = parse(await readFile(path, 'utf8')) ?? []
  } catch (cause) {
    throw new HarnessError('ERR_LEDGER_INVALID', `${path}: ${(cause as Error).message}`, { cause })
  }
  const misfits = findFaults(content)
  if (misfits.length > 0) throw new HarnessError('ERR_LEDGER_INVALID', `${path}: ${misfits.join('\n  ')}`)
  const ledger = content as LedgerEntry[]
  for (const { cells, versions = {} } of ledger) {
    const wrong = Object.entries(versions).find(([, range]) => validRange(range) === null)
    if (wrong !== undefined) {
      const text = `"${cells}" names ${wrong[0]} ${JSON.stringify(wrong[1])}, which is no range of versions`
      throw new HarnessError('ERR_LEDGER_INVALID', `${path}: ${text}`)
    }
  }
  return ledger
}

/** Turns failures that the ledger foretells into expected ones, and passes that it denies into unexpected ones. */
export function judge(
  cells: readonly CellResult[],
  ledger: readonly LedgerEntry[],
  implementations: readonly Versioned[],
): CellResult[] {
  const entries = ledger.map(entry => ({
    ...entry,
    isMeant: matcher(entry, implementations),
    text: containingInOrder(entry.failure),
  }))
  return cells.map(cell => {
    if (cell.outcome !== 'pass' && cell.outcome !== 'fail') return cell
    const known = entries
      .filter(({ isMeant }) => isMeant(cell.path))
      .map(entry => ({ ...entry, side: faultySide(entry, cell.cast, implementations) }))
      .filter(({ side }) => side !== undefined)
    if (cell.outcome === 'pass') {
      const denied = known.find(({ mayPass }) => mayPass !== true)
      return denied === undefined ? cell : { ...cell, outcome: 'xpass', reason: `the ledger expects: ${denied.reason}` }
    }
    const seen = cell.failure === undefined ? '' : formatFailure(cell.failure)
    const { role } = cell.failure ?? {}
    const culprit = role === undefined ? undefined : cell.cast[role]
    const foretold = known.find(({ text, side }) => text.test(seen) && mayBe(culprit, side))
    if (foretold === undefined) return cell
    const { reason, side: faulty = [] } = foretold
    return { ...cell, outcome: 'xfail', reason, ...(faulty.length > 0 && { faulty }) }
  })
}

/** Whether the daemon that ended or hung up, if one did, is one of those who are known to be at fault, if it is known. */
function mayBe(culprit: string | undefined, side: readonly string[] = []): boolean {
  return culprit === undefined || side.length === 0 || side.includes(culprit)
}

/** Tells whether the ledger has something to say of a cell, by its path. */
export function foretells(
  ledger: readonly LedgerEntry[],
  implementations: readonly Versioned[],
): (path: string) => boolean {
  const matchers = ledger.map(entry => matcher(entry, implementations))
  return path => matchers.some(isMeant => isMeant(path))
}

/**
 * What is wrong with the ledger itself: entries that no cell could ever meet, or that are too old.
 *
 * @param all cells that there are, whether or not they are played
 */
export function ledgerFaults(
  ledger: readonly LedgerEntry[],
  all: readonly Pick<CellResult, 'path' | 'cast'>[],
  at: Date,
): string[] {
  const today = at.toISOString().slice(0, '2026-11-24'.length)
  return ledger.flatMap(entry => {
    const { cells, expires, faulty = [] } = entry
    const expression = matching(cells)
    const meant = all.filter(({ path }) => expression.test(path))
    const isAccused = meant.some(({ cast }) => faultySide(entry, cast, []) !== undefined)
    const accused = [faulty].flat().join(' and ')
    return [
      ...(meant.length > 0 ? [] : [`ledger: "${cells}" matches no cell`]),
      ...(meant.length === 0 || isAccused ? [] : [`ledger: "${cells}" matches no cell that ${accused} plays in`]),
      ...(expires !== undefined && expires < today ? [`ledger: "${cells}" expired on ${expires}`] : []),
    ]
  })
}
