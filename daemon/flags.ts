import { formatDuration, parseBool, parseDuration, parseInt64, parseUint64 } from './flag-values.ts'

/**
 * Command-line flags with the semantics, the texts and the usage layout of go's `flag` package, so that whatever starts
 * go-libp2p-daemon starts this one: `-x v`, `-x=v` and `--x` are the same, a boolean takes its value only behind `=`,
 * the last of several wins, and everything from the first word that is not a flag is left alone.
 */

/** What reads, names and prints the values of one kind of flag. */
interface FlagKind<Value> {
  /** How the usage text calls the value; a boolean is not followed by one. */
  readonly label: string
  /** Undefined when the text is malformed; a RangeError when the number is too large. */
  parse(text: string): Value | undefined
  /** The default as the usage text shows it; undefined for the zero value, which it leaves out. */
  format(value: Value): string | undefined
}

/** One row of a table of flags. */
export interface Flag<Value> {
  readonly kind: FlagKind<Value>
  readonly default: Value
  readonly usage: string
}

/** A program's flags by name. */
export type FlagTable = Readonly<Record<string, Flag<unknown>>>

/** The values of those flags of a table that were given on the command line. */
export type GivenFlags<Table extends FlagTable> = { readonly [Name in keyof Table]?: Table[Name]['default'] }

const number = (label: string, parse: FlagKind<number>['parse']): FlagKind<number> => ({
  label,
  parse,
  format: value => (value === 0 ? undefined : String(value)),
})

const BOOL: FlagKind<boolean> = { label: '', parse: parseBool, format: value => (value ? 'true' : undefined) }
const STRING: FlagKind<string> = {
  label: 'string',
  parse: text => text,
  format: value => (value === '' ? undefined : JSON.stringify(value)),
}
const LIST: FlagKind<readonly string[]> = {
  label: 'string',
  parse: text => (text === '' ? [] : text.split(',')),
  format: value => STRING.format(value.join(',')),
}
const INT = number('int', parseInt64)
const UINT = number('uint', parseUint64)
const DURATION: FlagKind<number> = {
  label: 'duration',
  parse: parseDuration,
  format: value => (value === 0 ? undefined : formatDuration(value)),
}

const flag =
  <Value>(kind: FlagKind<Value>) =>
  (value: Value, usage: string): Flag<Value> => ({ kind, default: value, usage })

/** The rows of a table: each takes the default and the usage text. */
export const bool = flag(BOOL)
export const string = flag(STRING)
/** Words separated by commas, without spaces; the empty text is the empty list. */
export const list = flag(LIST)
export const int = flag(INT)
export const uint = flag(UINT)
/** A length of time in milliseconds. */
export const duration = flag(DURATION)

export type FlagErrorCode =
  /** `-h` or `-help`: not a fault, the usage is wanted. */
  | 'ERR_FLAG_HELP'
  /** Not the shape of a flag, such as `---x`. */
  | 'ERR_FLAG_SYNTAX'
  /** No such flag in the table. */
  | 'ERR_FLAG_UNKNOWN'
  /** The flag takes a value and is the last word. */
  | 'ERR_FLAG_VALUE_MISSING'
  /** The value is not of the flag's type. */
  | 'ERR_FLAG_VALUE_INVALID'

/** Why a command line cannot be followed, in go's words. */
export class FlagError extends Error {
  override readonly name = 'FlagError'
  readonly code: FlagErrorCode

  constructor(code: FlagErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

const FLAG = /^--?(?<name>[^-=][^=]*)(?:=(?<value>.*))?$/s

/**
 * Reads the flags at the start of a command line, given without the program's name.
 *
 * @throws FlagError what is wrong with the first flag that cannot be read
 */
export function parseFlags<Table extends FlagTable>(table: Table, words: readonly string[]): GivenFlags<Table> {
  const given: Record<string, unknown> = {}
  const rest = words.values()
  for (const word of rest) {
    if (word === '--' || word.length < 2 || !word.startsWith('-')) break
    const match = FLAG.exec(word)?.groups as { name: string; value?: string } | undefined
    if (match === undefined) throw new FlagError('ERR_FLAG_SYNTAX', `bad flag syntax: ${word}`)
    const { name } = match
    const entry = Object.hasOwn(table, name) ? table[name] : undefined
    if (entry === undefined) throw unknownFlag(name)
    const text = match.value ?? (entry.kind === BOOL ? 'true' : rest.next().value)
    if (text === undefined) throw new FlagError('ERR_FLAG_VALUE_MISSING', `flag needs an argument: -${name}`)
    given[name] = parseValue(name, entry.kind, text)
  }
  return given as GivenFlags<Table>
}

function unknownFlag(name: string): FlagError {
  if (name === 'h' || name === 'help') return new FlagError('ERR_FLAG_HELP', 'flag: help requested')
  return new FlagError('ERR_FLAG_UNKNOWN', `flag provided but not defined: -${name}`)
}

function parseValue<Value>(name: string, kind: FlagKind<Value>, text: string): Value {
  const invalid = (reason: string): FlagError => {
    const value = JSON.stringify(text)
    const what = kind === BOOL ? `boolean value ${value} for` : `value ${value} for flag`
    return new FlagError('ERR_FLAG_VALUE_INVALID', `invalid ${what} -${name}: ${reason}`)
  }
  let value: Value | undefined
  try {
    value = kind.parse(text)
  } catch (error) {
    if (error instanceof RangeError) throw invalid('value out of range')
    throw error
  }
  if (value === undefined) throw invalid('parse error')
  return value
}

/** The text behind `-help`, laid out as go's `flag.PrintDefaults` does. */
export function usage(program: string, table: FlagTable): string {
  const lines = Object.entries(table)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { kind, default: value, usage }]) => {
      const head = kind.label === '' ? `  -${name}` : `  -${name} ${kind.label}`
      // A one-letter boolean is short enough to share its line; four spaces align the rest at any tab width.
      const gap = head.length <= 4 ? '\t' : '\n    \t'
      const shown = kind.format(value)
      return `${head}${gap}${usage}${shown === undefined ? '' : ` (default ${shown})`}\n`
    })
  return `Usage of ${program}:\n${lines.join('')}`
}
