/** How many edits a misspelt name may be away from what was meant, in relation to its length. */
const TOLERANCE = 0.5

/** Writes `; did you mean "x"?` when one of the names is close to the word, else nothing: the tail of a message. */
export function didYouMean(word: string, names: Iterable<string>): string {
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase())
    if (best === undefined || distance < best.distance) best = { name, distance }
  }
  if (best === undefined || best.distance > Math.max(word.length, best.name.length) * TOLERANCE) return ''
  return `; did you mean "${best.name}"?`
}

/** Levenshtein's distance: insertions, deletions and replacements count one each. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1]
    for (let column = 0; column < to.length; column++) {
      const replaced = (previous[column] as number) + (character === to[column] ? 0 : 1)
      const deleted = (previous[column + 1] as number) + 1
      const inserted = (current[column] as number) + 1
      current.push(Math.min(replaced, deleted, inserted))
    }
    previous = current
  }
  return previous[to.length] as number
}
