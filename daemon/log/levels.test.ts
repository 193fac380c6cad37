import { expect, test } from 'vitest'
import { ConfigError } from '../failure.ts'
import { type Component, DEFAULT_LEVELS, levelOf, parseGoLogLevels, parseLogLevels } from './levels.ts'

test.each([
  ['', 'dht', 'warn'],
  ['debug', 'dht', 'debug'],
  ['error,dht=trace', 'dht', 'trace'],
  ['error,dht=trace', 'control', 'error'],
  [' INFO , Dht = Trace'.replace('Dht', 'dht'), 'dht', 'trace'],
  ['dht=trace,debug', 'control', 'debug'],
  ['debug,error', 'dht', 'error'],
  ['error,p2pd=debug', 'dht', 'debug'],
  ['error,p2pd=debug,dht=info', 'dht', 'info'],
  ['error,p2pd=debug', 'libp2p:tcp', 'error'],
  ['info,libp2p=error', 'libp2p:tcp:listener', 'error'],
  ['info,libp2p=error,libp2p:tcp=trace', 'libp2p:tcp:listener', 'trace'],
  ['info,libp2p=error,libp2p:tcp=trace', 'libp2p:tcpx', 'error'],
] as const)('%j: %s writes down to %s', (text, component, level) => {
  expect(levelOf(parseLogLevels(text), component as Component)).toBe(level)
})

test.each([
  ['verbose', 'unknown log level "verbose"; must be error, warn, info, debug or trace'],
  ['dht=', 'unknown log level ""; must be error, warn, info, debug or trace'],
  ['=debug', 'unknown log component ""'],
  ['control=debug,relya=info', 'unknown log component "relya"; did you mean "relay"?'],
])('%j is refused', (text, message) => {
  expect(() => parseLogLevels(text)).toThrow(new ConfigError(message))
})

test('go’s variable may name what only go has, and go’s levels beyond error', () => {
  const { levels, problems } = parseGoLogLevels('dpanic,swarm2=debug,dht=FATAL,relay=loud')
  expect(levels).toEqual({
    general: 'error',
    components: new Map([
      ['swarm2', 'debug'],
      ['dht', 'error'],
    ]),
  })
  expect(problems).toEqual(['error setting log level "relay=loud": unrecognized level: "loud"'])
  expect(parseGoLogLevels('')).toEqual({ levels: DEFAULT_LEVELS, problems: [] })
})
