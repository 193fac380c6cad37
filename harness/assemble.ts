import { availableParallelism } from 'node:os'
import { Ajv } from 'ajv'
import schema from '../reports/results.schema.json' with { type: 'json' }
import type { Capability, CellResult, ReportedImplementation, Results, Shard } from '../reports/results.ts'
import type { Cell, Unplayed } from './cell.ts'
import { evidencePath } from './evidence.ts'
import { type Feature, features, type Unsupported } from './features.ts'
import type { Implementation, MissingImplementation, Runtime } from './implementation.ts'
import { judge, type LedgerEntry } from './ledger.ts'
import type { Played } from './plan.ts'
import { formatStack } from './stack.ts'

/** Everything that is known at the end of a run. */
export interface Account {
  readonly startedAt: Date
  readonly endedAt: Date
  readonly implementations: readonly (Implementation | MissingImplementation)[]
  readonly cells: readonly Cell[]
  /** By path: the cells that could not be played, and what the others came to. A cell in neither was cut off. */
  readonly unplayed: ReadonlyMap<string, Unplayed>
  readonly played: ReadonlyMap<string, Played>
  readonly ledger: readonly LedgerEntry[]
  readonly faults: readonly string[]
  readonly seed: number
  readonly shard: Shard | undefined
  readonly runtime?: Runtime
}

/** Puts the results of a run together, and judges them by the ledger. */
export function assembleResults(account: Account): Results {
  const { startedAt, endedAt, implementations, cells, unplayed, played, ledger, faults, seed, shard } = account
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationMs: endedAt.getTime() - startedAt.getTime(),
    seed,
    ...(shard && { shard }),
    ...(account.runtime === 'container' && { runtime: account.runtime }),
    machine: {
      os: process.platform,
      arch: process.arch,
      node: process.version,
      cpus: availableParallelism(),
    },
    implementations: implementations.map(toReported),
    cells: judge(
      cells.map(cell => toResult(cell, unplayed.get(cell.path), played.get(cell.path))),
      ledger,
      implementations,
    ),
    faults,
  }
}

const validate = new Ajv({ allErrors: true }).compile(schema)

/** Insists that results are as their schema says: a mistake here would be read by others as a fact. */
export function assertResults(results: unknown): asserts results is Results {
  if (!validate(results)) throw new TypeError(`results do not follow their schema: ${JSON.stringify(validate.errors)}`)
}

const CUT_OFF: Played = {
  outcome: 'infra-error',
  durationMs: 0,
  failure: { what: 'the cell', expected: 'a verdict', got: 'none: it was cut off' },
}

function toResult(cell: Cell, unplayed: Unplayed | undefined, played: Played = CUT_OFF): CellResult {
  const { path, scenario, check, title, cast, network } = cell
  const identity = { path, scenario, check, title, cast, ...(network && { network }), stack: formatStack(cell.stack) }
  if (unplayed !== undefined) return { ...identity, ...unplayed, durationMs: 0 }
  return { ...identity, ...played, evidence: evidencePath(path) }
}

function toReported(implementation: Implementation | MissingImplementation): ReportedImplementation {
  const { name, title, version, homepage, unsupported } = implementation
  return {
    name,
    title,
    version,
    ...(homepage !== undefined && { homepage }),
    ...(unsupported && { capabilities: describeCapabilities(unsupported) }),
    ...(implementation.status === 'missing' && { missing: implementation.reason }),
  }
}

function describeCapabilities(unsupported: readonly Unsupported[]): Capability[] {
  const reasons = new Map(unsupported.map(({ feature, reason }) => [feature, reason]))
  return Object.entries(features).flatMap(([axis, members]) =>
    members.map((feature: Feature) => {
      const missing = reasons.get(feature)
      return { axis, feature, ...(missing !== undefined && { missing }) }
    }),
  )
}
