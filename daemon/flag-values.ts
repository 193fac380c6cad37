/**
 * The texts of flag values as go's `strconv` and `time` packages read them.
 *
 * Every parser returns undefined for text that is no such value, and throws a RangeError for a number that go's 64 bits
 * cannot hold.
 */

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False'])

/** Reads a boolean; go's `strconv.ParseBool`. */
export function parseBool(text: string): boolean | undefined {
  if (TRUE.has(text)) return true
  return FALSE.has(text) ? false : undefined
}

/** An integer literal of go: a base prefix, `0` alone meaning octal, and single underscores between digits. */
const INTEGER = /^(?:0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[0-9a-f])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/i

const LEGACY_OCTAL = /^0(?=[0-7])/

/** Reads a signed integer; go's `strconv.ParseInt` with base 0. */
export function parseInt64(text: string): number | undefined {
  const negative = text.startsWith('-')
  const magnitude = parseMagnitude(text.replace(/^[+-]/, ''))
  if (magnitude === undefined) return undefined
  const value = negative ? -magnitude : magnitude
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${text} does not fit 64 bits`)
  return Number(value)
}

/** Reads an unsigned integer; go's `strconv.ParseUint` with base 0. */
export function parseUint64(text: string): number | undefined {
  const value = parseMagnitude(text)
  if (value === undefined) return undefined
  if (BigInt.asUintN(64, value) !== value) throw new RangeError(`${text} does not fit 64 bits`)
  return Number(value)
}

function parseMagnitude(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined
  return BigInt(text.replaceAll('_', '').replace(LEGACY_OCTAL, '0o'))
}

/** The units of a duration in nanoseconds, which is what go counts in. */
const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // U+00B5, the micro sign
  μs: 1e3, // U+03BC, the Greek letter
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

const MOST_NANOSECONDS = 2n ** 63n - 1n

const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/
const DURATION_TERM = /([\d.]+)([^\d.]+)/g

/** Reads a duration such as `1m30s`, in milliseconds; go's `time.ParseDuration`, whose only number without a unit is 0. */
export function parseDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  if (!DURATION.test(text)) return undefined
  let nanoseconds = 0
  let exact = 0n
  for (const [, amount, unit] of text.matchAll(DURATION_TERM)) {
    const size = NANOSECONDS[unit as string] as number
    const [whole, fraction = ''] = (amount as string).split('.')
    nanoseconds += Number(amount) * size
    exact += BigInt(whole || 0) * BigInt(size) + BigInt(Math.floor(Number(`0.${fraction || 0}`) * size))
  }
  // Go counts nanoseconds in 64 bits, some 292 years, and calls what does not fit malformed.
  if (exact > MOST_NANOSECONDS) return undefined
  return (text.startsWith('-') ? -nanoseconds : nanoseconds) / 1e6
}

/** Writes a duration given in milliseconds; go's `Duration.String`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s'
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`
  if (milliseconds < 1e-3) return `${decimal(milliseconds * 1e6)}ns`
  if (milliseconds < 1) return `${decimal(milliseconds * 1e3)}µs`
  if (milliseconds < 1e3) return `${decimal(milliseconds)}ms`
  const minutes = Math.floor(milliseconds / 60e3)
  const seconds = `${decimal((milliseconds - minutes * 60e3) / 1e3)}s`
  if (minutes === 0) return seconds
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`
}

/** At most the nine decimals of a nanosecond, without the noise of binary fractions. */
function decimal(value: number): string {
  return String(Number(value.toFixed(9)))
}
