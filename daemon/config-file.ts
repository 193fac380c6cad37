import { didYouMean } from '../names/nearest.ts'
import { ConfigError } from './failure.ts'

/**
 * go-libp2p-daemon's JSON configuration: its fields by go's names and types, read with the leniency (letter case and
 * unknown keys do not matter, null means nothing said) and the error texts of go's `encoding/json`.
 */

/** The fields that go knows, and more. The leaves are go's type names, as its errors print them. */
export const FIELDS = {
  ListenAddr: 'string',
  Quiet: 'bool',
  ID: 'string',
  Bootstrap: { Enabled: 'bool', Peers: 'config.MaddrArray' },
  DHT: { Mode: 'string' },
  ConnectionManager: { Enabled: 'bool', LowWaterMark: 'int', HighWaterMark: 'int', GracePeriod: 'time.Duration' },
  QUIC: 'bool',
  NatPortMap: 'bool',
  PubSub: {
    Enabled: 'bool',
    Router: 'string',
    Sign: 'bool',
    SignStrict: 'bool',
    GossipSubHeartbeat: { Interval: 'time.Duration', InitialDelay: 'time.Duration' },
  },
  Relay: {
    Enabled: 'bool',
    Active: 'bool',
    Hop: 'bool',
    Discovery: 'bool',
    Auto: 'bool',
    HopLimit: 'int',
    Relays: 'config.MaddrArray',
    CircuitsPerPeer: 'uint',
    HolePunching: 'bool',
    Reservations: 'uint',
    ReservationTTL: 'time.Duration',
    DataLimit: 'uint',
    TimeLimit: 'time.Duration',
  },
  AutoNat: 'bool',
  HostAddresses: 'config.MaddrArray',
  AnnounceAddresses: 'config.MaddrArray',
  NoListen: 'bool',
  MetricsAddress: 'string',
  PProf: { Enabled: 'bool', Port: 'uint' },
  Security: { Noise: 'bool', TLS: 'bool', Plaintext: 'bool' },
  Echo: 'bool',
  // this daemon's own, as are the last seven of Relay
  Peerstore: 'string',
  PSK: 'string',
  Log: { Levels: 'string', Format: 'string' },
  SocketMode: 'string',
  Limits: {
    Connections: 'uint',
    Streams: 'uint',
    ControlConnections: 'uint',
    Handlers: 'uint',
    ConnectionMemory: 'uint',
  },
} as const

export interface ScalarTypes {
  bool: boolean
  string: string
  int: number
  uint: number
  /** Nanoseconds. */
  'time.Duration': number
  /** Multiaddrs in text form. */
  'config.MaddrArray': readonly string[]
}

export type Struct = { readonly [name: string]: keyof ScalarTypes | Struct }

type Decoded<Fields> = {
  readonly [Name in keyof Fields]?: Fields[Name] extends keyof ScalarTypes
    ? ScalarTypes[Fields[Name]]
    : Decoded<Fields[Name]>
}

/** What a JSON configuration says; what it leaves out is undefined. */
export type ConfigFile = Decoded<typeof FIELDS>

/**
 * Reads a JSON configuration. Keys that mean nothing are passed over, as in go; each is described to `onProblem`.
 *
 * @throws ConfigError `unexpected end of JSON input`, `json: cannot unmarshal string into Go struct field …`
 */
export function decodeConfigFile(text: string, onProblem: OnProblem = () => {}): ConfigFile {
  const value = parseJson(text)
  if (value === null) return {}
  if (!isObject(value)) throw mismatch(value, 'value', 'config.defaultConfig')
  return decodeStruct(FIELDS, value, 'defaultConfig', [], onProblem)
}

type OnProblem = (problem: string) => void

