import type { LogLevel } from './levels.ts'

/** What a line says besides its message, for programs. */
export type LogFields = Readonly<Record<string, unknown>>

/** One thing that happened. */
export interface LogEntry {
  readonly time: Date
  readonly level: LogLevel
  readonly component: string
  readonly message: string
  readonly fields?: LogFields | undefined
}

/** Writes an entry as one line, with its line feed. */
export type LogFormatter = (entry: LogEntry) => string

/** A message, and all fields together, are cut at this many characters: peers and clients choose parts of them. */
const LONGEST_PART = 8192

/** The layout of go's logs: time, level, component, message, and fields as JSON, with tabs between them. */
export const formatText: LogFormatter = ({ time, level, component, message, fields }) => {
  const columns = [isoTime(time), level.toUpperCase(), component, oneLine(cut(message))]
  if (fields !== undefined) columns.push(oneLine(JSON.stringify(bounded(fields), plain)))
  return `${columns.join('\t')}\n`
}

/** One JSON object a line, by the names that go's logs have. */
export const formatJson: LogFormatter = ({ time, level, component, message, fields }) => {
  const head = { level, ts: isoTime(time), logger: component, msg: cut(message) }
  // the head's names come first, and no field hides them
  return `${oneLine(JSON.stringify({ ...head, ...(fields && bounded(fields)), ...head }, plain))}\n`
}

/** Fields too long to keep become one text that is cut, so that the line stays JSON. */
function bounded(fields: LogFields): LogFields {
  const json = JSON.stringify(fields, plain)
  return json.length <= LONGEST_PART ? fields : { cut: cut(json) }
}

/** Peer ids, addresses and the like by their text, errors by their message. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (value instanceof Error) return value.message
  return Object.getPrototypeOf(value) === Object.prototype ? value : String(value)
}

function cut(text: string): string {
  return text.length <= LONGEST_PART ? text : `${text.slice(0, LONGEST_PART)}… (${text.length} characters)`
}

/** Control characters, line and paragraph separators, and those that turn the direction of what a terminal shows. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Keeps an entry on its line, and a terminal from obeying it. In JSON these are inside strings, and mean the same. */
export function oneLine(text: string): string {
  return text.replace(
    UNSAFE,
    character => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Local time with milliseconds and the offset from UTC, as go writes it. */
function isoTime(time: Date): string {
  const offset = -time.getTimezoneOffset()
  if (offset === 0) return time.toISOString()
  const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1)
  const two = (value: number): string => String(value).padStart(2, '0')
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}
