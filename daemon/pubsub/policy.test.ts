import { expect, test } from 'vitest'
import { refusal, signaturePolicy } from './policy.ts'

const config = { router: 'gossipsub', heartbeatInterval: 0, heartbeatInitialDelay: 0 } as const

test.each([
  [true, true, 'strict'],
  [true, false, 'lax'],
  [false, true, 'unsigned'],
  [false, false, 'unsigned'],
] as const)('-pubsubSign=%s -pubsubSignStrict=%s is the policy %s', (sign, signStrict, policy) => {
  expect(signaturePolicy({ ...config, sign, signStrict })).toBe(policy)
})

test('each policy refuses what go’s does: presence counts, not length', () => {
  const unsigned = { topic: 't' }
  const signed = { topic: 't', signature: new Uint8Array(0) }
  const refused = (['strict', 'lax', 'unsigned'] as const).map(policy => [
    refusal(policy, signed),
    refusal(policy, unsigned),
  ])
  expect(refused).toEqual([
    [undefined, 'missing signature'],
    [undefined, undefined],
    ['unexpected signature', undefined],
  ])
})
