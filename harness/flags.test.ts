import { expect, test } from 'vitest'
import { featureFlags, formatFlags } from './flags.ts'

test('a flag is one word when it is a switch, and two otherwise', () => {
  expect(formatFlags({ dht: true, tls: false, muxer: 'yamux', connLo: 1 })).toEqual([
    '-dht=true',
    '-tls=false',
    '-muxer',
    'yamux',
    '-connLo',
    '1',
  ])
})

test('only what is off by default takes a flag', () => {
  expect(featureFlags(['tcp', 'dht', 'floodsub'])).toEqual({ dhtServer: true, pubsub: true, pubsubRouter: 'floodsub' })
})
