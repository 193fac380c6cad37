import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseBool, parseDuration, parseInt64, parseUint64 } from './flag-values.ts'

test('booleans are the twelve words of go', () => {
  for (const word of ['1', 't', 'T', 'true', 'TRUE', 'True']) expect(parseBool(word)).toBe(true)
  for (const word of ['0', 'f', 'F', 'false', 'FALSE', 'False']) expect(parseBool(word)).toBe(false)
  for (const word of ['', 'tRUE', 'yes', 'on', '2', ' true']) expect(parseBool(word)).toBeUndefined()
})

test.each([
  ['0', 0],
  ['00', 0],
  ['07', 7],
  ['0x1F', 31],
  ['0X_f', 15],
  ['0b101', 5],
  ['0o17', 15],
  ['0_17', 15],
  ['1_000', 1000],
  ['-5', -5],
  ['+5', 5],
  ['9223372036854775807', 2 ** 63],
  ['-9223372036854775808', -(2 ** 63)],
])('the integer %s is read as go reads it', (text, value) => {
  expect(parseInt64(text)).toBe(value)
})

test.each([
  '',
  '08',
  '1__0',
  '_1',
  '1_',
  '0b',
  '0x',
  '1e3',
  '1.5',
  '- 5',
  '--5',
  '+-5',
  'x',
  ' 1',
])('the text "%s" is no integer', text => {
  expect(parseInt64(text)).toBeUndefined()
})

test('integers end at 64 bits', () => {
  expect(() => parseInt64('9223372036854775808')).toThrow(RangeError)
  expect(() => parseInt64('-9223372036854775809')).toThrow(RangeError)
  expect(parseUint64('9223372036854775808')).toBe(2 ** 63)
  expect(() => parseUint64('18446744073709551616')).toThrow(RangeError)
})

test('unsigned integers take no sign', () => {
  expect(parseUint64('6060')).toBe(6060)
  expect(parseUint64('-1')).toBeUndefined()
  expect(parseUint64('+1')).toBeUndefined()
})

test.each([
  ['0', 0],
  ['-0', 0],
  ['1h', 3_600_000],
  ['1m30s', 90_000],
  ['100ms', 100],
  ['1.5h', 5_400_000],
  ['.5s', 500],
  ['1.s', 1_000],
  ['1us', 0.001],
  ['1µs', 0.001],
  ['1μs', 0.001],
  ['3ns', 0.000_003],
  ['-1m', -60_000],
  ['+2s', 2_000],
  ['30s1m', 90_000],
  ['2562047h47m16.854775807s', 9_223_372_036_854.775],
])('the duration %s is read as go reads it', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each([
  '',
  '5',
  's',
  '.s',
  '1d',
  '1h2',
  '1 s',
  '1m 30s',
  '--1s',
  '2562047h47m16.854775808s',
  '2562048h',
])('"%s" is no duration', text => {
  expect(parseDuration(text)).toBeUndefined()
})

test.each([
  [0, '0s'],
  [120_000, '2m0s'],
  [3_600_000, '1h0m0s'],
  [5_400_500, '1h30m0.5s'],
  [1_500, '1.5s'],
  [100, '100ms'],
  [1.5, '1.5ms'],
  [0.25, '250µs'],
  [0.000_003, '3ns'],
  [-90_000, '-1m30s'],
])('%d ms is written %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('a duration that was written reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e15, max: 1e15 }), nanoseconds => {
      const milliseconds = nanoseconds / 1e6
      expect(parseDuration(formatDuration(milliseconds))).toBeCloseTo(milliseconds, 5)
    }),
  )
})

test('an integer that was written reads back in every base', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), value => {
      const sign = value < 0 ? '-' : ''
      const digits = (base: number): string => Math.abs(value).toString(base)
      for (const text of [`${sign}${digits(10)}`, `${sign}0x${digits(16)}`, `${sign}0${digits(8)}`]) {
        expect(parseInt64(text)).toBe(value)
      }
    }),
  )
})
