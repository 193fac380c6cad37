import { expect, test } from 'vitest'
import { Request } from '../proto/codec.ts'
import { loadConfig } from './config.ts'
import { features } from './features.ts'

const featuresOf = async (...flags: string[]) => features(await loadConfig(flags))

test('a daemon without flags names its requests, transports, security protocols and muxer', async () => {
  const names = await featuresOf()
  expect(names).toEqual(
    expect.arrayContaining([
      'request/identify',
      'request/version',
      'transport/tcp',
      'transport/ws',
      'transport/quic-v1',
      'transport/circuit',
      'security/noise',
      'security/tls',
      'muxer/yamux',
    ]),
  )
  expect(new Set(names).size).toBe(names.length)
})

test.each([
  ['-dhtServer', ['request/dht', 'dht/server']],
  ['-dht', ['request/dht', 'dht/full']],
  ['-pubsub -pubsubRouter floodsub', ['request/pubsub', 'pubsub/floodsub']],
  ['-peerstore /some/where', ['peerstore/persistent']],
  ['-muxer mplex', ['muxer/mplex']],
  ['-plaintext', ['security/plaintext']],
  ['-autoRelay -relays /ip4/127.0.0.1/tcp/1', ['relay/auto']],
  ['-autonat', ['autonat']],
  ['-natPortMap', ['port-mapping']],
  ['-metricsAddr 127.0.0.1:0', ['metrics']],
  ['-pprof', ['profiles']],
])('%s adds %j', async (flags, added) => {
  const without = new Set(await featuresOf())
  const names = (await featuresOf(...flags.split(' '))).filter(name => !without.has(name))
  expect(names).toEqual(added)
})

test('every type of request is named, and nothing else', async () => {
  const types = Object.keys(Request.Type).filter(name => Number.isNaN(Number(name)))
  const names = (await featuresOf('-dhtServer', '-pubsub')).filter(name => name.startsWith('request/'))
  expect(names.toSorted()).toEqual(types.map(name => `request/${name.toLowerCase().replaceAll('_', '-')}`).toSorted())
})

test('a private network is named, and has no QUIC', async () => {
  const names = await featuresOf('-psk', 'swarm.key')
  expect(names).toContain('private-network')
  expect(names).not.toContain('transport/quic-v1')
})

test('what is switched off is not named', async () => {
  expect(await featuresOf('-tls=false')).not.toContain('security/tls')
  expect(await featuresOf('-relay=false')).not.toContain('relay/service')
})
