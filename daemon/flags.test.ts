import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bool, duration, FlagError, type FlagTable, int, list, parseFlags, string, uint, usage } from './flags.ts'

const TABLE = {
  listen: string('/unix/tmp/p2pd.sock', 'where to listen'),
  id: string('', 'key file'),
  hostAddrs: list([], 'addresses'),
  q: bool(false, 'be quiet'),
  relay: bool(true, 'relay for others'),
  connLo: int(256, 'low water'),
  connGrace: duration(120_000, 'grace period'),
  heartbeat: duration(0, 'heartbeat'),
  pprofPort: uint(0, 'port'),
  names: list(['a', 'b'], 'names'),
  autonat: bool(false, 'serve AutoNAT'),
  autoRelay: bool(false, 'be reachable through relays'),
}

const parse = (...words: string[]): unknown => parseFlags(TABLE, words)

const fault = (...words: string[]): string => {
  try {
    parse(...words)
  } catch (error) {
    if (error instanceof FlagError) return `${error.code} ${error.message}`
    throw error
  }
  return 'no error'
}

test('the ways of writing a flag are the same', () => {
  const expected = { listen: '/unix/x' }
  expect(parse('-listen', '/unix/x')).toEqual(expected)
  expect(parse('--listen', '/unix/x')).toEqual(expected)
  expect(parse('-listen=/unix/x')).toEqual(expected)
  expect(parse('--listen=/unix/x')).toEqual(expected)
})

test('only the flags that were given have values', () => {
  expect(parse()).toEqual({})
  expect(parse('-q=false', '-connLo', '256')).toEqual({ q: false, connLo: 256 })
})

test('a boolean takes its value only behind an equals sign', () => {
  expect(parse('-q', 'false', '-relay=0')).toEqual({ q: true })
  expect(parse('-q', '-relay=0')).toEqual({ q: true, relay: false })
})

test('a value may look like a flag, be empty or contain equals signs', () => {
  expect(parse('-id', '-q')).toEqual({ id: '-q' })
  expect(parse('-id', '--')).toEqual({ id: '--' })
  expect(parse('-id=')).toEqual({ id: '' })
  expect(parse('-id', '')).toEqual({ id: '' })
  expect(parse('-id=a=b')).toEqual({ id: 'a=b' })
  expect(parse('-id=a\nb')).toEqual({ id: 'a\nb' })
})

test('the last of several wins', () => {
  expect(parse('-id', 'a', '-id=b', '-q', '-q=false')).toEqual({ id: 'b', q: false })
})

test('parsing stops at the first word that is not a flag, and behind two dashes', () => {
  expect(parse('-id', 'a', 'word', '-q')).toEqual({ id: 'a' })
  expect(parse('-', '-q')).toEqual({})
  expect(parse('', '-q')).toEqual({})
  expect(parse('--', '-q')).toEqual({})
})

test('every type is read', () => {
  expect(parse('-hostAddrs', '/ip4/1.1.1.1,/ip6/::', '-connGrace', '1m30s', '-pprofPort=0x10', '-connLo=-3')).toEqual({
    hostAddrs: ['/ip4/1.1.1.1', '/ip6/::'],
    connGrace: 90_000,
    pprofPort: 16,
    connLo: -3,
  })
  expect(parse('-hostAddrs=')).toEqual({ hostAddrs: [] })
  expect(parse('-hostAddrs=a,,b')).toEqual({ hostAddrs: ['a', '', 'b'] })
})

