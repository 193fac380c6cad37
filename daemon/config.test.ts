import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { type Config, loadConfig } from './config.ts'
import { ConfigError } from './failure.ts'
import { FlagError } from './flags.ts'

/** Loads with JSON on standard input; without JSON, standard input must not be touched. */
const load = (argv: readonly string[], json?: unknown, environment: Record<string, string> = {}): Promise<Config> => {
  if (json === undefined) return loadConfig(argv, Readable.from(unread()), environment)
  const text = typeof json === 'string' ? json : JSON.stringify(json)
  return loadConfig(['-i', ...argv], Readable.from([text]), environment)
}

// biome-ignore lint/correctness/useYield: reading it is the fault
async function* unread(): AsyncGenerator<string> {
  throw new Error('standard input was read')
}

const write = async (text: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'p2pd-config-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'config.json')
  await writeFile(path, text)
  return path
}

test('the defaults', async () => {
  const defaults: Config = {
    listen: { kind: 'unix', path: '/tmp/p2pd.sock' },
    quiet: false,
    identityPath: undefined,
    hostAddrs: [],
    announceAddrs: [],
    securityProtocols: ['noise', 'tls'],
    muxer: 'yamux',
    stock: [],
    echo: true,
    dht: undefined,
    bootstrap: { enabled: false, peers: undefined },
    connManager: { lowWater: 160, highWater: 192, gracePeriod: 60_000 },
    pubsub: undefined,
    relay: {
      enabled: true,
      auto: false,
      discovery: false,
      holePunching: true,
      relays: [],
      circuits: 0,
      circuitsPerPeer: 16,
      reservations: 128,
      reservationTtl: 3_600_000,
      dataLimit: 128 * 1024,
      timeLimit: 120_000,
    },
    autonat: false,
    natPortMap: false,
    reachability: undefined,
    metricsAddress: undefined,
    pprof: { enabled: false, port: 0 },
    peerstorePath: undefined,
    pskPath: undefined,
    log: { levels: { general: 'warn', components: new Map() }, format: 'text' },
    socketMode: 0o600,
    limits: {
      connections: 4096,
      streams: 16_384,
      controlConnections: 16_384,
      handlers: 4096,
      connectionMemory: 256 * 1024 * 1024,
    },
    problems: [],
  }
  expect(await load([])).toEqual(defaults)
  expect(await load([], {})).toEqual(defaults)
  expect(await load([], 'null')).toEqual(defaults)
})

