/** go-libp2p-daemon's flags, those that can be followed with @libp2p/daemon-server; each by the type of its value. */
const KNOWN = {
  listen: 'string',
  hostAddrs: 'string',
  announceAddrs: 'string',
  id: 'string',
  bootstrapPeers: 'string',
  muxer: 'string',
  pubsubRouter: 'string',
  gossipsubHeartbeatInterval: 'string',
  gossipsubHeartbeatInitialDelay: 'string',
  b: 'boolean',
  q: 'boolean',
  dht: 'boolean',
  dhtClient: 'boolean',
  dhtServer: 'boolean',
  pubsub: 'boolean',
  pubsubSign: 'boolean',
  pubsubSignStrict: 'boolean',
  relay: 'boolean',
  noListenAddrs: 'boolean',
  noise: 'boolean',
  tls: 'boolean',
  plaintext: 'boolean',
  echo: 'boolean',
  forceReachabilityPublic: 'boolean',
  forceReachabilityPrivate: 'boolean',
}

const DEFAULTS = {
  listen: '/unix/tmp/p2pd.sock',
  hostAddrs: '',
  muxer: 'yamux',
  pubsubRouter: 'gossipsub',
  pubsubSign: true,
  pubsubSignStrict: true,
  relay: true,
  noise: true,
  tls: true,
  plaintext: false,
  echo: true,
}

/**
 * Reads `-x value`, `-x=value` and `--x`.
 *
 * @param {readonly string[]} words
 * @throws {Error} for a flag that is not known: it would promise what nobody does
 */
export function parseFlags(words) {
  const flags = { ...DEFAULTS }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, given] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const type = name !== undefined && Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined
    if (type === undefined) throw new Error(`flag provided but not defined: ${word}`)
    flags[name] = type === 'boolean' ? !/^(0|f|false)$/i.test(given ?? 'true') : (given ?? rest.shift() ?? '')
  }
  return flags
}
