import { satisfies } from 'semver'
import { baseName } from './manifest.ts'
import { matching } from './pattern.ts'

/** An implementation, as far as the ledger cares. */
export interface Versioned {
  /** `go`, or `go@0.4.0` for another version than the usual one. */
  readonly name: string
  readonly version: string
}

/** What an entry of the ledger says of the cells that it means. */
export interface Meaning {
  readonly cells: string
  readonly versions?: Readonly<Record<string, string>>
}

/**
 * Makes a function that tells whether an entry of the ledger means a cell, by its path.
 *
 * In the pattern `go` stands for every version of go in the entry's range, all of them unless it gives one, and for no
 * other; a pattern with a version, as `go@0.4.0`, means that one. An entry that limits an implementation means no cell in
 * which that plays in other versions only.
 */
export function matcher(
  { cells, versions = {} }: Meaning,
  implementations: readonly Versioned[],
): (path: string) => boolean {
  const expression = matching(cells)
  const players = implementations.map(({ name, version }) => {
    const base = baseName(name)
    const believed = isBelieved({ name, version }, versions)
    const inPath = new RegExp(`(?<=[:+])${RegExp.escape(name)}(?=[+/])`, 'g')
    return { name, base, believed, inPath, alias: believed ? base : `${base}@${version}` }
  })
  const renamed = cells.includes('@') ? [] : players.filter(({ name, alias }) => name !== alias)
  const isExcluded = (path: string): boolean =>
    Object.keys(versions).some(limited => {
      const cast = players.filter(({ base, inPath }) => base === limited && path.search(inPath) !== -1)
      return cast.length > 0 && !cast.some(({ believed }) => believed)
    })
  return path =>
    expression.test(renamed.reduce((text, { inPath, alias }) => text.replace(inPath, alias), path)) && !isExcluded(path)
}

/** Whether an implementation is in the range of versions that an entry gives for it, if it gives one. */
export function isBelieved({ name, version }: Versioned, versions: Readonly<Record<string, string>>): boolean {
  const range = versions[baseName(name)]
  return range === undefined || satisfies(version, range, { includePrerelease: true, loose: true })
}
