import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Multiaddr } from '@multiformats/multiaddr'
import { LONGEST_TIMER } from './abort.ts'
import { type ConfigFile, decodeConfigFile } from './config-file.ts'
import { DAEMON_FLAGS } from './config-flags.ts'
import { type Endpoint, parseEndpoint } from './endpoints/address.ts'
import { ConfigError } from './failure.ts'
import { type GivenFlags, parseFlags } from './flags.ts'
import { type LogLevels, parseGoLogLevels, parseLogLevels } from './log/levels.ts'
import { AddressError, parseMultiaddr } from './multiaddr.ts'

/** The security protocols in the order in which a dialer prefers them. */
const SECURITY_PROTOCOLS = ['noise', 'tls', 'plaintext'] as const
const MUXERS = ['yamux', 'mplex'] as const
const STOCK_PARTS = ['noise', 'tls', 'yamux', 'tcp'] as const
const ROUTERS = ['gossipsub', 'floodsub'] as const
const DHT_MODES = ['', 'full', 'client', 'server'] as const
const LOG_FORMATS = ['text', 'json'] as const

export type SecurityProtocol = (typeof SECURITY_PROTOCOLS)[number]
export type Muxer = (typeof MUXERS)[number]
/** A part of the data plane of which js-libp2p has one and this daemon another. */
export type StockPart = (typeof STOCK_PARTS)[number]
export type PubsubRouter = (typeof ROUTERS)[number]
/** `full` serves once the peer is known to be reachable, and is a client until then. */
export type DhtMode = Exclude<(typeof DHT_MODES)[number], ''>
export type LogFormat = (typeof LOG_FORMATS)[number]

/** What the daemon is to do: flags, JSON configuration and defaults merged and checked. */
export interface Config {
  /** Where the control socket listens. */
  readonly listen: Endpoint
  /** Print no banner. */
  readonly quiet: boolean
  /** The private key file; undefined: a fresh identity. */
  readonly identityPath: string | undefined
  /** Where the libp2p node listens; nowhere when empty. */
  readonly hostAddrs: readonly Multiaddr[]
  /** What the libp2p node announces in place of its actual addresses, unless empty. */
  readonly announceAddrs: readonly Multiaddr[]
  /** In order of preference, at least one. */
  readonly securityProtocols: readonly SecurityProtocol[]
  readonly muxer: Muxer
  /** The parts to use of js-libp2p in place of this daemon's own, to tell which one a fault is in. */
  readonly stock: readonly StockPart[]
  /** Serve `/echo/1.0.0`. */
  readonly echo: boolean
  /** Undefined: take no part in the DHT. */
  readonly dht: DhtMode | undefined
  readonly bootstrap: BootstrapConfig
  readonly connManager: ConnManagerConfig
  /** Undefined: no pubsub. */
  readonly pubsub: PubsubConfig | undefined
  readonly relay: RelayConfig
  /** Serve AutoNAT. */
  readonly autonat: boolean
  readonly natPortMap: boolean
  /** What to assume of whether other peers can dial this one; undefined: find out. */
  readonly reachability: 'public' | 'private' | undefined
  /** `host:port`; undefined: no metrics. */
  readonly metricsAddress: string | undefined
  readonly pprof: PprofConfig
  /** The folder of what is known of peers; undefined: memory. */
  readonly peerstorePath: string | undefined
  /** The file of a private network's key; undefined: the public network. */
  readonly pskPath: string | undefined
  readonly log: LogConfig
  /** Permissions of the Unix control socket. */
  readonly socketMode: number
  readonly limits: LimitsConfig
  /** What in it could not be used, and was passed over, for the log. */
  readonly problems: readonly string[]
}

export interface BootstrapConfig {
  readonly enabled: boolean
  /** Undefined: the public network's. */
  readonly peers: readonly Multiaddr[] | undefined
}

export interface ConnManagerConfig {
  /** Connections that a trim leaves; 0: never trim. */
  readonly lowWater: number
  /** Connections from which on it trims by itself; 0: never trim. */
  readonly highWater: number
  /** Milliseconds. */
  readonly gracePeriod: number
}

export interface PubsubConfig {
  readonly router: PubsubRouter
  readonly sign: boolean
  readonly signStrict: boolean
  /** Milliseconds; 0: the router's own. */
  readonly heartbeatInterval: number
  readonly heartbeatInitialDelay: number
}

