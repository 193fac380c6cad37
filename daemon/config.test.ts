import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { type Config, loadConfig } from './config.ts'
import { ConfigError } from './failure.ts'
import { FlagError } from './flags.ts'

/** Loads with JSON on standard input; without JSON, standard input must not be touched. */
const load = (argv: readonly string[], json?: unknown): Promise<Config> => {
  if (json === undefined) return loadConfig(argv, Readable.from(unread()))
  const text = typeof json === 'string' ? json : JSON.stringify(json)
  return loadConfig(['-i', ...argv], Readable.from([text]))
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
    echo: true,
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
    '-echo=false',
  ])
  expect({
    ...config,
    hostAddrs: config.hostAddrs.map(String),
    announceAddrs: config.announceAddrs.map(String),
  }).toEqual({
    listen: { kind: 'tcp', host: '127.0.0.1', port: 0, family: 4 },
    quiet: true,
    identityPath: 'key',
    hostAddrs: ['/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/2'],
    announceAddrs: ['/dns4/example.com/tcp/3'],
    securityProtocols: ['tls', 'plaintext'],
    muxer: 'mplex',
    echo: false,
  })
})

const JSON_CONFIG = {
  ListenAddr: '/unix/tmp/json.sock',
  Quiet: true,
  ID: 'json-key',
  HostAddresses: ['/ip4/127.0.0.1/tcp/1'],
  AnnounceAddresses: ['/ip4/127.0.0.1/tcp/2'],
  Security: { Noise: false, Plaintext: true },
  Echo: false,
}

test('the JSON is used for what no flag says', async () => {
  const config = await load([], JSON_CONFIG)
  expect(config).toMatchObject({
    listen: { kind: 'unix', path: '/tmp/json.sock' },
    quiet: true,
    identityPath: 'json-key',
    securityProtocols: ['tls', 'plaintext'],
    echo: false,
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
  [['-f', 'nope.json'], 'open nope.json: no such file or directory'],
])('%j is fatal', async (argv, message) => {
  await expect(load(argv)).rejects.toThrow(new ConfigError(message))
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

test.each([
  ['Bootstrap.Enabled', { Bootstrap: { Enabled: true } }],
  ['DHT.Mode', { DHT: { Mode: 'full' } }],
  ['ConnectionManager.Enabled', { ConnectionManager: { Enabled: true } }],
  ['NatPortMap', { NatPortMap: true }],
  ['PubSub.Enabled', { PubSub: { Enabled: true } }],
  ['Relay.Active', { Relay: { Active: true } }],
  ['Relay.Hop', { Relay: { Hop: true } }],
  ['Relay.Discovery', { Relay: { Discovery: true } }],
  ['DHT.Mode', { Relay: { Auto: true }, DHT: { Mode: 'client' } }],
  ['AutoNat', { AutoNat: true }],
  ['MetricsAddress', { MetricsAddress: 'localhost:1' }],
  ['PProf.Enabled', { PProf: { Enabled: true } }],
])('%s is refused, not silently left out', async (name, json) => {
  const message = `${name} in the JSON configuration asks for what this daemon cannot do`
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

test('a bad command line is a FlagError, before any JSON is read', async () => {
  await expect(load(['-i', '-nosuchflag'])).rejects.toThrow(FlagError)
})
