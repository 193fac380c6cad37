import { identify, identifyPush } from '@libp2p/identify'
import {
  type ConnectionGater,
  FaultTolerance,
  type Libp2p,
  type Libp2pEvents,
  type Metrics,
  type PrivateKey,
  type TypedEventTarget,
} from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { ping } from '@libp2p/ping'
import { CODE_P2P } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Config } from './config.ts'
import { ConnManager } from './connections/conn-manager.ts'
import { createEncrypters } from './data-plane/encrypters.ts'
import { flushOnClose } from './data-plane/flush.ts'
import { createMuxer } from './data-plane/muxers.ts'
import type { Dht, DhtComponents } from './dht/dht.ts'
import { Dialer, type DialerComponents } from './dialer.ts'
import { Events } from './events/events.ts'
import { expectPeer } from './expected-peer.ts'
import { Handlers } from './handlers.ts'
import { Identification } from './identification.ts'
import { Limits } from './limits/limits.ts'
import { logConnections } from './log/connections.ts'
import { createLibp2pLogger } from './log/libp2p.ts'
import type { Log } from './log.ts'
import { OwnAddresses } from './own-addresses.ts'
import { AddressBook } from './peerstore/address-book.ts'
import { openDatastore } from './peerstore/open.ts'
import { Peerstore } from './peerstore/peerstore.ts'
import { rememberProtocols } from './peerstore/remember-protocols.ts'
import { checkPrivateAddresses, loadPrivateNetwork } from './private-network.ts'
import type { RouterComponents } from './pubsub/library.ts'
import type { Pubsub } from './pubsub/pubsub.ts'
import { createPortMapping } from './reachability/port-mapping.ts'
import { Reachability, type ReachabilityComponents } from './reachability/reachability.ts'
import { Relay, type RelayComponents } from './relay/relay.ts'
import { CircuitTransport, type CircuitTransportComponents } from './relay/transport.ts'
import { InboundStreams } from './streams/inbound.ts'
import { KnownProtocols } from './streams/known-protocols.ts'
import { checkListenable, Listening, resolveListenAddresses } from './transports/listening.ts'
import { LocalPorts } from './transports/local-ports.ts'
import { createTransports } from './transports/transports.ts'
import { USER_AGENT } from './version.ts'

/** A peer's handshakes may take this long, in ms, on a busy machine; js-libp2p's ten seconds lose bursts. */
const UPGRADE_TIMEOUT = 30_000

/**
 * How long, in ms, changes of what this peer speaks are collected before its peers are told: they open streams on what they
 * know of in one round trip. js-libp2p waits for a second, go not at all.
 */
const PUSH_DELAY = 200

/** What a tag of a client's must exceed to outweigh a peer's part in the DHT; go's number. */
const DHT_PEER_WORTH = 5

/** The libp2p node and what requests need of it. */
export interface Host {
  /** What it was assembled from. */
  readonly config: Config
  readonly node: Libp2p
  readonly ownAddresses: OwnAddresses
  readonly dialer: Dialer
  readonly identification: Identification
  readonly handlers: Handlers
  readonly knownProtocols: KnownProtocols
  readonly connManager: ConnManager
  readonly reachability: Reachability
  readonly relay: Relay
  /** Undefined: this daemon takes no part in the DHT. */
  readonly dht: Dht | undefined
  /** Undefined: this daemon speaks no pubsub. */
  readonly pubsub: Pubsub | undefined
  readonly peerstore: Peerstore
  readonly events: Events
  stop(): Promise<void>
}