export interface RelayConfig {
  /** Be a relay for others; every daemon can dial and be reached through relays. */
  readonly enabled: boolean
  /** Reserve at relays while no peer can dial this one. */
  readonly auto: boolean
  /** Find relays among the peers met. */
  readonly discovery: boolean
  /** Turn connections through relays into direct ones (DCUtR). */
  readonly holePunching: boolean
  /** Relays to reserve at. */
  readonly relays: readonly Multiaddr[]
  /** Circuits at once through this relay, in all and of one peer; 0: no limit. */
  readonly circuits: number
  readonly circuitsPerPeer: number
  readonly reservations: number
  /** Milliseconds. */
  readonly reservationTtl: number
  /** Bytes in each direction of a circuit; 0: no limit. */
  readonly dataLimit: number
  /** Milliseconds that a circuit may last; 0: no limit. */
  readonly timeLimit: number
}

export interface PprofConfig {
  readonly enabled: boolean
  /** 0: the first free one from 6060 on. */
  readonly port: number
}

export interface LogConfig {
  readonly levels: LogLevels
  readonly format: LogFormat
}

/** Numbers over which the daemon says no; 0: any number is fine. */
export interface LimitsConfig {
  readonly connections: number
  /** On one connection. */
  readonly streams: number
  readonly controlConnections: number
  readonly handlers: number
  /** Bytes buffered for one connection. */
  readonly connectionMemory: number
}

/**
 * Reads the configuration from a command line, given without the program's name, and the JSON it points at.
 *
 * A flag that was given wins over the JSON, which wins over the environment, which wins over the flag's default. An
 * empty text or list says nothing.
 *
 * @throws FlagError when the command line cannot be read or asks for help
 * @throws ConfigError when the JSON cannot be read, or a value is wrong
 */
export async function loadConfig(
  argv: readonly string[],
  stdin: Readable = process.stdin,
  environment: Environment = process.env,
): Promise<Config> {
  const flags = parseFlags(DAEMON_FLAGS, argv)
  const problems: string[] = []
  const file = await loadConfigFile(flags, stdin, problem => problems.push(problem))
  try {
    return mergeConfig(flags, file, environment, problems)
  } catch (error) {
    if (error instanceof AddressError) throw new ConfigError(error.message, { cause: error })
    throw error
  }
}

type Environment = Readonly<Record<string, string | undefined>>

async function loadConfigFile(
  flags: Given,
  stdin: Readable,
  onProblem: (problem: string) => void,
): Promise<ConfigFile> {
  if (flags.i) return decodeConfigFile(await text(stdin), onProblem)
  const path = flags.f
  if (!path) return {}
  const json = await readFile(path, 'utf8').catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
  return decodeConfigFile(json, onProblem)
}

