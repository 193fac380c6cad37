import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the documents are. */
export const ROOT = join(import.meta.dirname, '../..')

/** A table of a document. */
export interface Table {
  /** The last heading before it, or the words in bold with which the paragraph before it begins. */
  readonly title: string
  /** What its columns are called. */
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The tables of a document, by its path from the repository. */
export async function tablesOf(path: string): Promise<Table[]> {
  return parseTables(await readFile(join(ROOT, path), 'utf8'))
}

/** The tables in a text, in their order. */
export function parseTables(text: string): Table[] {
  const tables: { title: string; head: string[]; rows: string[][] }[] = []
  let title = ''
  let open = false
  for (const line of text.split('\n')) {
    const heading = /^#+ (.*)$/.exec(line) ?? /^\*\*(.*?)\*\*/.exec(line)
    if (heading !== null) title = plain(heading[1] as string)
    if (!line.startsWith('|')) {
      open = false
      continue
    }
    const cells = cellsOf(line)
    if (!open) tables.push({ title, head: cells, rows: [] })
    else if (!cells.every(cell => /^:?-+:?$/.test(cell))) tables.at(-1)?.rows.push(cells)
    open = true
  }
  return tables
}

/** The cells of a row; a bar within one is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim().replaceAll('\\|', '|'))
}

/** Without the marks of code. */
export function plain(text: string): string {
  return text.replaceAll('`', '')
}

/** The pieces of code in a cell, in their order. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code as string)
}

/** A link within a document. */
export interface Link {
  readonly text: string
  readonly target: string
}

/** The links in a text, in their order; those in code are none. */
export function linksIn(text: string): Link[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g)].map(([, link, target]) => ({
    text: link as string,
    target: target as string,
  }))
}
