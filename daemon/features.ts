import type { Config } from './config.ts'

/**
 * What a daemon with this configuration has switched on, as the VERSION request lists it: `<kind>/<name>`, where the
 * kind is `request`, `transport`, `security`, `muxer` or a subsystem. A client looks for the words it needs and ignores
 * all others.
 */
export function features(config: Config): string[] {
  const { dht, pubsub, peerstorePath, pskPath } = config
  return [
    ...REQUESTS.map(name => `request/${name}`),
    ...(dht === undefined ? [] : ['request/dht', `dht/${dht}`]),
    ...(pubsub === undefined ? [] : ['request/pubsub', `pubsub/${pubsub.router}`]),
    'transport/tcp',
    'transport/ws',
    ...(pskPath === undefined ? ['transport/quic-v1'] : ['private-network']),
    'transport/circuit',
    ...config.securityProtocols.map(name => `security/${name}`),
    `muxer/${config.muxer}`,
    ...(config.relay.enabled ? ['relay/service'] : []),
    ...(peerstorePath === undefined ? [] : ['peerstore/persistent']),
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
  'peerstore',
  'version',
]