test('every flag has its effect', async () => {
  const config = await load([
    '-listen=/ip4/127.0.0.1/tcp/0',
    '-q',
    '-id=key',
    '-hostAddrs=/ip4/127.0.0.1/tcp/1,/ip6/::1/tcp/2',
    '-announceAddrs=/dns4/example.com/tcp/3',
    '-noise=false',
    '-plaintext',
    '-muxer=mplex',
    '-stock=noise,tcp',
    '-echo=false',
    '-b',
    '-bootstrapPeers=/ip4/127.0.0.1/tcp/4',
    '-dhtServer',
    '-connManager',
    '-connLo=1',
    '-connHi=2',
    '-connGrace=3s',
    '-pubsub',
    '-pubsubRouter=floodsub',
    '-pubsubSign=false',
    '-pubsubSignStrict=false',
    '-gossipsubHeartbeatInterval=1m',
    '-gossipsubHeartbeatInitialDelay=2ms',
    '-relayDiscovery',
    '-holePunching=false',
    '-relayHopLimit=4',
    '-autoRelay',
    '-autonat',
    '-natPortMap',
    '-forceReachabilityPrivate',
    '-metricsAddr=localhost:1',
    '-pprof',
    '-pprofPort=7000',
    '-relays=/ip4/127.0.0.1/tcp/5',
    '-relayCircuitsPerPeer=5',
    '-relayReservations=6',
    '-relayReservationTTL=1m',
    '-relayDataLimit=7',
    '-relayTimeLimit=8s',
    '-peerstore=peers',
    '-psk=swarm.key',
    '-log=debug',
    '-logFormat=json',
    '-socketMode=660',
    '-maxConnections=9',
    '-maxStreams=10',
    '-maxControlConnections=11',
    '-maxHandlers=12',
    '-maxConnectionMemory=13',
  ])
  // multiaddrs as text, maps as nothing
  expect(JSON.parse(JSON.stringify(config))).toEqual({
    listen: { kind: 'tcp', host: '127.0.0.1', port: 0, family: 4 },
    quiet: true,
    identityPath: 'key',
    hostAddrs: ['/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/2'],
    announceAddrs: ['/dns4/example.com/tcp/3'],
    securityProtocols: ['tls', 'plaintext'],
    muxer: 'mplex',
    stock: ['noise', 'tcp'],
    echo: false,
    dht: 'server',
    bootstrap: { enabled: true, peers: ['/ip4/127.0.0.1/tcp/4'] },
    connManager: { lowWater: 1, highWater: 2, gracePeriod: 3_000 },
    pubsub: {
      router: 'floodsub',
      sign: false,
      signStrict: false,
      heartbeatInterval: 60_000,
      heartbeatInitialDelay: 2,
    },
    relay: {
      enabled: true,
      auto: true,
      discovery: true,
      holePunching: false,
      relays: ['/ip4/127.0.0.1/tcp/5'],
      circuits: 4,
      circuitsPerPeer: 5,
      reservations: 6,
      reservationTtl: 60_000,
      dataLimit: 7,
      timeLimit: 8_000,
    },
    autonat: true,
    natPortMap: true,
    reachability: 'private',
    metricsAddress: 'localhost:1',
    pprof: { enabled: true, port: 7000 },
    peerstorePath: 'peers',
    pskPath: 'swarm.key',
    log: { levels: { general: 'debug', components: {} }, format: 'json' },
    socketMode: 0o660,
    limits: { connections: 9, streams: 10, controlConnections: 11, handlers: 12, connectionMemory: 13 },
    problems: [],
  })
})

test.each([
  [[], undefined],
  [['-dht'], 'full'],
  [['-dhtClient'], 'client'],
  [['-dhtServer', '-dhtClient', '-dht'], 'full'],
  [['-dhtServer', '-dhtClient'], 'client'],
])('%j: DHT mode %s', async (argv, mode) => {
  expect((await load(argv)).dht).toBe(mode)
})

const JSON_CONFIG = {
  ListenAddr: '/unix/tmp/json.sock',
  Quiet: true,
  ID: 'json-key',
  HostAddresses: ['/ip4/127.0.0.1/tcp/1'],
  AnnounceAddresses: ['/ip4/127.0.0.1/tcp/2'],
  Security: { Noise: false, Plaintext: true },
  Echo: false,
  DHT: { Mode: 'client' },
  ConnectionManager: { Enabled: true, LowWaterMark: 1, HighWaterMark: 2, GracePeriod: 3e9 },
  PubSub: {
    Enabled: true,
    Router: 'floodsub',
    Sign: false,
    SignStrict: false,
    GossipSubHeartbeat: { Interval: 4e9, InitialDelay: 5e6 },
  },
}

test('the JSON is used for what no flag says', async () => {
  const config = await load([], JSON_CONFIG)
  expect(config).toMatchObject({
    listen: { kind: 'unix', path: '/tmp/json.sock' },
    quiet: true,
    identityPath: 'json-key',
    securityProtocols: ['tls', 'plaintext'],
    echo: false,
    dht: 'client',
    connManager: { lowWater: 1, highWater: 2, gracePeriod: 3_000 },
    pubsub: { router: 'floodsub', sign: false, signStrict: false, heartbeatInterval: 4_000, heartbeatInitialDelay: 5 },
  })
  expect(config.hostAddrs.map(String)).toEqual(['/ip4/127.0.0.1/tcp/1'])
  expect(config.announceAddrs.map(String)).toEqual(['/ip4/127.0.0.1/tcp/2'])
})

test('a flag that was given wins over the JSON, in both directions', async () => {
  const argv = ['-listen=/unix/tmp/flag.sock', '-q=false', '-id=flag-key', '-hostAddrs=/ip4/127.0.0.1/tcp/9', '-echo']
  const config = await load([...argv, '-noise', '-plaintext=false', '-tls=false'], JSON_CONFIG)
  expect(config).toMatchObject({
    listen: { kind: 'unix', path: '/tmp/flag.sock' },
    quiet: false,
    identityPath: 'flag-key',
    securityProtocols: ['noise'],
    echo: true,
  })
  expect(config.hostAddrs.map(String)).toEqual(['/ip4/127.0.0.1/tcp/9'])
})

