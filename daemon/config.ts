import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Multiaddr } from '@multiformats/multiaddr'
import { type ConfigFile, decodeConfigFile } from './config-file.ts'
import { type Endpoint, parseEndpoint } from './endpoints/address.ts'
import { ConfigError } from './failure.ts'
import { bool, type GivenFlags, list, parseFlags, string } from './flags.ts'
import { AddressError, parseMultiaddr } from './multiaddr.ts'

/** The daemon's flags, by go-libp2p-daemon's names. */
export const DAEMON_FLAGS = {
  listen: string('/unix/tmp/p2pd.sock', 'multiaddr of the control socket'),
  q: bool(false, 'print nothing once started'),
  id: string('', 'file of the private key that is the peer identity; without one, a new identity at every start'),
  hostAddrs: list([], 'comma separated multiaddrs to listen on for other peers'),
  announceAddrs: list([], 'comma separated multiaddrs to announce to other peers in place of the actual ones'),
  noListenAddrs: bool(false, 'listen on no address for other peers, whatever -hostAddrs says'),
  noise: bool(true, 'secure connections by Noise'),
  tls: bool(true, 'secure connections by TLS 1.3'),
  plaintext: bool(false, 'allow connections that are not secured at all'),
  muxer: string('yamux', 'stream multiplexer: yamux or mplex'),
  echo: bool(true, 'serve the echo protocol'),
  f: string('', 'file to read a JSON configuration from; flags win over it'),
  i: bool(false, 'read the JSON configuration from standard input, not from a file'),
}

/** The security protocols in the order in which a dialer prefers them. */
const SECURITY_PROTOCOLS = ['noise', 'tls', 'plaintext'] as const
const MUXERS = ['yamux', 'mplex'] as const

export type SecurityProtocol = (typeof SECURITY_PROTOCOLS)[number]
export type Muxer = (typeof MUXERS)[number]

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
  /** Serve `/echo/1.0.0`. */
  readonly echo: boolean
}

/**
 * Reads the configuration from a command line, given without the program's name, and the JSON it points at.
 *
 * A flag that was given wins over the JSON, which wins over the flag's default. An empty text or list says nothing.
 *
 * @throws FlagError when the command line cannot be read or asks for help
 * @throws ConfigError when the JSON cannot be read, or a value is wrong
 */
export async function loadConfig(argv: readonly string[], stdin: Readable = process.stdin): Promise<Config> {
  const flags = parseFlags(DAEMON_FLAGS, argv)
  const file = await loadConfigFile(flags, stdin)
  validateConfigFile(file)
  try {
    return mergeConfig(flags, file)
  } catch (error) {
    if (error instanceof AddressError) throw new ConfigError(error.message, { cause: error })
    throw error
  }
}

async function loadConfigFile(flags: GivenFlags<typeof DAEMON_FLAGS>, stdin: Readable): Promise<ConfigFile> {
  if (flags.i) return decodeConfigFile(await text(stdin))
  const path = flags.f
  if (!path) return {}
  const json = await readFile(path, 'utf8').catch(error => {
    throw ConfigError.fromSystem(error, path)
  })
  return decodeConfigFile(json)
}

function mergeConfig(flags: GivenFlags<typeof DAEMON_FLAGS>, file: ConfigFile): Config {
  const defaults = DAEMON_FLAGS
  const noListen = flags.noListenAddrs ?? file.NoListen ?? defaults.noListenAddrs.default
  const hostAddrs = parseMultiaddrs(flags.hostAddrs, file.HostAddresses)
  const security: Readonly<Record<SecurityProtocol, boolean>> = {
    noise: flags.noise ?? file.Security?.Noise ?? defaults.noise.default,
    tls: flags.tls ?? file.Security?.TLS ?? defaults.tls.default,
    plaintext: flags.plaintext ?? file.Security?.Plaintext ?? defaults.plaintext.default,
  }
  const securityProtocols = SECURITY_PROTOCOLS.filter(protocol => security[protocol])
  if (securityProtocols.length === 0) {
    throw new ConfigError('at least one channel security protocol must be enabled')
  }
  return {
    listen: parseEndpoint(flags.listen ?? file.ListenAddr ?? defaults.listen.default),
    quiet: flags.q ?? file.Quiet ?? defaults.q.default,
    identityPath: flags.id || file.ID || undefined,
    hostAddrs: noListen ? [] : hostAddrs,
    announceAddrs: parseMultiaddrs(flags.announceAddrs, file.AnnounceAddresses),
    securityProtocols,
    muxer: parseMuxer(flags.muxer ?? defaults.muxer.default),
    echo: flags.echo ?? file.Echo ?? defaults.echo.default,
  }
}

function parseMultiaddrs(given: readonly string[] = [], configured: readonly string[] = []): Multiaddr[] {
  return (given.length > 0 ? given : configured).map(parseMultiaddr)
}

function parseMuxer(word: string): Muxer {
  const muxer = MUXERS.find(name => name === word)
  if (muxer === undefined) {
    throw new ConfigError(`unknown muxer ${JSON.stringify(word)}; must be ${MUXERS.join(' or ')}`)
  }
  return muxer
}

/** What go's JSON can switch on and this daemon does not have. */
const UNSUPPORTED: readonly (readonly [name: string, asked: (file: ConfigFile) => unknown])[] = [
  ['Bootstrap.Enabled', file => file.Bootstrap?.Enabled],
  ['DHT.Mode', file => file.DHT?.Mode],
  ['ConnectionManager.Enabled', file => file.ConnectionManager?.Enabled],
  ['NatPortMap', file => file.NatPortMap],
  ['PubSub.Enabled', file => file.PubSub?.Enabled],
  ['Relay.Active', file => file.Relay?.Active],
  ['Relay.Hop', file => file.Relay?.Hop],
  ['Relay.Discovery', file => file.Relay?.Discovery],
  ['Relay.Auto', file => file.Relay?.Auto],
  ['AutoNat', file => file.AutoNat],
  ['MetricsAddress', file => file.MetricsAddress],
  ['PProf.Enabled', file => file.PProf?.Enabled],
]

const DHT_MODES: readonly string[] = ['', 'full', 'client', 'server']

/** Refuses JSON that contradicts itself, and JSON that asks for what would silently be left out. */
function validateConfigFile(file: ConfigFile): void {
  const mode = file.DHT?.Mode ?? ''
  if (!DHT_MODES.includes(mode)) throw new ConfigError(`unknown DHT mode {${mode}}`)
  if (file.Relay?.Auto && (file.Relay.Enabled === false || mode === '')) {
    throw new ConfigError("can't have autorelay enabled without Relay enabled and DHT enabled")
  }
  for (const [name, asked] of UNSUPPORTED) {
    if (asked(file)) throw new ConfigError(`${name} in the JSON configuration asks for what this daemon cannot do`)
  }
}