function decodeStruct(
  fields: Struct,
  value: object,
  type: string,
  path: readonly string[],
  onProblem: OnProblem,
): Record<string, unknown> {
  const names = new Map(Object.keys(fields).map(name => [name.toLowerCase(), name]))
  const decoded: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    const name = names.get(key.toLowerCase())
    if (name === undefined) {
      const hint = didYouMean(key, Object.keys(fields))
      // where the schema is, for editors
      if (key !== '$schema') onProblem(`unknown configuration key ${JSON.stringify([...path, key].join('.'))}${hint}`)
      continue
    }
    if (item === null) continue
    const field = fields[name] as keyof ScalarTypes | Struct
    const fieldPath = [...path, name]
    const place = `struct field ${type}.${fieldPath.join('.')}`
    if (typeof field === 'string') {
      decoded[name] = decodeScalar(field, item, place)
    } else {
      if (!isObject(item)) throw mismatch(item, place, `config.${name}`)
      decoded[name] = decodeStruct(field, item, name, fieldPath, onProblem)
    }
  }
  return decoded
}

function decodeScalar(type: keyof ScalarTypes, value: unknown, place: string): unknown {
  if (type === 'config.MaddrArray') {
    // One address alone is taken as well; go reads neither form, though its documentation promises the array.
    const items = typeof value === 'string' ? [value] : value
    if (Array.isArray(items) && items.every(item => typeof item === 'string')) return items
    throw mismatch(value, place, type)
  }
  if (type === 'bool' || type === 'string') {
    if (typeof value === (type === 'bool' ? 'boolean' : 'string')) return value
    throw mismatch(value, place, type)
  }
  if (!(value instanceof NumberLiteral)) throw mismatch(value, place, type)
  const integer = type === 'uint' ? /^\d+$/ : /^-?\d+$/
  const number = Number(value.text)
  if (!integer.test(value.text) || !Number.isSafeInteger(number)) throw mismatch(value, place, type, ` ${value.text}`)
  return number
}

/** A number as it is written: to go `1.0` and `1e2` are no integers, and its errors repeat them. */
class NumberLiteral {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral)
}

function mismatch(value: unknown, place: string, type: string, literal = ''): ConfigError {
  return new ConfigError(`json: cannot unmarshal ${kindOf(value)}${literal} into Go ${place} of type ${type}`)
}

function kindOf(value: unknown): string {
  if (value instanceof NumberLiteral) return 'number'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** V8's complaints about malformed JSON, and the words in which go makes the same one about the same character. */
const COMPLAINTS: readonly (readonly [v8: RegExp, go: string])[] = [
  [/^Unexpected token/, 'looking for beginning of value'],
  [/^Unexpected non-whitespace character after JSON/, 'after top-level value'],
  [/^Expected property name|^Expected double-quoted property name/, 'looking for beginning of object key string'],
  [/^Expected ':' after property name/, 'after object key'],
  [/^Expected ',' or '}' after property value|^Unexpected number/, 'after object key:value pair'],
  [/^Expected ',' or ']' after array element/, 'after array element'],
  [/^Bad control character in string literal/, 'in string literal'],
  [/^Bad escaped character/, 'in string escape code'],
  [/^Bad Unicode escape/, 'in \\u hexadecimal character escape'],
  [/^No number after minus sign/, 'in numeric literal'],
  [/^Unterminated fractional number/, 'after decimal point in numeric literal'],
  [/^Exponent part is missing a number/, 'in exponent of numeric literal'],
]

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepNumber)
  } catch (cause) {
    throw new ConfigError(describeSyntaxError(text, (cause as SyntaxError).message), { cause })
  }
}

/** @param context of which TypeScript knows nothing yet */
function keepNumber(_key: string, value: unknown, context?: { readonly source: string }): unknown {
  return typeof value === 'number' ? new NumberLiteral(context?.source ?? String(value)) : value
}

/** V8 names either the offending character or its position; a position at the end means that something is missing. */
function describeSyntaxError(text: string, complaint: string): string {
  const position = / at position (\d+)/.exec(complaint)?.[1]
  const character = position === undefined ? /^Unexpected token '(.)'/su.exec(complaint)?.[1] : text[Number(position)]
  if (character === undefined) return 'unexpected end of JSON input'
  const context = COMPLAINTS.find(([v8]) => v8.test(complaint))?.[1]
  return context === undefined ? complaint : `invalid character ${quoteCharacter(character)} ${context}`
}

/** As go quotes one: in apostrophes, with the escapes of a string. */
function quoteCharacter(character: string): string {
  if (character === "'") return `'\\''`
  if (character === '"') return `'"'`
  return `'${JSON.stringify(character).slice(1, -1)}'`
}
