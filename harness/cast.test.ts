import { expect, test } from 'vitest'
import { castings, formatCast } from './cast.ts'

const ten = Array.from({ length: 10 }, (_, index) => `peer${index}`)

test('every: each implementation in each role', () => {
  const casts = castings('every', ['dialer', 'listener'], ['js', 'go'])
  expect(casts).toEqual([
    { roles: { dialer: 'js', listener: 'js' } },
    { roles: { dialer: 'js', listener: 'go' } },
    { roles: { dialer: 'go', listener: 'js' } },
    { roles: { dialer: 'go', listener: 'go' } },
  ])
  expect(casts.map(formatCast)).toContain('dialer:go/listener:js')
})

test('alternating: one alone, or two by turns, however many roles there are', () => {
  const casts = castings('alternating', ten, ['js', 'go', 'rust'])
  expect(casts.map(formatCast)).toEqual([
    'network:js',
    'network:js+go',
    'network:js+rust',
    'network:go+js',
    'network:go',
    'network:go+rust',
    'network:rust+js',
    'network:rust+go',
    'network:rust',
  ])
  expect(Object.keys(casts[1]?.roles ?? {})).toEqual(ten)
  expect(Object.values(casts[1]?.roles ?? {}).join(' ')).toBe('js go js go js go js go js go')
  expect(new Set(Object.values(casts[4]?.roles ?? {}))).toEqual(new Set(['go']))
})

test('alternating: an odd network has one more of who comes first', () => {
  const [, mixed] = castings('alternating', ['a', 'b', 'c'], ['js', 'go'])
  expect(mixed).toEqual({ roles: { a: 'js', b: 'go', c: 'js' }, network: ['js', 'go'] })
})
