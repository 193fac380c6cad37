import { expect, test } from 'vitest'
import { featureFlags, formatFlags, knownFlags } from './flags.ts'

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

test('a daemon that denies a feature is not given the flag of its name', () => {
  const flags = { hostAddrs: '/ip4/127.0.0.1/tcp/0', noise: true, plaintext: false }
  const unsupported = [{ feature: 'plaintext' as const, reason: 'too old' }]
  expect(knownFlags(flags, unsupported)).toEqual({ hostAddrs: '/ip4/127.0.0.1/tcp/0', noise: true })
})
