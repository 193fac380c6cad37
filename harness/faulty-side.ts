import { isBelieved, type Versioned } from './ledger-matcher.ts'
import { baseName } from './manifest.ts'

/** Whom an entry of the ledger puts a failure down to. */
export interface Accusation {
  /**
   * `go`, whatever it plays; `publisher:go`, where another version of it may be cast beside it that is not at fault; a list
   * when the failure takes several, each of which does something wrong.
   */
  readonly faulty?: string | readonly string[]
  readonly versions?: Readonly<Record<string, string>>
}

/**
 * Who of a cell's cast is at fault, by an entry of the ledger: `go` is every version of it of which the entry is believed.
 *
 * @returns names of the cast, none if the entry names nobody; undefined if somebody whom it names is not cast, so that the
 * failure must be another one
 */
export function faultySide(
  { faulty = [], versions = {} }: Accusation,
  cast: Readonly<Record<string, string>>,
  implementations: readonly Versioned[],
): readonly string[] | undefined {
  const sides = [faulty].flat().map(side => {
    const [who, role] = side.split(':').toReversed()
    return Object.entries(cast)
      .filter(([played, name]) => (role ?? played) === played && isMeant(name, who as string))
      .map(([, name]) => name)
  })
  return sides.some(names => names.length === 0) ? undefined : [...new Set(sides.flat())]

  function isMeant(name: string, who: string): boolean {
    if (who.includes('@')) return name === who
    const known = implementations.find(other => other.name === name)
    return baseName(name) === who && (known === undefined || isBelieved(known, versions))
  }
}