test('an empty path or list says nothing', async () => {
  const config = await load(['-id=', '-hostAddrs='], JSON_CONFIG)
  expect(config.identityPath).toBe('json-key')
  expect(config.hostAddrs).toHaveLength(1)
})

test('noListenAddrs wins over hostAddrs', async () => {
  const hostAddrs = '-hostAddrs=/ip4/127.0.0.1/tcp/1'
  expect((await load([hostAddrs, '-noListenAddrs'])).hostAddrs).toEqual([])
  expect((await load([hostAddrs], { NoListen: true })).hostAddrs).toEqual([])
  expect((await load([hostAddrs, '-noListenAddrs=false'], { NoListen: true })).hostAddrs).toHaveLength(1)
})

test('the JSON comes from a file, unless standard input is asked for', async () => {
  const path = await write('{"Quiet": true}')
  expect((await load(['-f', path])).quiet).toBe(true)
  expect((await load(['-f', path], { Quiet: false })).quiet).toBe(false)
  expect((await load(['-f', '/not/there'], {})).quiet).toBe(false)
})

test.each([
  [['-listen', 'foo'], 'failed to parse multiaddr "foo": must begin with /'],
  [['-listen='], 'failed to parse multiaddr "": empty multiaddr'],
  [['-listen', '/unix'], 'failed to parse multiaddr "/unix": unexpected end of multiaddr'],
  [['-listen', '/ip4/127.0.0.1/udp/0'], 'listen udp4 127.0.0.1:0: address 127.0.0.1:0: unexpected address type'],
  [['-hostAddrs', 'foo'], 'failed to parse multiaddr "foo": must begin with /'],
  [['-announceAddrs', '/ip4/1.1.1.1/tcp/1,'], 'failed to parse multiaddr "": empty multiaddr'],
  [['-noise=0', '-tls=0'], 'at least one channel security protocol must be enabled'],
  [['-muxer', 'qmux'], 'unknown muxer "qmux"; must be yamux or mplex'],
  [['-stock', 'noise,quic'], 'unknown part of js-libp2p "quic"; must be noise or tls or yamux or tcp'],
  [['-pubsub', '-pubsubRouter', 'foo'], 'unknown pubsub router: foo'],
  [['-autoRelay'], "can't have autorelay enabled without Relay enabled and DHT enabled"],
  [['-forceReachabilityPublic', '-forceReachabilityPrivate'], 'forceReachability must be public or private, not both'],
  [['-logFormat', 'xml'], 'unknown log format "xml"; must be text or json'],
  [['-log', 'dht=loud'], 'unknown log level "loud"; must be error, warn, info, debug or trace'],
  [['-log', 'info,dhtt=debug'], 'unknown log component "dhtt"; did you mean "dht"?'],
  [['-socketMode', '0999'], 'socket permissions "0999" are not three octal digits such as 0600'],
  [['-connManager', '-connGrace=-1s'], 'grace period must be non-negative'],
  [['-f', 'nope.json'], 'open nope.json: no such file or directory'],
])('%j is fatal', async (argv, message) => {
  await expect(load(argv)).rejects.toThrow(new ConfigError(message))
})

test('-relay=false says nothing against -autoRelay, as in go: this peer is no relay, and reserves at others', async () => {
  const { relay } = await load(['-autoRelay', '-dht', '-relay=false'])
  expect(relay).toMatchObject({ auto: true, enabled: false })
})

