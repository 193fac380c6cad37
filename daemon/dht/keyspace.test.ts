import { expect, test } from 'vitest'
import { commonPrefixLength, compareDistance, kadId, randomKey } from './keyspace.ts'

const at = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes)

test.each([
  [at(0, 0), at(0, 0), 16],
  [at(0, 0), at(0, 1), 15],
  [at(0, 0), at(1, 0), 7],
  [at(0xff, 0), at(0x7f, 0), 0],
  [at(0b1010_0000, 0), at(0b1010_1000, 0xff), 4],
])('%s and %s have %i leading bits in common', (a, b, bits) => {
  expect(commonPrefixLength(a, b)).toBe(bits)
})

test('distance is XOR, most significant byte first', () => {
  const near = at(0b0000_0010, 0xff)
  const far = at(0b0000_0100, 0x00)
  expect(compareDistance(at(0, 0), near, far)).toBeLessThan(0)
  expect(compareDistance(at(0b0000_0100, 0), near, far)).toBeGreaterThan(0)
  expect(compareDistance(near, far, far)).toBe(0)
})

test('a random key lies where it is asked to', () => {
  const place = kadId(at(1, 2, 3))
  for (const bits of [0, 1, 5, 9]) expect(commonPrefixLength(place, kadId(randomKey(place, bits)))).toBe(bits)
})
