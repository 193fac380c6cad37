/**
 * Patterns. In those of cells, of `--filter` and of the ledger, `*` stands for anything within one part of a path, `**` for
 * anything at all, and every other character for itself.
 */

/** Matches the paths that contain the pattern somewhere. */
export function containing(pattern: string): RegExp {
  return new RegExp(toSource(pattern))
}

/** Matches the paths that the pattern describes from their beginning to their end. */
export function matching(pattern: string): RegExp {
  return new RegExp(`^${toSource(pattern)}$`)
}

/** Matches the texts that contain, in this order, what is between the `*` of a pattern. */
export function containingInOrder(pattern: string): RegExp {
  return new RegExp(pattern.split('*').map(RegExp.escape).join('.*'))
}

function toSource(pattern: string): string {
  return pattern
    .split(/(\*\*|\*)/)
    .map(part => (part === '**' ? '.*' : part === '*' ? '[^/]*' : RegExp.escape(part)))
    .join('')
}
