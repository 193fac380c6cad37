import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { loadConfig } from './config.ts'
import { createHost, type Host } from './host.ts'
import { createLog } from './log.ts'

/** A host inside the test's own process: what a daemon is behind its control socket. */
export interface TestHost extends Host, AsyncDisposable {
  readonly peer: PeerId
  /** Its addresses, without its id. */
  readonly addresses: readonly Multiaddr[]
  /** Connects to another host at its addresses, or at those given, and waits for identify. */
  connect(to: TestHost, addresses?: readonly Multiaddr[]): Promise<Connection>
}

/** Starts a host on a loopback port, unless the flags say otherwise. */
export async function startHost(...flags: readonly string[]): Promise<TestHost> {
  const config = await loadConfig(['-hostAddrs', '/ip4/127.0.0.1/tcp/0', ...flags])
  const host = await createHost(config, await generateKeyPair('Ed25519'), createLog({ write: () => {} }))
  return {
    ...host,
    peer: host.node.peerId,
    get addresses() {
      return host.node.getMultiaddrs().map(address => address.decapsulate(`/p2p/${host.node.peerId}`))
    },
    async connect(to, addresses = to.addresses) {
      const signal = AbortSignal.timeout(15_000)
      const connection = await host.dialer.connect(to.peer, addresses, signal)
      await host.identification.settled(connection, signal)
      return connection
    },
    [Symbol.asyncDispose]: () => host.stop(),
  }
}