test.each([
  [['-nosuchflag'], 'ERR_FLAG_UNKNOWN flag provided but not defined: -nosuchflag'],
  [['--nosuchflag=3'], 'ERR_FLAG_UNKNOWN flag provided but not defined: -nosuchflag'],
  [['-constructor'], 'ERR_FLAG_UNKNOWN flag provided but not defined: -constructor'],
  [['-Q'], 'ERR_FLAG_UNKNOWN flag provided but not defined: -Q'],
  [['---q'], 'ERR_FLAG_SYNTAX bad flag syntax: ---q'],
  [['-=3'], 'ERR_FLAG_SYNTAX bad flag syntax: -=3'],
  [['--=3'], 'ERR_FLAG_SYNTAX bad flag syntax: --=3'],
  [['-listen'], 'ERR_FLAG_VALUE_MISSING flag needs an argument: -listen'],
  [['-q=maybe'], 'ERR_FLAG_VALUE_INVALID invalid boolean value "maybe" for -q: parse error'],
  [['-q='], 'ERR_FLAG_VALUE_INVALID invalid boolean value "" for -q: parse error'],
  [['-connGrace', '5'], 'ERR_FLAG_VALUE_INVALID invalid value "5" for flag -connGrace: parse error'],
  [['-connLo', '08'], 'ERR_FLAG_VALUE_INVALID invalid value "08" for flag -connLo: parse error'],
  [['-connLo='], 'ERR_FLAG_VALUE_INVALID invalid value "" for flag -connLo: parse error'],
  [['-connLo', '1"'], 'ERR_FLAG_VALUE_INVALID invalid value "1\\"" for flag -connLo: parse error'],
  [
    ['-connLo', '99999999999999999999'],
    'ERR_FLAG_VALUE_INVALID invalid value "99999999999999999999" for flag -connLo: value out of range',
  ],
  [['-pprofPort', '-1'], 'ERR_FLAG_VALUE_INVALID invalid value "-1" for flag -pprofPort: parse error'],
  [['-h'], 'ERR_FLAG_HELP flag: help requested'],
  [['--help'], 'ERR_FLAG_HELP flag: help requested'],
  [['-q', '-help', '-nosuchflag'], 'ERR_FLAG_HELP flag: help requested'],
])('%j is refused in the words of go', (words, message) => {
  expect(fault(...words)).toBe(message)
})

test('a program may have an -h of its own', () => {
  expect(parseFlags({ h: bool(false, '') }, ['-h'])).toEqual({ h: true })
})

test('the usage is laid out as go lays it out', () => {
  expect(usage('p2pd', TABLE).replaceAll('\t', '→')).toMatchInlineSnapshot(`
    "Usage of p2pd:
      -autoRelay
        →be reachable through relays
      -autonat
        →serve AutoNAT
      -connGrace duration
        →grace period (default 2m0s)
      -connLo int
        →low water (default 256)
      -heartbeat duration
        →heartbeat
      -hostAddrs string
        →addresses
      -id string
        →key file
      -listen string
        →where to listen (default "/unix/tmp/p2pd.sock")
      -names string
        →names (default "a,b")
      -pprofPort uint
        →port
      -q→be quiet
      -relay
        →relay for others (default true)
    "
  `)
})

test('what was given reads back, however it was written', () => {
  const values = fc.record(
    {
      listen: fc.string(),
      q: fc.boolean(),
      connLo: fc.maxSafeInteger(),
      pprofPort: fc.maxSafeNat(),
      connGrace: fc.nat(),
      hostAddrs: fc.array(fc.stringMatching(/^[a-z0-9/]+$/)),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.boolean()), (given, coins) => {
      const toss = (): boolean => coins.next().value as boolean
      const words = Object.entries(given).flatMap(([name, value]) => {
        const text = name === 'connGrace' ? `${value}ms` : String(value)
        const head = `${toss() ? '-' : '--'}${name}`
        return name === 'q' || toss() ? [`${head}=${text}`] : [head, text]
      })
      const rest = toss() ? ['--', '-nosuchflag'] : []
      expect(parse(...words, ...rest)).toEqual(given)
    }),
  )
})

test('any words at all are flags or a FlagError', () => {
  const table: FlagTable = TABLE
  const word = fc.oneof(
    fc.string(),
    fc.string().map(text => `-${text}`),
    fc.constantFrom('-q', '-id', '--', '-connLo='),
  )
  fc.assert(
    fc.property(fc.array(word), words => {
      try {
        parseFlags(table, words)
      } catch (error) {
        expect(error).toBeInstanceOf(FlagError)
      }
    }),
  )
})
