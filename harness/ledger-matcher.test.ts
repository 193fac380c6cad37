import { expect, test } from 'vitest'
import { matcher } from './ledger-matcher.ts'

const IMPLEMENTATIONS = [
  { name: 'go', version: '0.9.2' },
  { name: 'go@0.4.0', version: '0.4.0' },
  { name: 'js', version: '0.1.0' },
]

const path = (dialer: string, listener: string): string => `s/check/dialer:${dialer}/listener:${listener}/tcp`

test.for([
  ['s/**:go/**', undefined, path('js', 'go'), true],
  ['s/**:go/**', undefined, path('js', 'go@0.4.0'), true],
  ['s/**:go/**', undefined, path('js', 'js'), false],
  ['s/**:go/**', '<0.9', path('js', 'go'), false],
  ['s/**:go/**', '<0.9', path('js', 'go@0.4.0'), true],
  ['s/*/dialer:go/**', '<0.9', path('go', 'go@0.4.0'), false],
  ['s/*/dialer:go/**', '<0.9', path('go@0.4.0', 'go'), true],
  ['s/*/dialer:go/**', '>=0.9', path('go@0.4.0', 'go'), false],
  ['s/**:go@0.4.0/**', undefined, path('js', 'go@0.4.0'), true],
  ['s/**:go@0.4.0/**', undefined, path('js', 'go'), false],
  ['s/**', '<0.9', path('js', 'go'), false],
  ['s/**', '<0.9', path('js', 'go@0.4.0'), true],
  ['s/**', '<0.9', path('js', 'js'), true],
  ['n/find/network:js+go/**', '<0.9', 'n/find/network:js+go@0.4.0/tcp', true],
  ['n/find/network:js+go/**', '<0.9', 'n/find/network:js+go/tcp', false],
] as const)('%s of go %s means %s: %s', ([cells, go, cell, meant]) => {
  expect(matcher({ cells, ...(go && { versions: { go } }) }, IMPLEMENTATIONS)(cell)).toBe(meant)
})
