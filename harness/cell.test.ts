import { expect, test } from 'vitest'
import { filterCells, layOut, whyUnplayed } from './cell.ts'
import type { Implementation, MissingImplementation } from './implementation.ts'
import { defineScenario } from './scenario.ts'
import { DEFAULT_STACK } from './stack.ts'

const pair = defineScenario({
  name: 'pair',
  title: 'Two talk',
  roles: ['dialer', 'listener'],
  stacks: [DEFAULT_STACK, { ...DEFAULT_STACK, security: 'tls', key: 'rsa' }],
  checks: { 'a-check': { title: 'A check', run: async () => {} } },
})
const js: Implementation = { status: 'ready', name: 'js', title: 'JS', version: '1', command: ['js'], unsupported: [] }
const odd: Implementation = { ...js, name: 'odd', title: 'Odd', unsupported: [{ feature: 'tls', reason: 'too new' }] }
const gone: MissingImplementation = {
  status: 'missing',
  name: 'gone',
  title: 'Gone',
  version: '1',
  reason: 'no compiler',
}
const known = new Map([js, odd, gone].map(implementation => [implementation.name, implementation]))

test('every implementation plays every role, on every stack', () => {
  expect(layOut([pair], ['js', 'go']).map(({ path }) => path)).toEqual([
    'pair/a-check/dialer:js/listener:js/tcp,noise,yamux',
    'pair/a-check/dialer:js/listener:go/tcp,noise,yamux',
    'pair/a-check/dialer:go/listener:js/tcp,noise,yamux',
    'pair/a-check/dialer:go/listener:go/tcp,noise,yamux',
    'pair/a-check/dialer:js/listener:js/tcp,tls,yamux,rsa',
    'pair/a-check/dialer:js/listener:go/tcp,tls,yamux,rsa',
    'pair/a-check/dialer:go/listener:js/tcp,tls,yamux,rsa',
    'pair/a-check/dialer:go/listener:go/tcp,tls,yamux,rsa',
  ])
})

test('a network of any size has a short path, and the whole cast', () => {
  const ring = defineScenario({ ...pair, name: 'ring', roles: ['a', 'b', 'c'], casting: 'alternating' })
  const cells = layOut([ring], ['js', 'go']).filter(({ stack }) => stack.security === 'noise')
  expect(cells.map(({ path }) => path)).toEqual([
    'ring/a-check/network:js/tcp,noise,yamux',
    'ring/a-check/network:js+go/tcp,noise,yamux',
    'ring/a-check/network:go+js/tcp,noise,yamux',
    'ring/a-check/network:go/tcp,noise,yamux',
  ])
  expect(cells[1]).toMatchObject({ cast: { a: 'js', b: 'go', c: 'js' }, network: ['js', 'go'] })
})

test('a role that needs nothing can be played by who does not offer it', () => {
  const relayed = defineScenario({ ...pair, stacks: [DEFAULT_STACK], needs: { listener: ['tls'] } })
  const why = layOut([relayed], ['js', 'odd']).map(cell => [Object.values(cell.cast).join(), whyUnplayed(cell, known)])
  const unsupported = { outcome: 'unsupported', reason: 'Odd does not support tls: too new' }
  expect(Object.fromEntries(why)).toEqual({
    'js,js': undefined,
    'odd,js': undefined,
    'js,odd': unsupported,
    'odd,odd': unsupported,
  })
})

test('what a check needs is added to what its scenario does', () => {
  const picky = defineScenario({ ...pair, checks: { picky: { title: 'Picky', needs: ['dht'], run: async () => {} } } })
  expect(layOut([picky], ['js'])[0]?.needs).toEqual({
    dialer: ['dht', 'tcp', 'noise', 'yamux', 'ed25519'],
    listener: ['dht', 'tcp', 'noise', 'yamux', 'ed25519'],
  })
})

test('a cell is skipped for who is missing, unsupported for what somebody does not offer', () => {
  const why = Object.fromEntries(
    layOut([pair], ['js', 'odd', 'gone']).map(cell => [
      `${Object.values(cell.cast).join('-')} ${cell.stack.security}`,
      whyUnplayed(cell, known),
    ]),
  )
  expect(why['js-js tls']).toBeUndefined()
  expect(why['js-odd noise']).toBeUndefined()
  expect(why['js-odd tls']).toEqual({ outcome: 'unsupported', reason: 'Odd does not support tls: too new' })
  expect(why['gone-js noise']).toEqual({ outcome: 'skipped', reason: 'no compiler' })
})

test.each([
  ['dialer:js', 4],
  ['pair/*/dialer:js/listener:js', 2],
  ['pair/**/tcp,tls,*', 4],
  ['dialer:js*tcp', 0],
])('the filter %s leaves %i cells', (pattern, count) => {
  const cells = layOut([pair], ['js', 'go'])
  if (count === 0) expect(() => filterCells(cells, [pattern])).toThrow(`no cell matches "${pattern}"`)
  else expect(filterCells(cells, [pattern])).toHaveLength(count)
})

test('each filter must match something, and none at all means everything', () => {
  const cells = layOut([pair], ['js'])
  expect(filterCells(cells, [])).toEqual(cells)
  expect(() => filterCells(cells, ['dialer:js', '.*'])).toThrow('no cell matches ".*"')
})
