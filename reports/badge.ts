import { isFailed, type Results } from './results.ts'

/** What a badge service reads from an address to draw a badge: shields.io's endpoint schema, version 1. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
}

/**
 * A badge for an implementation: in how many of the cells that it played a part in did everything work? Failures count
 * whether they were foretold or not; what it declares not to support does not.
 */
export function renderBadge({ cells }: Results, name: string): Badge {
  const mine = cells.filter(({ cast }) => Object.values(cast).includes(name))
  const failed = mine.filter(({ outcome }) => isFailed(outcome)).length
  const passed = mine.filter(({ outcome }) => outcome === 'pass' || outcome === 'xpass').length
  const played = passed + failed
  const message = played === 0 ? 'not played' : `${passed}/${played}`
  return { schemaVersion: 1, label: `libp2p interop: ${name}`, message, color: colorOf(passed, played) }
}

function colorOf(passed: number, played: number): string {
  if (played === 0) return 'lightgrey'
  if (passed === played) return 'brightgreen'
  return passed / played >= 0.9 ? 'yellow' : 'red'
}