test.each([
  [{ ListenAddr: 'foo' }, 'failed to parse multiaddr "foo": must begin with /'],
  [{ HostAddresses: ['/foo'] }, 'failed to parse multiaddr "/foo": unknown protocol foo'],
  [{ Security: { Noise: false, TLS: false } }, 'at least one channel security protocol must be enabled'],
  [{ DHT: { Mode: 'bogus' } }, 'unknown DHT mode {bogus}'],
  [{ Relay: { Auto: true } }, "can't have autorelay enabled without Relay enabled and DHT enabled"],
  [
    { Relay: { Auto: true, Enabled: false }, DHT: { Mode: 'full' } },
    "can't have autorelay enabled without Relay enabled and DHT enabled",
  ],
  ['{} trailing', "invalid character 't' after top-level value"],
])('the JSON %j is fatal', async (json, message) => {
  await expect(load([], json)).rejects.toThrow(new ConfigError(message))
})

test('what go enables by default, and what is not enabled, may be spelt out', async () => {
  const json = {
    Bootstrap: { Enabled: false },
    DHT: { Mode: '' },
    ConnectionManager: { Enabled: false, LowWaterMark: 256, HighWaterMark: 512, GracePeriod: 120e9 },
    QUIC: true,
    NatPortMap: false,
    PubSub: { Enabled: false, Router: 'gossipsub', Sign: true, SignStrict: true },
    Relay: { Enabled: true, Active: false, Hop: false, Discovery: false, Auto: false, HopLimit: 0 },
    AutoNat: false,
    MetricsAddress: '',
    PProf: { Enabled: false, Port: 0 },
  }
  expect(await load([], json)).toEqual(await load([]))
})

test.each([
  ['1000h', 2 ** 31 - 1],
  ['-1s', 0],
])('a heartbeat of %s is one that a timer can have', async (given, milliseconds) => {
  const flags = ['-pubsub', `-gossipsubHeartbeatInterval=${given}`, `-gossipsubHeartbeatInitialDelay=${given}`]
  const { pubsub } = await loadConfig(flags)
  expect(pubsub).toMatchObject({ heartbeatInterval: milliseconds, heartbeatInitialDelay: milliseconds })
})

test('without -connManager its marks are go-libp2p’s own, whatever the other flags say', async () => {
  const ignored = ['-connLo=1', '-connHi=2', '-connGrace=0']
  expect((await load(ignored)).connManager).toEqual((await load([])).connManager)
  const configured = { ConnectionManager: { LowWaterMark: 3 } }
  expect((await load(['-connManager', '-connGrace=0'], configured)).connManager).toEqual({
    lowWater: 3,
    highWater: 512,
    gracePeriod: 0,
  })
})

test('a bad command line is a FlagError, before any JSON is read', async () => {
  await expect(load(['-i', '-nosuchflag'])).rejects.toThrow(FlagError)
})

test.each([
  [[], undefined, {}, 'warn', 'text'],
  [[], undefined, { GOLOG_LOG_LEVEL: 'INFO', GOLOG_LOG_FMT: 'json' }, 'info', 'json'],
  [[], undefined, { GOLOG_LOG_LEVEL: 'fatal', GOLOG_LOG_FMT: 'nocolor' }, 'error', 'text'],
  [
    [],
    { Log: { Levels: 'debug', Format: 'text' } },
    { GOLOG_LOG_LEVEL: 'info', GOLOG_LOG_FMT: 'json' },
    'debug',
    'text',
  ],
  [['-log', 'trace'], { Log: { Levels: 'debug' } }, { GOLOG_LOG_LEVEL: 'info' }, 'trace', 'text'],
] as const)('log levels of flags %j, JSON %j and environment %j: %s, %s', async (argv, json, environment, level, format) => {
  const { log } = await load(argv, json, environment)
  expect(log).toEqual({ levels: { general: level, components: new Map() }, format })
})

test('what is passed over in JSON and environment is described', async () => {
  const json = { $schema: 'x', Quite: true, DHT: { Mod: 'full' }, nonsenseBeyondHope: 1 }
  const { problems } = await load([], json, { GOLOG_LOG_LEVEL: 'swarm2=info,loud', GOLOG_FILE: '/x', GOLOG_URL: '' })
  expect(problems).toEqual([
    'unknown configuration key "Quite"; did you mean "Quiet"?',
    'unknown configuration key "DHT.Mod"; did you mean "Mode"?',
    'unknown configuration key "nonsenseBeyondHope"',
    'GOLOG_FILE has no effect: the log goes to standard error',
    'error setting log level "loud": unrecognized level: "loud"',
  ])
})
