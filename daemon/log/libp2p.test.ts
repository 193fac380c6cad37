import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { parseLogLevels } from './levels.ts'
import { createLibp2pLogger } from './libp2p.ts'

const collect = (text: string): { logger: ReturnType<typeof createLibp2pLogger>; lines: string[] } => {
  const lines: string[] = []
  const levels = parseLogLevels(text)
  const log = createLog({
    write: line => lines.push(line),
    levels,
    format: ({ level, component, message }) => `${component} ${level} ${message}`,
  })
  return { logger: createLibp2pLogger(log, levels), lines }
}

test('what nobody reads costs one logger in all', () => {
  const { logger, lines } = collect('info,p2pd=trace')
  const one = logger.forComponent('libp2p:tcp')
  expect(logger.forComponent('libp2p:yamux')).toBe(one)
  expect(one.newScope('stream:1')).toBe(one)
  expect(one.enabled).toBe(false)
  one('x')
  one.error('x')
  one.trace('x')
  expect(lines).toEqual([])
})

test('its errors are for debugging, its lines for tracing, scopes keep their level', () => {
  const { logger, lines } = collect('error,libp2p=debug,libp2p:tcp:listener=trace')
  const tcp = logger.forComponent('libp2p:tcp')
  for (const log of [tcp, tcp.newScope('listener'), tcp.newScope('listener').newScope('1')]) {
    log.error('error')
    log('line')
    log.trace('trace')
  }
  expect([tcp.enabled, tcp.newScope('listener').enabled]).toEqual([false, true])
  expect(lines).toEqual([
    'libp2p:tcp debug error',
    'libp2p:tcp:listener debug error',
    'libp2p:tcp:listener trace line',
    'libp2p:tcp:listener trace trace',
    'libp2p:tcp:listener:1 debug error',
    'libp2p:tcp:listener:1 trace line',
    'libp2p:tcp:listener:1 trace trace',
  ])
})

test.each(['info', 'debug', 'trace'])('at %s, loggers have nothing to do with one another', level => {
  const { logger, lines } = collect(`error,libp2p:a=${level},libp2p:b=${level}`)
  const a = logger.forComponent('libp2p:a')
  const b = logger.forComponent('libp2p:b')
  for (const log of [a, b, a.newScope('x'), b.newScope('x'), a]) log.error('x')
  const expected = ['a', 'b', 'a:x', 'b:x', 'a'].map(name => `libp2p:${name} debug x`)
  expect(lines).toEqual(level === 'info' ? [] : expected)
})

test('a component without the prefix gets it', () => {
  const { logger, lines } = collect('libp2p:mine=trace')
  logger.forComponent('mine')('x')
  expect(lines).toEqual(['libp2p:mine trace x'])
})

test('formats are filled in, what is left over follows', () => {
  const { logger, lines } = collect('debug')
  const { error } = logger.forComponent('libp2p')
  const bytes = Uint8Array.of(1, 2, 3)
  error('%s %d%% %b %t %m %o %p', 'a', 1.5, bytes, bytes, bytes, { x: 1 }, { toString: () => 'peer' })
  error('failed - %e', new TypeError('oh'))
  error('%s and %s', 'one')
  error('one', 'two', 3)
  error(new Error('alone'), undefined)
  const circular: Record<string, unknown> = {}
  circular.self = circular
  error('%o', circular)
  expect(lines.map(line => line.replace('libp2p debug ', ''))).toEqual([
    'a 1.5% Ldp aebag AQID {"x":1} peer',
    'failed - TypeError: oh',
    'one and %s',
    'one two 3',
    'Error: alone undefined',
    '[object Object]',
  ])
})

test('those who want to know everything see where an error comes from', () => {
  const { logger, lines } = collect('trace')
  logger.forComponent('libp2p').error('%e', new Error('oh'))
  expect(lines[0]).toMatch(/Error: oh\n +at .*libp2p\.test\.ts/)
})