function mergeConfig(given: Given, file: ConfigFile, environment: Environment, problems: string[]): Config {
  const defaults = Object.fromEntries(Object.entries(DAEMON_FLAGS).map(([name, flag]) => [name, flag.default]))
  const flags = { ...defaults, ...given } as Required<Given>
  const config: Config = {
    listen: parseEndpoint(given.listen ?? file.ListenAddr ?? flags.listen),
    quiet: given.q ?? file.Quiet ?? flags.q,
    identityPath: flags.id || file.ID || undefined,
    hostAddrs: mergeHostAddrs(given, file),
    announceAddrs: parseMultiaddrs(given.announceAddrs, file.AnnounceAddresses),
    securityProtocols: mergeSecurity(given, file),
    // as from a variable of a script that is not set
    muxer: oneOf('muxer', flags.muxer || DAEMON_FLAGS.muxer.default, MUXERS),
    stock: flags.stock.map(part => oneOf('part of js-libp2p', part, STOCK_PARTS)),
    echo: given.echo ?? file.Echo ?? flags.echo,
    dht: mergeDht(given, file),
    bootstrap: {
      enabled: given.b ?? file.Bootstrap?.Enabled ?? flags.b,
      peers: nonEmpty(parseMultiaddrs(given.bootstrapPeers, file.Bootstrap?.Peers)),
    },
    connManager: mergeConnManager(given, file, flags),
    pubsub: mergePubsub(given, file, flags),
    relay: {
      enabled: given.relay ?? file.Relay?.Enabled ?? flags.relay,
      auto: given.autoRelay ?? file.Relay?.Auto ?? flags.autoRelay,
      discovery: given.relayDiscovery ?? file.Relay?.Discovery ?? flags.relayDiscovery,
      holePunching: given.holePunching ?? file.Relay?.HolePunching ?? flags.holePunching,
      relays: parseMultiaddrs(given.relays, file.Relay?.Relays),
      circuits: given.relayHopLimit ?? file.Relay?.HopLimit ?? flags.relayHopLimit,
      circuitsPerPeer: given.relayCircuitsPerPeer ?? file.Relay?.CircuitsPerPeer ?? flags.relayCircuitsPerPeer,
      reservations: given.relayReservations ?? file.Relay?.Reservations ?? flags.relayReservations,
      reservationTtl:
        given.relayReservationTTL ?? milliseconds(file.Relay?.ReservationTTL) ?? flags.relayReservationTTL,
      dataLimit: given.relayDataLimit ?? file.Relay?.DataLimit ?? flags.relayDataLimit,
      timeLimit: given.relayTimeLimit ?? milliseconds(file.Relay?.TimeLimit) ?? flags.relayTimeLimit,
    },
    autonat: given.autonat ?? file.AutoNat ?? flags.autonat,
    natPortMap: given.natPortMap ?? file.NatPortMap ?? flags.natPortMap,
    reachability: mergeReachability(flags),
    metricsAddress: flags.metricsAddr || file.MetricsAddress || undefined,
    pprof: {
      enabled: given.pprof ?? file.PProf?.Enabled ?? flags.pprof,
      port: given.pprofPort ?? file.PProf?.Port ?? flags.pprofPort,
    },
    peerstorePath: flags.peerstore || file.Peerstore || undefined,
    pskPath: flags.psk || file.PSK || undefined,
    log: mergeLog(given, file, environment, problems),
    socketMode: parseMode(given.socketMode ?? file.SocketMode ?? flags.socketMode),
    limits: {
      connections: given.maxConnections ?? file.Limits?.Connections ?? flags.maxConnections,
      streams: given.maxStreams ?? file.Limits?.Streams ?? flags.maxStreams,
      controlConnections: given.maxControlConnections ?? file.Limits?.ControlConnections ?? flags.maxControlConnections,
      handlers: given.maxHandlers ?? file.Limits?.Handlers ?? flags.maxHandlers,
      connectionMemory: given.maxConnectionMemory ?? file.Limits?.ConnectionMemory ?? flags.maxConnectionMemory,
    },
    problems,
  }
  const { auto, relays, discovery } = config.relay
  // go's -relay=false says nothing: only in the JSON it forbids relays, as far as -autoRelay is concerned
  const forbidden = given.relay === undefined && file.Relay?.Enabled === false
  if (auto && (forbidden || (config.dht === undefined && relays.length === 0 && !discovery))) {
    throw new ConfigError("can't have autorelay enabled without Relay enabled and DHT enabled")
  }
  return config
}

type Given = GivenFlags<typeof DAEMON_FLAGS>

function mergeHostAddrs(given: Given, file: ConfigFile): Multiaddr[] {
  const noListen = given.noListenAddrs ?? file.NoListen ?? DAEMON_FLAGS.noListenAddrs.default
  const hostAddrs = parseMultiaddrs(given.hostAddrs, file.HostAddresses)
  return noListen ? [] : hostAddrs
}

function mergeSecurity(given: Given, file: ConfigFile): SecurityProtocol[] {
  const security: Readonly<Record<SecurityProtocol, boolean>> = {
    noise: given.noise ?? file.Security?.Noise ?? DAEMON_FLAGS.noise.default,
    tls: given.tls ?? file.Security?.TLS ?? DAEMON_FLAGS.tls.default,
    plaintext: given.plaintext ?? file.Security?.Plaintext ?? DAEMON_FLAGS.plaintext.default,
  }
  const enabled = SECURITY_PROTOCOLS.filter(protocol => security[protocol])
  if (enabled.length === 0) throw new ConfigError('at least one channel security protocol must be enabled')
  return enabled
}

/** Of several flags the first of these wins, as in go; none of them takes back what the JSON says. */
function mergeDht({ dht, dhtClient, dhtServer }: Given, file: ConfigFile): DhtMode | undefined {
  const configured = DHT_MODES.find(mode => mode === (file.DHT?.Mode ?? ''))
  if (configured === undefined) throw new ConfigError(`unknown DHT mode {${file.DHT?.Mode}}`)
  if (dht) return 'full'
  if (dhtClient) return 'client'
  if (dhtServer) return 'server'
  return configured || undefined
}

/** What go-libp2p does unless told otherwise; without `-connManager`, the other flags say nothing, as in go. */
const DEFAULT_CONN_MANAGER: ConnManagerConfig = { lowWater: 160, highWater: 192, gracePeriod: 60_000 }

