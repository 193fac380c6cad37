import { beforeAll, describe, expect, test, vi } from 'vitest'
import { generateIdentity } from '../../daemon/identity.ts'
import { BUILD_TIMEOUT, subjectCommand } from '../clients/daemons.ts'
import { type Run, type RunOptions, runIn } from './side-by-side.ts'

/** go's daemon and this one with the same command lines and the same JSON: they print the same, and end the same. */

vi.setConfig({ testTimeout: 60_000 })

let go: readonly string[]
let ours: readonly string[]
beforeAll(async () => {
  go = await subjectCommand('go')
  ours = await subjectCommand('js')
}, BUILD_TIMEOUT)

function sideBySide(args: readonly string[], options?: RunOptions): Promise<[Run, Run]> {
  return Promise.all([runIn(go, args, options), runIn(ours, args, options)])
}

const LISTEN = ['-listen', '/unix{dir}/c.sock']
const HOST = [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/tcp/0']
const NOBODY = '/ip4/127.0.0.1/tcp/1/p2p/12D3KooWCKCeqLPSgMnDjyFsJuWqREDtKNHx1JEBiwaMXhCLNTRb'

describe('the same command line starts both, or neither', () => {
  test.each<readonly string[]>([
    HOST,
    ['-listen=/unix{dir}/c.sock'],
    ['---listen=/unix{dir}/c.sock'],
    [...LISTEN, 'word', '-nosuch'],
    ['-listen', '/unix/no/such/x', ...LISTEN],
    ['-listen'],
    ['-listen='],
    ['-listen', 'foo'],
    ['-listen', '/unix{dir}'],
    ['-listen', '/unix/no/such/folder/c.sock'],
    ['-listen', '/ip4/127.0.0.1/udp/0'],
    ['-listen', '/ip4/127.0.0.1/tcp/99999'],
    ['-listen', '/ip4/192.0.2.1/tcp/0'],
    ['-listen', '/ip4/127.0.0.1/tcp/0/http'],
    ['-listen', '/dns4/localhost/tcp/0'],
    ['-listen', '/ip6/::1/tcp/0'],
    ['-help'],
    ['-nosuchflag'],
    ['-q=maybe'],
    ['-connGrace', '5'],
    ['-connLo', '99999999999999999999'],
    [...LISTEN, '-connManager', '-connLo', '10', '-connHi', '5', '-connGrace=0'],
    [...HOST, '-muxer', 'mplex'],
    [...HOST, '-muxer='],
    [...HOST, '-pubsub', '-gossipsubHeartbeatInterval=2562047h47m16.854775807s', '-gossipsubHeartbeatInitialDelay=-1s'],
    [...LISTEN, '-autoRelay'],
    [...LISTEN, '-autoRelay', '-dht', '-relay=false'],
    [...LISTEN, '-pubsubRouter', 'foo'],
    [...LISTEN, '-noise=false', '-tls=false', '-plaintext=false'],
    [...LISTEN, '-forceReachabilityPublic', '-forceReachabilityPrivate'],
    [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/tcp/0, /ip4/127.0.0.1/tcp/0'],
    [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/tcp/0,'],
    [...LISTEN, '-hostAddrs', '/ip4/192.0.2.1/tcp/0'],
    [...LISTEN, '-hostAddrs', '/ip4/192.0.2.1/tcp/0,/ip4/127.0.0.1/tcp/0'],
    [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/udp/0'],
    [...LISTEN, '-hostAddrs', '/unix/tmp/p2pd-peers.sock'],
    [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/tcp/0/ws,/ip4/127.0.0.1/udp/0/quic-v1,/ip6/::1/tcp/0'],
    [...HOST, '-announceAddrs', '/ip4/1.2.3.4/tcp/5,/dns4/example.com/tcp/6'],
    [...HOST, '-announceAddrs', `${NOBODY}`],
    [...HOST, '-announceAddrs', '/unix/tmp/a.sock'],
    [...HOST, '-noListenAddrs', '-announceAddrs', '/ip4/1.2.3.4/tcp/5'],
    [...HOST, '-bootstrapPeers', NOBODY],
    [...LISTEN, '-bootstrapPeers', 'x'],
    [...HOST, '-relayActive', '-relayHop', '-relayDiscovery', '-relayHopLimit', '3'],
    [...HOST, '-dht', '-dhtClient', '-dhtServer', '-pubsub', '-autonat', '-natPortMap', '-echo=false'],
    [...LISTEN, '-id', 'nope'],
    [...LISTEN, '-id', '.'],
    [...LISTEN, '-f', 'nope.json'],
  ])('%j', async (...args) => {
    const [theirs, our] = await sideBySide(args)
    expect(our).toEqual(theirs)
  })
})

describe('where starting fails late, the words are the same, and no socket file is left', () => {
  test.each<readonly string[]>([
    [...LISTEN, '-pubsub', '-pubsubRouter', 'foo'],
    [...LISTEN, '-b', '-bootstrapPeers', '/ip4/127.0.0.1/tcp/1'],
    [...LISTEN, '-b', '-bootstrapPeers', NOBODY],
  ])('%j', async (...args) => {
    const [theirs, our] = await sideBySide(args)
    expect(theirs.exitCode).toBe(1)
    expect(our).toEqual({ ...theirs, left: [] })
  })
})

describe('where this daemon says no and go does not, it is on purpose', () => {
  test.each<[readonly string[], string]>([
    [[...LISTEN, '-muxer', 'foo'], '<time> unknown muxer "foo"; must be yamux or mplex\n'],
    [
      [...LISTEN, '-hostAddrs', '/ip4/127.0.0.1/udp/0/quic-v1/webtransport'],
      '<time> cannot listen on /ip4/127.0.0.1/udp/0/quic-v1/webtransport: WebTransport is not supported; QUIC is, at /udp/<port>/quic-v1\n',
    ],
  ])('%j', async (args, stderr) => {
    const [theirs, our] = await sideBySide(args)
    expect(theirs.exitCode).toBeUndefined()
    expect(our).toEqual({ exitCode: 1, stdout: '', stderr, peerId: undefined, left: [] })
  })
})

describe('the same JSON starts both, or neither', () => {
  test.each<string>([
    '{}',
    'null',
    '',
    '{} x',
    '{"Quiet"',
    '{"Quiet":"true"}',
    '{"Quiet":null,"quiet":false}',
    '{"ID":"nope"}',
    '{"DHT":{"Mode":"bogus"}}',
    '{"ConnectionManager":{"Enabled":true,"LowWaterMark":1,"HighWaterMark":2,"GracePeriod":1000}}',
    '{"ConnectionManager":{"GracePeriod":"5s"}}',
    '{"QUIC":false,"NatPortMap":true,"AutoNat":true,"Echo":false}',
    '{"PubSub":{"Enabled":true,"Router":"floodsub","Sign":false,"SignStrict":false}}',
    '{"PubSub":{"Enabled":true,"GossipSubHeartbeat":{"Interval":100000000,"InitialDelay":5}}}',
    '{"PubSub":{"Router":"x"}}',
    '{"Relay":{"Enabled":true,"Active":true,"Hop":true,"Discovery":true,"HopLimit":5}}',
    '{"Relay":{"Auto":true}}',
    '{"Relay":{"Auto":true,"Enabled":false},"DHT":{"Mode":"full"}}',
    '{"NoListen":true}',
    '{"MetricsAddress":5}',
    '{"PProf":{"Enabled":false,"Port":-1}}',
    '{"Security":{"Noise":true,"TLS":false,"Plaintext":false}}',
  ])('%s', async json => {
    const [theirs, our] = await sideBySide([...HOST, '-f', 'c.json'], { files: { 'c.json': json } })
    expect(our).toEqual(theirs)
  })

  test('from standard input too, which wins over -f', async () => {
    const [theirs, our] = await sideBySide([...HOST, '-i', '-f', 'nope.json'], { stdin: '{"NoListen":true}' })
    expect(our).toEqual(theirs)
    expect(our.stdout).toMatch(/Peer Addrs:\n$/)
  })
})

test.each(['ed25519', 'secp256k1', 'rsa'] as const)('both are who the %s key of p2p-keygen says', async type => {
  const { encoded, peerId } = await generateIdentity(type, 2048)
  const [theirs, our] = await sideBySide([...HOST, '-id', 'key'], { files: { key: encoded } })
  expect(our).toEqual(theirs)
  expect(our.peerId).toBe(peerId)
})
