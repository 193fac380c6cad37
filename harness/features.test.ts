import { expect, test } from 'vitest'
import schema from '../implementations/manifest.schema.json' with { type: 'json' }
import { allFeatures, unsupportedReason } from './features.ts'

test('the schema knows the same features', () => {
  expect(schema.definitions.unsupported.items.properties.feature.enum).toEqual(allFeatures)
})

test('an implementation supports what it does not deny', () => {
  const implementation = {
    title: 'toy',
    unsupported: [{ feature: 'mplex', reason: 'nobody needs it' }],
  } as const
  expect(unsupportedReason(implementation, ['noise', 'yamux'])).toBeUndefined()
  expect(unsupportedReason(implementation, ['noise', 'mplex'])).toBe('toy does not support mplex: nobody needs it')
})
