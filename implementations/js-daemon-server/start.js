import { readFile } from 'node:fs/promises'
import { circuitRelayServer, circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { privateKeyFromProtobuf } from '@libp2p/crypto/keys'
import { createServer } from '@libp2p/daemon-server'
import { floodsub } from '@libp2p/floodsub'
import { gossipsub } from '@libp2p/gossipsub'
import { identify, identifyPush } from '@libp2p/identify'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { mplex } from '@libp2p/mplex'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { plaintext } from '@libp2p/plaintext'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { ipnsSelector } from 'ipns/selector'
import { ipnsValidator } from 'ipns/validator'
import { createLibp2p } from 'libp2p'
import { echo } from './echo.js'
import { parseFlags } from './flags.js'

/** Milliseconds for which a slot at the relay is kept; go’s. */
const RESERVATION = 60 * 60 * 1_000

/** What is listened on and dialled is this machine, often and at once: limits against strangers would be in the way. */
const MANY = 10_000

/** Milliseconds for which a peer on a busy machine may be silent; js-libp2p’s five seconds end connections that work. */
const PATIENCE = 20_000

/** Milliseconds: an address that is listened on is announced for as long as it is. */
const FOR_EVER = 100 * 365 * 24 * 60 * 60 * 1_000

const flags = parseFlags(process.argv.slice(2))
const node = await createLibp2p(await options())
if (flags.echo) await node.handle('/echo/1.0.0', echo, { force: true, runOnLimitedConnection: true })
const server = createServer(controlAddress(flags.listen), node)
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    void server.stop().finally(() => process.exit(code))
  })
}
await server.start()
if (flags.b) await Promise.any(list(flags.bootstrapPeers).map(addr => node.dial(multiaddr(addr))))
if (!flags.q) process.stdout.write(banner())

/** What libp2p is made of, by the flags. */
async function options() {
  const services = { announcing: announceAll, identify: identify(), identifyPush: identifyPush(), ping: ping() }
  if (flags.relay) services.relay = circuitRelayServer({ reservations: { reservationTtl: RESERVATION } })
  if (flags.dht || flags.dhtClient || flags.dhtServer) services.dht = dht()
  if (flags.pubsub) services.pubsub = pubsub()
  return {
    ...(flags.id && { privateKey: privateKeyFromProtobuf(await readFile(flags.id)) }),
    addresses: {
      listen: flags.noListenAddrs ? [] : list(flags.hostAddrs),
      announce: list(flags.announceAddrs),
    },
    transports: [tcp(), circuitRelayTransport()],
    connectionEncrypters: [flags.noise && noise(), flags.tls && tls(), flags.plaintext && plaintext()].filter(Boolean),
    streamMuxers: [flags.muxer === 'mplex' ? mplex() : yamux()],
    connectionGater: { denyDialMultiaddr: () => false },
    connectionManager: { inboundConnectionThreshold: MANY, maxIncomingPendingConnections: MANY },
    connectionMonitor: { pingInterval: PATIENCE, pingTimeout: { minTimeout: PATIENCE } },
    services,
  }
}

/** js-libp2p tells nobody of a public address until more peers than a test has have confirmed it; -hostAddrs are to be told. */
function announceAll({ addressManager, events }) {
  events.addEventListener('transport:listening', ({ detail }) => {
    for (const addr of detail.getAddrs()) addressManager.confirmObservedAddr(addr, { type: 'transport', ttl: FOR_EVER })
  })
  return {}
}

/** A DHT that takes go's records, and this machine's addresses. */
function dht() {
  return kadDHT({
    protocol: '/ipfs/kad/1.0.0',
    peerInfoMapper: passthroughMapper,
    clientMode: !(flags.dhtServer || (flags.dht && flags.forceReachabilityPublic)),
    validators: { ipns: ipnsValidator },
    selectors: { ipns: ipnsSelector },
  })
}

/** The router of the flags; both get their own messages, as go's do. */
function pubsub() {
  const settings = {
    emitSelf: true,
    allowPublishToZeroTopicPeers: true,
    globalSignaturePolicy: flags.pubsubSign ? 'StrictSign' : 'StrictNoSign',
  }
  return flags.pubsubRouter === 'floodsub' ? floodsub(settings) : gossipsub({ ...settings, fallbackToFloodsub: true })
}

/** `/unix/<path>` as js multiaddrs want it. */
function controlAddress(text) {
  const path = text.startsWith('/unix/') ? text.slice('/unix'.length) : undefined
  return multiaddr(path === undefined ? text : `/unix/${encodeURIComponent(path)}`)
}

function banner() {
  const control = decodeURIComponent(`${server.getMultiaddr()}`).replace('/unix//', '/unix/')
  const addrs = node.getMultiaddrs().map(addr => `${addr}`.replace(/\/p2p\/[^/]+$/, ''))
  return `${[`Control socket: ${control}`, `Peer ID: ${node.peerId}`, 'Peer Addrs:', ...addrs].join('\n')}\n`
}

function list(text = '') {
  return text === '' ? [] : text.split(',')
}
