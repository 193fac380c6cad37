import type { Readable } from 'node:stream'

/** One line that a process wrote. */
export interface OutputLine {
  /** Milliseconds since the Unix epoch, with fractions: lines of several processes can be merged by it. */
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  /** Without its line end. */
  readonly text: string
}

/** How much is kept, in characters; when it is exceeded the older half goes. */
const LIMIT = 1024 * 1024

/** Longer lines are cut into lines of this length, so that a process that never ends a line is bounded too. */
const MAX_LINE_LENGTH = 64 * 1024

const DEFAULT_TAIL = 20

/** How many lines of a process's first and last ones say what became of it. */
const GIST = 5

/** What a process wrote lately, by line, in bounded memory. */
export class Output {
  #lines: OutputLine[] = []
  #size = 0
  readonly #onLine: ((line: OutputLine) => void) | undefined

  /** @param onLine is given every line as it is completed, also those that are later dropped */
  constructor(onLine?: (line: OutputLine) => void) {
    this.#onLine = onLine
  }

  get lines(): readonly OutputLine[] {
    return this.#lines
  }

  /** The text of the last lines, to end an error message with. */
  tail(count = DEFAULT_TAIL): string {
    return this.#lines
      .slice(-count)
      .map(line => line.text)
      .join('\n')
  }

  /** The text of the first lines and the last: what was wrong comes before a page of usage, or after many notices. */
  gist(): string {
    const texts = this.#lines.map(({ text }) => text).filter(text => text.trim() !== '')
    const left = texts.length - 2 * GIST
    if (left <= 0) return texts.join('\n')
    return [...texts.slice(0, GIST), `… ${left} lines more …`, ...texts.slice(-GIST)].join('\n')
  }

  /** Reads a stream of the process to its end. */
  collect(readable: Readable, stream: OutputLine['stream']): void {
    let partial = ''
    readable.setEncoding('utf8')
    readable.on('data', (chunk: string) => {
      const lines = (partial + chunk).split('\n')
      partial = lines.pop() as string
      for (const text of lines) this.add(stream, text.endsWith('\r') ? text.slice(0, -1) : text)
      while (partial.length > MAX_LINE_LENGTH) {
        this.add(stream, partial.slice(0, MAX_LINE_LENGTH))
        partial = partial.slice(MAX_LINE_LENGTH)
      }
    })
    readable.once('close', () => {
      if (partial !== '') this.add(stream, partial)
    })
  }

  /** Takes a line. */
  add(stream: OutputLine['stream'], text: string): void {
    const line = { at: performance.timeOrigin + performance.now(), stream, text }
    this.#lines.push(line)
    this.#size += sizeOf(line)
    if (this.#size > LIMIT) this.#dropOlderHalf()
    this.#onLine?.(line)
  }

  /** Half at a time, so that a process that floods does not make each of its lines cost a shift of all others. */
  #dropOlderHalf(): void {
    let dropped = 0
    while (this.#size > LIMIT / 2) this.#size -= sizeOf(this.#lines[dropped++] as OutputLine)
    this.#lines = this.#lines.slice(dropped)
  }
}

/** Counts the line end, so that a flood of empty lines is bounded as well. */
function sizeOf(line: OutputLine): number {
  return line.text.length + 1
}
