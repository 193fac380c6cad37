import { assignBlame, type Blame } from '../blame.ts'
import { type CellResult, isFailed, type ReportedImplementation, type Results } from '../results.ts'
import { type Fault, gatherFaults } from './faults.ts'

/** How much worked of what was played. */
export interface Score {
  readonly works: number
  readonly played: number
  /** Whether something failed that nobody foretold. */
  readonly surprising: boolean
}

/** How an implementation does in one scenario: with itself alone, with each partner, and altogether. */
export interface Area {
  readonly name: string
  readonly alone: Score
  /** In the order of the account's partners; a cell with several of them counts for each. */
  readonly withPartners: readonly Score[]
  readonly all: Score
}

/** Everything that a run says of one implementation, for those who maintain it. */
export interface Account {
  readonly implementation: ReportedImplementation
  readonly partners: readonly string[]
  readonly areas: readonly Area[]
  readonly total: Score
  /** Failures that point at this implementation and nobody else, or that the ledger puts down to it. */
  readonly faults: readonly Fault[]
  /** Failures that point at this implementation as much as at another. */
  readonly unsettled: readonly Fault[]
  /** How many cells it played a part in whose failure points at others. */
  readonly faultsOfOthers: number
  /** How many cells were not played for its sake, by reason, where its capabilities do not say so already. */
  readonly unplayed: ReadonlyMap<string, number>
}

/**
 * Draws up the account of one implementation of a run.
 *
 * @param blames whom the run's failures point at: found once where there are several accounts to draw up
 */
export function drawAccount(
  results: Results,
  implementation: ReportedImplementation,
  blames: ReadonlyMap<string, Blame> = assignBlame(results.cells),
): Account {
  const { cells } = results
  const { name } = implementation
  const mine = cells.filter(({ cast }) => Object.values(cast).includes(name))
  const partners = results.implementations.map(other => other.name).filter(other => other !== name)
  const failed = mine.filter(({ outcome }) => isFailed(outcome))
  const suspects = (cell: CellResult): readonly string[] => (blames.get(cell.path) as Blame).suspects
  const isAccused = (cell: CellResult): boolean => suspects(cell).includes(name)
  const isSettled = (cell: CellResult): boolean => cell.faulty !== undefined || suspects(cell).length === 1
  const settled = failed.filter(cell => isAccused(cell) && isSettled(cell))
  const unsettled = failed.filter(cell => isAccused(cell) && !isSettled(cell))
  return {
    implementation,
    partners,
    areas: [...Map.groupBy(mine, ({ scenario }) => scenario)]
      .map(([area, members]) => ({
        name: area,
        alone: score(members.filter(({ cast }) => Object.values(cast).every(other => other === name))),
        withPartners: partners.map(partner =>
          score(members.filter(({ cast }) => Object.values(cast).includes(partner))),
        ),
        all: score(members),
      }))
      .filter(({ all }) => all.played > 0),
    total: score(mine),
    faults: gatherFaults(settled, cells, blames),
    unsettled: gatherFaults(unsettled, cells, blames),
    faultsOfOthers: failed.length - settled.length - unsettled.length,
    unplayed: whyUnplayed(mine, implementation),
  }
}

function score(cells: readonly CellResult[]): Score {
  const failed = cells.filter(({ outcome }) => isFailed(outcome))
  const works = cells.filter(({ outcome }) => outcome === 'pass' || outcome === 'xpass').length
  return {
    works,
    played: works + failed.length,
    surprising: failed.some(({ outcome }) => outcome !== 'xfail'),
  }
}

/** Only reasons that are about this implementation: those about its partners are in their accounts. */
function whyUnplayed(
  cells: readonly CellResult[],
  { title, capabilities = [] }: ReportedImplementation,
): ReadonlyMap<string, number> {
  const declared = new Set(
    capabilities.map(({ feature, missing }) => `${title} does not support ${feature}: ${missing}`),
  )
  const reasons = cells
    .filter(({ outcome }) => outcome === 'unsupported' || outcome === 'skipped')
    .map(({ reason = '' }) => reason)
    .filter(reason => reason.startsWith(`${title} `) && !declared.has(reason))
  return new Map([...Map.groupBy(reasons, reason => reason)].map(([reason, all]) => [reason, all.length]))
}
