/** What all label values beyond the bound are counted under. */
const OTHER = 'other'

/** Longer values are cut at this many characters. */
const LONGEST_VALUE = 128

/**
 * Keeps a label that clients or peers choose from growing metrics without limit: the first values that are met keep
 * their own series, all later ones share one.
 */
export function createLabelBound(limit = 100): (value: string) => string {
  const known = new Set<string>()
  return value => {
    const label = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value
    if (known.has(label)) return label
    if (known.size >= limit) return OTHER
    known.add(label)
    return label
  }
}
