import type { DAEMON_FLAGS } from './config-flags.ts'

/**
 * Which flag and which JSON field say the same: what docs/configuration.md and its JSON schema are generated from. The
 * daemon itself does not load it.
 */

/** A row of the reference. At least one of flag and field is there. */
export interface Setting {
  readonly flag?: keyof typeof DAEMON_FLAGS
  /** The path of the JSON field, as in `DHT.Mode`. */
  readonly field?: string
  /** In place of the flag's usage text. */
  readonly meaning?: string
  /** In place of that, in the JSON schema, where no flags stand beside it. */
  readonly fieldMeaning?: string
  /** The only values there are. */
  readonly values?: readonly string[]
}

export interface SettingGroup {
  readonly title: string
  readonly settings: readonly Setting[]
}

export const SETTINGS: readonly SettingGroup[] = [
  {
    title: 'The process',
    settings: [
      { flag: 'listen', field: 'ListenAddr' },
      { flag: 'socketMode', field: 'SocketMode' },
      { flag: 'q', field: 'Quiet' },
      { flag: 'id', field: 'ID' },
      { flag: 'f' },
      { flag: 'i' },
      { flag: 'version' },
    ],
  },
  {
    title: 'Connections with peers',
    settings: [
      { flag: 'hostAddrs', field: 'HostAddresses' },
      { flag: 'announceAddrs', field: 'AnnounceAddresses' },
      { flag: 'noListenAddrs', field: 'NoListen' },
      { flag: 'noise', field: 'Security.Noise' },
      { flag: 'tls', field: 'Security.TLS' },
      { flag: 'plaintext', field: 'Security.Plaintext' },
      { flag: 'muxer', values: ['yamux', 'mplex'] },
      { flag: 'stock' },
      { flag: 'psk', field: 'PSK' },
      { flag: 'echo', field: 'Echo' },
      { flag: 'peerstore', field: 'Peerstore' },
      {
        field: 'QUIC',
        meaning:
          'accepted for compatibility; without effect, as in go-libp2p-daemon: a QUIC address to listen on is enough',
      },
    ],
  },
  {
    title: 'Finding peers: bootstrap and the DHT',
    settings: [
      { flag: 'b', field: 'Bootstrap.Enabled' },
      { flag: 'bootstrapPeers', field: 'Bootstrap.Peers' },
      {
        field: 'DHT.Mode',
        meaning: 'what the next three flags say, of which the first one given wins',
        fieldMeaning:
          'part taken in the DHT: full is a server once this peer is known to be reachable, and a client until then; empty is none',
        values: ['', 'full', 'client', 'server'],
      },
      { flag: 'dht' },
      { flag: 'dhtClient' },
      { flag: 'dhtServer' },
    ],
  },
  {
    title: 'The connection manager',
    settings: [
      {
        flag: 'connManager',
        field: 'ConnectionManager.Enabled',
        fieldMeaning: 'trim connections by the marks below; without it, from 192 to 160 after 1m of grace',
      },
      { flag: 'connLo', field: 'ConnectionManager.LowWaterMark' },
      { flag: 'connHi', field: 'ConnectionManager.HighWaterMark' },
      { flag: 'connGrace', field: 'ConnectionManager.GracePeriod' },
    ],
  },
  {
    title: 'Pubsub',
    settings: [
      { flag: 'pubsub', field: 'PubSub.Enabled' },
      { flag: 'pubsubRouter', field: 'PubSub.Router', values: ['gossipsub', 'floodsub'] },
      { flag: 'pubsubSign', field: 'PubSub.Sign' },
      { flag: 'pubsubSignStrict', field: 'PubSub.SignStrict' },
      { flag: 'gossipsubHeartbeatInterval', field: 'PubSub.GossipSubHeartbeat.Interval' },
      { flag: 'gossipsubHeartbeatInitialDelay', field: 'PubSub.GossipSubHeartbeat.InitialDelay' },
    ],
  },
  {
    title: 'Relays, and being reached',
    settings: [
      { flag: 'relay', field: 'Relay.Enabled' },
      { flag: 'autoRelay', field: 'Relay.Auto' },
      { flag: 'relays', field: 'Relay.Relays' },
      { flag: 'relayDiscovery', field: 'Relay.Discovery' },
      { flag: 'holePunching', field: 'Relay.HolePunching' },
      { flag: 'relayHopLimit', field: 'Relay.HopLimit' },
      { flag: 'relayCircuitsPerPeer', field: 'Relay.CircuitsPerPeer' },
      { flag: 'relayReservations', field: 'Relay.Reservations' },
      { flag: 'relayReservationTTL', field: 'Relay.ReservationTTL' },
      { flag: 'relayDataLimit', field: 'Relay.DataLimit' },
      { flag: 'relayTimeLimit', field: 'Relay.TimeLimit' },
      { flag: 'relayActive', field: 'Relay.Active' },
      { flag: 'relayHop', field: 'Relay.Hop' },
      { flag: 'autonat', field: 'AutoNat' },
      { flag: 'natPortMap', field: 'NatPortMap' },
      { flag: 'forceReachabilityPublic' },
      { flag: 'forceReachabilityPrivate' },
    ],
  },
  {
    title: 'Operations',
    settings: [
      { flag: 'log', field: 'Log.Levels' },
      { flag: 'logFormat', field: 'Log.Format', values: ['text', 'json'] },
      { flag: 'metricsAddr', field: 'MetricsAddress' },
      { flag: 'pprof', field: 'PProf.Enabled' },
      { flag: 'pprofPort', field: 'PProf.Port' },
    ],
  },
  {
    title: 'Limits',
    settings: [
      { flag: 'maxConnections', field: 'Limits.Connections' },
      { flag: 'maxStreams', field: 'Limits.Streams' },
      { flag: 'maxConnectionMemory', field: 'Limits.ConnectionMemory' },
      { flag: 'maxControlConnections', field: 'Limits.ControlConnections' },
      { flag: 'maxHandlers', field: 'Limits.Handlers' },
    ],
  },
]
