import { expect, test } from 'vitest'
import { faultySide } from './faulty-side.ts'

const IMPLEMENTATIONS = [
  { name: 'go', version: '0.9.2' },
  { name: 'go@0.4.0', version: '0.4.0' },
  { name: 'js', version: '0.1.0' },
]

test.each<[string | string[], string, string, string[] | undefined, string?]>([
  ['go', 'js', 'go', ['go']],
  ['go', 'go', 'go', ['go']],
  ['go', 'go', 'go@0.4.0', ['go', 'go@0.4.0']],
  ['go', 'go', 'go@0.4.0', ['go@0.4.0'], '<0.9'],
  ['go@0.4.0', 'go', 'go@0.4.0', ['go@0.4.0']],
  ['dialer:go', 'go', 'go@0.4.0', ['go']],
  ['dialer:go', 'js', 'go', undefined],
  ['go', 'js', 'js', undefined],
  ['go', 'js', 'go', undefined, '<0.9'],
  [['go', 'rust'], 'rust', 'go', ['go', 'rust']],
  [['go', 'rust'], 'js', 'go', undefined],
  [[], 'js', 'js', []],
])('%j of %s dialling %s is %j', (faulty, dialer, listener, side, go) => {
  expect(faultySide({ faulty, ...(go && { versions: { go } }) }, { dialer, listener }, IMPLEMENTATIONS)).toEqual(side)
})
