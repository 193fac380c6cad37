import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatJson, formatText, type LogEntry } from './line.ts'

const zone = process.env.TZ
beforeEach(() => {
  process.env.TZ = 'UTC'
})
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const entry = (message: string, fields?: LogEntry['fields']): LogEntry => ({
  time: new Date('2026-02-03T04:05:06.007Z'),
  level: 'warn',
  component: 'dht',
  message,
  fields,
})

test('text is laid out as go’s', () => {
  expect(formatText(entry('a peer left', { peer: 'x', count: 3 }))).toBe(
    '2026-02-03T04:05:06.007Z\tWARN\tdht\ta peer left\t{"peer":"x","count":3}\n',
  )
  expect(formatText(entry('nothing more'))).toBe('2026-02-03T04:05:06.007Z\tWARN\tdht\tnothing more\n')
})

test('JSON has go’s names, which no field hides', () => {
  expect(formatJson(entry('a peer left', { peer: 'x', level: 'none' }))).toBe(
    '{"level":"warn","ts":"2026-02-03T04:05:06.007Z","logger":"dht","msg":"a peer left","peer":"x"}\n',
  )
})

test.each([
  ['Asia/Kolkata', '2026-02-03T09:35:06.007+0530'],
  ['America/St_Johns', '2026-02-03T00:35:06.007-0330'],
])('the time is that of %s', (name, text) => {
  process.env.TZ = name
  expect(formatText(entry(''))).toContain(text)
})

test('fields are what they read as', () => {
  class Address {
    toString(): string {
      return '/ip4/1.2.3.4'
    }
  }
  const fields = {
    big: 2n ** 64n,
    error: new Error('oh'),
    address: new Address(),
    list: [new Address()],
    absent: undefined,
  }
  expect(formatText(entry('', fields)).split('\t')[4]).toBe(
    '{"big":"18446744073709551616","error":"oh","address":"/ip4/1.2.3.4","list":["/ip4/1.2.3.4"]}\n',
  )
})

const HOSTILE = '\n2026 ERROR forged\r\t\x1b[2J\x00\x7f\x9b\u2028\u202e\u2066é✓'
const HARMLESS = '\\n2026 ERROR forged\\r\\t\\u001b[2J\\u0000\\u007f\\u009b\\u2028\\u202e\\u2066é✓'

test('whatever is in it, an entry is one line and moves no terminal', () => {
  expect(formatText(entry(HOSTILE, { [HOSTILE]: HOSTILE }))).toBe(
    `2026-02-03T04:05:06.007Z\tWARN\tdht\t${HARMLESS}\t{"${HARMLESS}":"${HARMLESS}"}\n`,
  )
  const json = formatJson(entry(HOSTILE, { [HOSTILE]: HOSTILE }))
  expect(json.trimEnd()).toMatch(/^[^\p{Cc}\u2028\u202e\u2066]*$/u)
  expect(JSON.parse(json)).toMatchObject({ msg: HOSTILE, [HOSTILE]: HOSTILE })
})

test('however much is in it, a line is bounded, and its JSON is JSON', () => {
  const long = 'x'.repeat(1_000_000)
  for (const format of [formatText, formatJson]) {
    const line = format(entry(long, { long }))
    expect(line.length).toBeLessThan(20_000)
    expect(line).toContain('… (1000000 characters)')
    const json = format === formatText ? line.split('\t')[4] : line
    expect(JSON.parse(json as string)).toHaveProperty('cut')
  }
})
