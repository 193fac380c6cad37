/** Where a command tells how far it is. */
export interface ProgressLine {
  /**
   * @param milestone whether it is worth a line of its own where lines cannot be written again, as in a CI log
   * @param details further lines, for a terminal, which has room for as many as it is told
   */
  show(text: string, milestone: boolean, details?: (size: { columns: number; rows: number }) => readonly string[]): void
  /** Makes room for other output. */
  clear(): void
}

/** The part of a standard stream that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

const DEFAULT_COLUMNS = 80
const DEFAULT_ROWS = 24

/** On a terminal a few lines that change; elsewhere a line at every milestone. */
export function progressLine(stream: ProgressStream): ProgressLine {
  if (stream.isTTY !== true) {
    return {
      show: (text, milestone) => void (milestone && stream.write(`${text}\n`)),
      clear: () => undefined,
    }
  }
  let lines = 0
  const clear = (): void => {
    // to the first of our lines, and away with all from there on
    if (lines > 0) stream.write(`\r${lines > 1 ? `\x1b[${lines - 1}A` : ''}\x1b[J`)
    lines = 0
  }
  return {
    show(text, _milestone, details) {
      // a line that wraps could not be cleared
      const columns = (stream.columns ?? DEFAULT_COLUMNS) - 1
      const rows = (stream.rows ?? DEFAULT_ROWS) - 1
      const all = [...(details?.({ columns, rows: rows - 1 }).slice(0, rows - 1) ?? []), text]
      clear()
      stream.write(all.map(line => line.slice(0, columns)).join('\n'))
      lines = all.length
    },
    clear,
  }
}
