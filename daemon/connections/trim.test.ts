import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseForTrim, type TrimCandidate } from './trim.ts'

type Named = TrimCandidate & { readonly name: string }

const peer = (name: string, rest: Partial<TrimCandidate> = {}): Named => ({
  name,
  temporary: false,
  value: 0,
  connections: 1,
  streams: 0,
  inbound: false,
  ...rest,
})

/** The order in which they go. */
const order = (...peers: Named[]): string[] => chooseForTrim(peers, 0).map(({ name }) => name)

test('the least valuable go first, a negative value before none', () => {
  expect(order(peer('loved', { value: 100 }), peer('plain'), peer('hated', { value: -5 }))).toEqual([
    'hated',
    'plain',
    'loved',
  ])
})

test('of equal value: idle before busy, inbound before outbound, fewer streams before more', () => {
  const peers = [
    peer('outbound, 2', { streams: 2 }),
    peer('outbound, 1', { streams: 1 }),
    peer('inbound, 3', { streams: 3, inbound: true }),
    peer('outbound, idle'),
    peer('inbound, idle', { inbound: true }),
  ]
  expect(order(...peers)).toEqual(['inbound, idle', 'outbound, idle', 'inbound, 3', 'outbound, 1', 'outbound, 2'])
})

test('as many go as leaves the low mark, with all their connections', () => {
  const peers = [
    peer('a', { value: 1, connections: 3 }),
    peer('b', { value: 2, connections: 2 }),
    peer('c', { value: 3 }),
  ]
  expect(chooseForTrim(peers, 2).map(({ name }) => name)).toEqual(['a', 'b'])
  expect(chooseForTrim(peers, 3).map(({ name }) => name)).toEqual(['a'])
  expect(chooseForTrim(peers, 6)).toEqual([])
  expect(chooseForTrim(peers, 7)).toEqual([])
})

test('tags for peers that are not connected save and cost nobody a connection', () => {
  const peers = [
    peer('tagged ahead', { temporary: true, connections: 0, value: 1_000 }),
    peer('a'),
    peer('b', { value: 1 }),
  ]
  expect(chooseForTrim(peers, 1).map(({ name }) => name)).toEqual(['tagged ahead', 'a'])
})

test('nobody who goes is worth more than somebody who stays', () => {
  const candidate = fc.record({
    temporary: fc.constant(false),
    value: fc.integer({ min: -10, max: 10 }),
    connections: fc.integer({ min: 1, max: 3 }),
    streams: fc.nat(3),
    inbound: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 20 }), fc.nat(20), (candidates, low) => {
      const gone = chooseForTrim(candidates, low)
      const stays = candidates.filter(peer => !gone.includes(peer))
      const left = stays.reduce((sum, { connections }) => sum + connections, 0)
      const all = candidates.reduce((sum, { connections }) => sum + connections, 0)
      expect(left).toBeLessThanOrEqual(Math.max(low, 0))
      if (all <= low) expect(gone).toEqual([])
      else expect(left).toBeGreaterThan(low - 3)
      for (const { value } of gone) for (const stayed of stays) expect(value).toBeLessThanOrEqual(stayed.value)
    }),
  )
})
