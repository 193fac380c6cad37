import { expect, test } from 'vitest'
import { parseLogLevels } from './log/levels.ts'
import { createLog, type Log } from './log.ts'

const collect = (levels: string): { log: Log; lines: string[] } => {
  const lines: string[] = []
  const log = createLog({
    write: line => lines.push(line),
    levels: parseLogLevels(levels),
    format: ({ level, component, message }) => `${component} ${level} ${message}`,
  })
  return { log, lines }
}

test('each component writes down to its level', () => {
  const { log, lines } = collect('warn,dht=debug')
  for (const part of [log, log.component('dht'), log.component('control')]) {
    for (const level of ['error', 'warn', 'info', 'debug', 'trace'] as const) part[level]('x')
  }
  expect(lines).toEqual([
    'process error x',
    'process warn x',
    'dht error x',
    'dht warn x',
    'dht info x',
    'dht debug x',
    'control error x',
    'control warn x',
  ])
})

test('it says beforehand what it would write', () => {
  const { log } = collect('warn,dht=debug')
  expect([log.enabled('warn'), log.enabled('info')]).toEqual([true, false])
  expect(log.component('dht').component('control').enabled('debug')).toBe(false)
  expect(log.component('control').component('dht').enabled('debug')).toBe(true)
})
