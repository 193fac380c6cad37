import type { Config } from './config.ts'

/**
 * What a daemon with this configuration has switched on, as the VERSION request lists it: `<kind>/<name>`, where the
 * kind is `request`, `transport`, `security`, `muxer` or a subsystem. A client looks for the words it needs and ignores
 * all others.
 */
export function features(config: Config): string[] {
  const { dht, pubsub, relay, pskPath } = config
  const when = (condition: boolean, ...names: string[]): string[] => (condition ? names : [])
  return [
    ...REQUESTS.map(name => `request/${name}`),
    ...when(dht !== undefined, 'request/dht', `dht/${dht}`),
    ...when(pubsub !== undefined, 'request/pubsub', `pubsub/${pubsub?.router}`),
    'transport/tcp',
    'transport/ws',
    ...when(pskPath === undefined, 'transport/quic-v1'),
    'transport/circuit',
    ...when(pskPath !== undefined, 'private-network'),
    ...config.securityProtocols.map(name => `security/${name}`),
    `muxer/${config.muxer}`,
    ...when(relay.enabled, 'relay/service'),
    ...when(relay.auto, 'relay/auto'),
    ...when(relay.holePunching, 'relay/hole-punching'),
    ...when(config.autonat, 'autonat'),
    ...when(config.natPortMap, 'port-mapping'),
    ...when(config.peerstorePath !== undefined, 'peerstore/persistent'),
    ...when(config.metricsAddress !== undefined, 'metrics'),
    ...when(config.pprof.enabled, 'profiles'),
  ]
}

/** The requests that every daemon of this version answers. */
const REQUESTS = [
  'identify',
  'connect',
  'disconnect',
  'list-peers',
  'stream-open',
  'stream-handler',
  'remove-stream-handler',
  'connmanager',
  'peerstore',
  'version',
  'events',
]
