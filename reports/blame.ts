import { type CellResult, isFailed } from './results.ts'

/** Who a failed cell points at, and what that is concluded from. */
export interface Blame {
  /** Names of implementations; several when it takes them all, or when the cells that were played do not tell them apart. */
  readonly suspects: readonly string[]
  /** One sentence that names the evidence. */
  readonly because: string
}

/**
 * Works out whom the failed cells of a run point at, by the cell's path.
 *
 * Whom the ledger names is to blame: somebody has looked. A daemon that did not start, hung up or ended is to blame for that
 * itself. Otherwise an implementation that fails the
 * same check with itself is a suspect, and one that passes it is not. Where this does not decide, an implementation that
 * fails the check in the same role with every other partner is.
 */
export function assignBlame(cells: readonly CellResult[]): ReadonlyMap<string, Blame> {
  const checks = Map.groupBy(cells, ({ scenario, check, stack }) => `${scenario}/${check}/${stack}`)
  const blames = new Map<string, Blame>()
  for (const members of checks.values()) {
    for (const cell of members) if (isFailed(cell.outcome)) blames.set(cell.path, blame(cell, members))
  }
  return blames
}

function blame(cell: CellResult, siblings: readonly CellResult[]): Blame {
  if (cell.faulty !== undefined) return { suspects: cell.faulty, because: `the ledger names ${list(cell.faulty)}` }
  const { role } = cell.failure ?? {}
  const culprit = role === undefined ? undefined : cell.cast[role]
  if (culprit !== undefined) return { suspects: [culprit], because: `as ${role} it did not start, hung up or ended` }

  const names = [...new Set(Object.values(cell.cast))]
  const [only] = names
  if (names.length === 1) return { suspects: names, because: `${only} fails it with itself` }

  const alone = (name: string): CellResult | undefined =>
    siblings.find(sibling => isPlayed(sibling) && Object.values(sibling.cast).every(other => other === name))
  const guilty = names.filter(name => isFailed(alone(name)?.outcome ?? 'skipped'))
  const innocent = names.filter(name => alone(name)?.outcome === 'pass')
  if (guilty.length > 0 && guilty.length + innocent.length === names.length) {
    const others = innocent.length > 0 ? `, ${list(innocent)} ${innocent.length > 1 ? 'pass' : 'passes'}` : ''
    return { suspects: guilty, because: `${list(guilty)} ${guilty.length > 1 ? 'fail' : 'fails'} it alone${others}` }
  }
  return byPartners(cell, siblings, names)
}

/** Nobody fails alone, or nobody was played alone: who fails with everybody else? */
function byPartners(cell: CellResult, siblings: readonly CellResult[], names: readonly string[]): Blame {
  const records = Object.entries(cell.cast).map(([role, name]) => {
    const others = siblings.filter(
      sibling => isPlayed(sibling) && sibling.cast[role] === name && differs(sibling, cell, role),
    )
    return { role, name, others: others.length, failed: others.filter(({ outcome }) => isFailed(outcome)).length }
  })
  const always = records.filter(({ others, failed }) => others > 0 && failed === others)
  const [suspect] = always
  if (suspect !== undefined && always.every(({ name }) => name === suspect.name)) {
    const { name, role, others } = suspect
    return { suspects: [name], because: `${name} as ${role} fails it with ${others} of ${others} other partners` }
  }
  return { suspects: names, because: `${list(names)} disagree, and no other cell tells who is right` }
}

/** Whether the rest of the cast is another one: not the same partners, and not the implementation with itself. */
function differs(sibling: CellResult, cell: CellResult, role: string): boolean {
  return Object.entries(sibling.cast).some(
    ([other, name]) => other !== role && name !== cell.cast[other] && name !== cell.cast[role],
  )
}

function isPlayed({ outcome }: CellResult): boolean {
  return outcome === 'pass' || outcome === 'xpass' || isFailed(outcome)
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names)
}