/** Assembles and starts the libp2p node that the config describes. */
export async function createHost(config: Config, privateKey: PrivateKey, log: Log, metrics?: Metrics): Promise<Host> {
  const ports = new LocalPorts()
  const limits = new Limits(config.limits, log.component('limits'))
  const dhtModule = config.dht && { ...(await import('./dht/dht.ts')), mode: config.dht }
  const pubsubModule = config.pubsub && { ...(await import('./pubsub/pubsub.ts')), config: config.pubsub }
  const protector = config.pskPath === undefined ? undefined : await loadPrivateNetwork(config.pskPath)
  if (protector !== undefined) checkPrivateAddresses(config.hostAddrs)
  checkListenable(config.hostAddrs)
  const hostAddrs = await resolveListenAddresses(config.hostAddrs)
  const listening = new Listening(hostAddrs)
  const book = new AddressBook()
  const inbound = new InboundStreams(metrics)
  const datastore = await openDatastore(config.peerstorePath, privateKey, log.component('peerstore'))
  const node = await createLibp2p({
    start: false,
    privateKey,
    datastore,
    // js-libp2p counts the age of an address from when it was first heard, and forgets those of peers in use
    peerStore: { maxAddressAge: Number.POSITIVE_INFINITY, maxPeerAge: Number.POSITIVE_INFINITY },
    nodeInfo: { userAgent: USER_AGENT },
    logger: createLibp2pLogger(log, config.log.levels),
    ...(metrics && { metrics: () => metrics }),
    addresses: {
      listen: hostAddrs.map(String),
      announce: config.announceAddrs.map(String),
    },
    transports: [
      ...(await createTransports(config, limits, ports)),
      (components: object) => new CircuitTransport(components as CircuitTransportComponents),
    ].map(create => listening.watch(create)),
    // what could not be listened on is for us to judge
    transportManager: { faultTolerance: FaultTolerance.NO_FATAL },
    connectionEncrypters: await createEncrypters(config),
    streamMuxers: [inbound.muxer(limits.muxer(flushOnClose(await createMuxer(config, log.component('limits')))))],
    ...(protector && { connectionProtector: protector }),
    connectionGater: createGater(limits),
    connectionMonitor: { enabled: false },
    connectionManager: {
      // js-libp2p's defaults refuse bursts that go accepts
      inboundConnectionThreshold: Number.POSITIVE_INFINITY,
      maxIncomingPendingConnections: Number.POSITIVE_INFINITY,
      maxConnections: Number.POSITIVE_INFINITY,
      inboundUpgradeTimeout: UPGRADE_TIMEOUT,
      inboundStreamProtocolNegotiationTimeout: UPGRADE_TIMEOUT,
      outboundStreamProtocolNegotiationTimeout: UPGRADE_TIMEOUT,
      reconnectRetries: 0,
    },
    services: {
      identify: identify({ runOnConnectionOpen: false, timeout: UPGRADE_TIMEOUT }),
      identifyPush: identifyPush({ debounce: PUSH_DELAY }),
      ping: ping(),
      reachability: (components: ReachabilityComponents) =>
        new Reachability(components, config, log.component('autonat')),
      handlers: ({ registrar }: { registrar: Registrar }) =>
        new Handlers(registrar, config.limits.handlers, log.component('handlers')),
      relay: (components: RelayComponents) => new Relay(components, config, log.component('relay'), ports),
      dialer: (components: DialerComponents) => new Dialer(components, limits.connections, book),
      knownProtocols: ({ events }: { events: TypedEventTarget<Libp2pEvents> }) => new KnownProtocols(events, metrics),
      ...(dhtModule && {
        dht: (components: DhtComponents) => new dhtModule.Dht(components, dhtModule.mode, log.component('dht')),
      }),
      ...(pubsubModule && {
        pubsub: (components: RouterComponents) =>
          new pubsubModule.Pubsub(components, pubsubModule.config, log.component('pubsub')),
      }),
      ...(config.natPortMap && { portMapping: await createPortMapping() }),
    },
  })
  const { dialer, handlers, reachability, relay, dht, pubsub, knownProtocols, identify: identifier } = node.services
  rememberProtocols(node.peerStore)
  const identification = new Identification(node, identifier)
  node.addEventListener('connection:open', ({ detail }) => {
    limits.opened(detail)
    inbound.opened(detail)
  })
  logConnections(node, log.component('host'))
  const connManager = new ConnManager(node, config.connManager, log.component('connmanager'), {
    isNeeded: peer => pubsub?.isInMesh(peer) ?? false,
    worth: peer => (dht?.table.has(peer) ? DHT_PEER_WORTH : 0),
  })
  const peerstore = new Peerstore(node, book, datastore, log.component('peerstore'))
  await peerstore.tidy()
  const events = new Events(node, relay.reservations, relay.holePunching)
  if (config.echo) await handlers.serveEcho()
  const stop = async (): Promise<void> => {
    connManager.stop()
    handlers.stop()
    await node.stop()
    await peerstore.close()
  }
  await node.start()
  try {
    for (const failure of listening.check()) log.component('host').warn(`an address is not listened on: ${failure}`)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    config,
    node,
    ownAddresses: new OwnAddresses(node, relay.reservations),
    dialer,
    identification,
    handlers,
    knownProtocols,
    connManager,
    reachability,
    relay,
    dht,
    pubsub,
    peerstore,
    events,
    stop,
  }
}

function createGater(limits: Limits): ConnectionGater {
  return {
    ...limits.gater,
    // js-libp2p refuses private addresses in some places; this daemon dials what it is told to
    denyDialMultiaddr: () => false,
    // js-libp2p's noise cannot check an id that is only the hash of a key (RSA, ECDSA), and QUIC has no encrypter
    denyOutboundEncryptedConnection(actual, connection) {
      const expected = connection.remoteAddr.getComponents().findLast(({ code }) => code === CODE_P2P)?.value
      expectPeer(expected, actual.toString())
      return false
    },
  }
}
