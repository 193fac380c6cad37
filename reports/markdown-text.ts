import { oneLine } from './results.ts'

/** A row of a table; the columns are Markdown already. */
export function renderRow(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |\n`
}

/** What somebody else wrote, as text in one line and nothing else: neither markup, nor the end of a table's column. */
export function escapeText(text: string): string {
  return oneLine(text).replace(/[\\`*_<>[\]|]/g, character => `\\${character}`)
}

/** A text of several lines as it is, whatever backticks are in it. */
export function renderCode(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text.trimEnd()}\n${fence}\n`
}
