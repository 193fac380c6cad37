import { bool, duration, int, list, string, uint } from './flags.ts'

/** The daemon's flags: go-libp2p-daemon's, by its names, and below them this daemon's own. */
export const DAEMON_FLAGS = {
  listen: string('/unix/tmp/p2pd.sock', 'multiaddr of the control socket'),
  q: bool(false, 'print nothing once started'),
  id: string('', 'file of the private key that is the peer identity; without one, a new identity at every start'),
  f: string('', 'file to read a JSON configuration from; flags win over it'),
  i: bool(false, 'read the JSON configuration from standard input, not from a file'),

  hostAddrs: list([], 'comma separated multiaddrs to listen on for other peers; .../p2p-circuit reserves at a relay'),
  announceAddrs: list([], 'comma separated multiaddrs to announce to other peers in place of the actual ones'),
  noListenAddrs: bool(false, 'listen on no address for other peers, whatever -hostAddrs says'),
  noise: bool(true, 'secure connections by Noise'),
  tls: bool(true, 'secure connections by TLS 1.3'),
  plaintext: bool(false, 'allow connections that are not secured at all'),
  muxer: string('yamux', 'stream multiplexer: yamux or mplex'),
  echo: bool(true, 'serve the echo protocol'),

  b: bool(false, 'connect to the bootstrap peers at the start, and stay connected to some'),
  bootstrapPeers: list([], 'comma separated multiaddrs of bootstrap peers, in place of the public ones'),
  dht: bool(false, 'take part in the DHT: as a server once this peer is known to be reachable, as a client until then'),
  dhtClient: bool(false, 'use the DHT without serving it'),
  dhtServer: bool(false, 'serve the DHT'),

  connManager: bool(false, 'trim connections by the next three; without it, from 192 to 160 after 1m of grace'),
  connLo: int(256, 'number of connections that a trim leaves; 0 means that none is trimmed'),
  connHi: int(512, 'number of connections from which on they are trimmed; 0 means never'),
  connGrace: duration(120_000, 'how long a new connection is safe from being trimmed'),

  pubsub: bool(false, 'enable pubsub'),
  pubsubRouter: string('gossipsub', 'pubsub router: gossipsub or floodsub'),
  pubsubSign: bool(true, 'sign published messages'),
  pubsubSignStrict: bool(true, 'refuse messages that are not signed'),
  gossipsubHeartbeatInterval: duration(0, 'time between gossipsub heartbeats; 0 means 1s'),
  gossipsubHeartbeatInitialDelay: duration(0, 'time until the first gossipsub heartbeat; 0 means 100ms'),

  relay: bool(true, 'use circuit relays, and be one for others'),
  relayActive: bool(false, 'accepted for compatibility; without effect, as in go-libp2p-daemon'),
  relayHop: bool(false, 'accepted for compatibility; -relay alone makes this peer a relay'),
  relayDiscovery: bool(false, 'find relays to reserve at among the peers that this one meets'),
  relayHopLimit: int(0, 'largest number of circuits at once through this relay; 0 means no limit of their own'),
  autoRelay: bool(
    false,
    'reserve at relays while this peer cannot be reached directly; needs a DHT mode, -relays or -relayDiscovery',
  ),
  autonat: bool(false, 'tell other peers whether they can be reached'),
  natPortMap: bool(false, 'ask the router to forward ports to this peer, by UPnP'),
  forceReachabilityPublic: bool(false, 'assume that this peer can be reached'),
  forceReachabilityPrivate: bool(false, 'assume that this peer cannot be reached'),

  metricsAddr: string('', 'host:port at which to serve Prometheus metrics'),
  pprof: bool(false, 'serve CPU and heap profiles on a port of the loopback interface'),
  pprofPort: uint(0, 'port of the profiles; 0 means the first free one from 6060 on'),

  // from here on, this daemon's own
  version: bool(false, 'print the version and exit'),
  relays: list([], 'comma separated multiaddrs of relays for -autoRelay'),
  relayCircuitsPerPeer: uint(16, 'largest number of circuits at once of one peer through this relay; 0 means any'),
  holePunching: bool(true, 'turn connections through relays into direct ones where that is possible'),
  relayReservations: uint(128, 'largest number of reservations that this relay gives'),
  relayReservationTTL: duration(3_600_000, 'how long a reservation at this relay lasts'),
  relayDataLimit: uint(131_072, 'bytes that a relayed connection may carry in each direction; 0 means any'),
  relayTimeLimit: duration(120_000, 'how long a relayed connection may last; 0 means for ever'),
  stock: list([], "comma separated parts to use of js-libp2p in place of this daemon's own: noise, tls, yamux, tcp"),
  peerstore: string('', 'folder in which to keep what is known of peers; without one, it is forgotten at the end'),
  psk: string('', 'file of the pre-shared key of a private network'),
  log: string('warn', 'log level, or levels by component: warn,dht=debug'),
  logFormat: string('text', 'log format: text or json'),
  socketMode: string('0600', 'permissions of the Unix control socket, in octal'),
  maxConnections: uint(4096, 'largest number of connections with peers; 0 means any number'),
  maxStreams: uint(16_384, 'largest number of streams on one connection with a peer; 0 means any number'),
  maxControlConnections: uint(16_384, 'largest number of control connections; 0 means any number'),
  maxHandlers: uint(4096, 'largest number of protocols that applications handle; 0 means any number'),
  maxConnectionMemory: uint(
    268_435_456,
    'bytes that may be buffered for one connection with a peer; 0 means any number',
  ),
} as const
