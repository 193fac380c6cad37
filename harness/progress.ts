/** Where a command tells how far it is. */
export interface ProgressLine {
  /** @param milestone whether it is worth a line of its own where lines cannot be written again, as in a CI log */
  show(text: string, milestone: boolean): void
  /** Makes room for other output. */
  clear(): void
}

/** The part of a standard stream that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const DEFAULT_COLUMNS = 80
const CLEAR_LINE = '\r\x1b[K'

/** On a terminal one line that changes; elsewhere a line at every milestone. */
export function progressLine(stream: ProgressStream): ProgressLine {
  if (stream.isTTY !== true) {
    return {
      show: (text, milestone) => void (milestone && stream.write(`${text}\n`)),
      clear: () => undefined,
    }
  }
  return {
    // a line that wraps could not be cleared
    show: text => void stream.write(CLEAR_LINE + text.slice(0, (stream.columns ?? DEFAULT_COLUMNS) - 1)),
    clear: () => void stream.write(CLEAR_LINE),
  }
}