function mergeConnManager(given: Given, file: ConfigFile, flags: Required<Given>): ConnManagerConfig {
  const { Enabled, LowWaterMark, HighWaterMark, GracePeriod } = file.ConnectionManager ?? {}
  if (!(given.connManager ?? Enabled ?? flags.connManager)) return DEFAULT_CONN_MANAGER
  const gracePeriod = given.connGrace ?? milliseconds(GracePeriod) ?? flags.connGrace
  if (gracePeriod < 0) throw new ConfigError('grace period must be non-negative')
  return {
    lowWater: given.connLo ?? LowWaterMark ?? flags.connLo,
    highWater: given.connHi ?? HighWaterMark ?? flags.connHi,
    gracePeriod,
  }
}

function mergePubsub(given: Given, file: ConfigFile, flags: Required<Given>): PubsubConfig | undefined {
  const { Enabled, Router, Sign, SignStrict, GossipSubHeartbeat } = file.PubSub ?? {}
  if (!(given.pubsub ?? Enabled ?? flags.pubsub)) return undefined
  const router = ROUTERS.find(name => name === (given.pubsubRouter ?? Router ?? flags.pubsubRouter))
  if (router === undefined) throw new ConfigError(`unknown pubsub router: ${given.pubsubRouter ?? Router}`)
  return {
    router,
    sign: given.pubsubSign ?? Sign ?? flags.pubsubSign,
    signStrict: given.pubsubSignStrict ?? SignStrict ?? flags.pubsubSignStrict,
    heartbeatInterval: timerOf(
      given.gossipsubHeartbeatInterval ??
        milliseconds(GossipSubHeartbeat?.Interval) ??
        flags.gossipsubHeartbeatInterval,
    ),
    heartbeatInitialDelay: timerOf(
      given.gossipsubHeartbeatInitialDelay ??
        milliseconds(GossipSubHeartbeat?.InitialDelay) ??
        flags.gossipsubHeartbeatInitialDelay,
    ),
  }
}

/** What a timer can wait, in ms; a longer time would be none at all to it. A negative one counts as not given, as in go. */
function timerOf(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), LONGEST_TIMER)
}

/** What go's logs could be told beside level and format: where to go, and what to say with every line. */
const GOLOG_UNSUPPORTED = ['GOLOG_FILE', 'GOLOG_URL', 'GOLOG_OUTPUT', 'GOLOG_LOG_LABELS']

/** The variables are those of go's logs, of which the format `json` alone makes a difference here. */
function mergeLog(given: Given, file: ConfigFile, environment: Environment, problems: string[]): LogConfig {
  const { GOLOG_LOG_LEVEL: goLevels, GOLOG_LOG_FMT: goFormat } = environment
  for (const name of GOLOG_UNSUPPORTED) {
    if (environment[name]) problems.push(`${name} has no effect: the log goes to standard error`)
  }
  const levels = given.log || file.Log?.Levels
  const format = given.logFormat ?? file.Log?.Format ?? (goFormat === 'json' ? 'json' : DAEMON_FLAGS.logFormat.default)
  const fromEnvironment = (): LogLevels => {
    const parsed = parseGoLogLevels(goLevels ?? '')
    problems.push(...parsed.problems)
    return parsed.levels
  }
  return {
    levels: levels ? parseLogLevels(levels) : fromEnvironment(),
    format: oneOf('log format', format, LOG_FORMATS),
  }
}

function mergeReachability(flags: Required<Given>): Config['reachability'] {
  const { forceReachabilityPublic, forceReachabilityPrivate } = flags
  if (forceReachabilityPublic && forceReachabilityPrivate) {
    throw new ConfigError('forceReachability must be public or private, not both')
  }
  if (forceReachabilityPublic) return 'public'
  return forceReachabilityPrivate ? 'private' : undefined
}

function parseMultiaddrs(given: readonly string[] = [], configured: readonly string[] = []): Multiaddr[] {
  return (given.length > 0 ? given : configured).map(parseMultiaddr)
}

function nonEmpty<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items
}

/** JSON counts durations in go's nanoseconds. */
function milliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : nanoseconds / 1e6
}

function oneOf<const Word extends string>(what: string, word: string, words: readonly Word[]): Word {
  const known = words.find(name => name === word)
  if (known === undefined)
    throw new ConfigError(`unknown ${what} ${JSON.stringify(word)}; must be ${words.join(' or ')}`)
  return known
}

function parseMode(text: string): number {
  if (!/^0?[0-7]{3}$/.test(text)) {
    throw new ConfigError(`socket permissions ${JSON.stringify(text)} are not three octal digits such as 0600`)
  }
  return Number.parseInt(text, 8)
}
