import { createServer } from 'node:net'
import type { PeerId } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, matches, refused, succeeds } from '../harness/verify.ts'

/** Milliseconds for what one daemon learns from the other. */
const NOTICE = 5_000

/** An address where nobody listens: port 1 needs a privileged program that no test machine runs. */
const REFUSED = multiaddr('/ip4/127.0.0.1/tcp/1')

export const connect = defineScenario({
  name: 'connect',
  title: 'Daemons connect, list and disconnect each other',
  roles: ['dialer', 'listener'],
  checks: {
    connects: {
      title: 'CONNECT connects, and both list the connection: the dialer with the address that it dialled',
      async run({ players: { dialer, listener }, signal }) {
        await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
        const [listed, ...more] = await dialer.client.listPeers({ signal })
        equal('further entries in the dialer’s list', more.length, 0)
        equal('the peer in the dialer’s list', listed?.peer.toString(), listener.peer.toString())
        equal('its addresses', listed?.addrs.map(String), listener.addrs.map(String))
        await lists(listener, dialer.peer, signal)
      },
    },
    'both-know': {
      title: 'The listener needs no address for a peer that has connected to it',
      async run({ players: { dialer, listener }, signal }) {
        await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
        await lists(listener, dialer.peer, signal)
        await succeeds('CONNECT back without addresses', listener.client.connect(dialer.peer, [], { signal }))
        equal('connections', (await listener.client.listPeers({ signal })).length, 1)
      },
    },
    'already-connected': {
      title: 'CONNECT to a connected peer succeeds at once, whatever the addresses, and adds no connection',
      async run({ players: { dialer, listener }, signal }) {
        await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
        await succeeds('CONNECT at a dead address', dialer.client.connect(listener.peer, [REFUSED], { signal }))
        equal('connections', (await dialer.client.listPeers({ signal })).length, 1)
      },
    },
    'wrong-peer-id': {
      title: 'CONNECT to an Ed25519 id at another peer’s address fails, and leaves no connection',
      run: ({ players: { dialer, listener }, strangers, signal }) =>
        rejects(dialer, strangers.ed25519, listener, signal),
    },
    'wrong-rsa-peer-id': {
      title: 'CONNECT to an RSA id, which is only the hash of a key, at another peer’s address fails as well',
      run: ({ players: { dialer, listener }, strangers, signal }) => rejects(dialer, strangers.rsa, listener, signal),
    },
    'no-address': {
      title: 'CONNECT to a peer of whom no address is known fails, and says so',
      async run({ players: { dialer, listener }, signal }) {
        await refused(
          'CONNECT',
          dialer.client.connect(listener.peer, [], { signal }),
          /^failed to dial: .*no addresses/,
        )
      },
    },
    'dead-address': {
      title: 'CONNECT at an address where nobody listens fails, and says so',
      async run({ players: { dialer, listener }, signal }) {
        const error = await refused(
          'CONNECT',
          dialer.client.connect(listener.peer, [REFUSED], { signal }),
          'failed to dial: ',
        )
        matches('the reason', error.message, 'connection refused')
      },
    },
    'dead-and-live-address': {
      title: 'CONNECT finds the address that works among others that do not',
      async run({ players: { dialer, listener }, signal }) {
        const addresses = [REFUSED, ...listener.addrs, multiaddr('/ip4/127.0.0.1/udp/1')]
        await succeeds('CONNECT', dialer.client.connect(listener.peer, addresses, { signal }))
        await lists(dialer, listener.peer, signal)
        await lists(listener, dialer.peer, signal)
      },
    },
    timeout: {
      title: 'CONNECT gives up on a silent address when its own timeout is over',
      async run({ players: { dialer, listener }, host, signal }) {
        await using silent = await silentListener(host)
        const error = await refused(
          'CONNECT with a timeout of one second',
          dialer.client.connect(listener.peer, [silent.address], { timeout: 1, signal }),
          'failed to dial: ',
        )
        matches('the reason', error.message, 'context deadline exceeded')
      },
    },
    disconnect: {
      title: 'DISCONNECT by the dialer closes the connection for both',
      run: ({ players: { dialer, listener }, signal }) => disconnects(dialer, dialer, listener, signal),
    },
    'disconnect-by-listener': {
      title: 'DISCONNECT by the listener closes the connection for both',
      run: ({ players: { dialer, listener }, signal }) => disconnects(listener, dialer, listener, signal),
    },
    reconnect: {
      title: 'Peers that have disconnected can connect again',
      async run({ players: { dialer, listener }, signal }) {
        await disconnects(dialer, dialer, listener, signal)
        await succeeds('CONNECT again', dialer.client.connect(listener.peer, listener.addrs, { signal }))
        await lists(listener, dialer.peer, signal)
      },
    },
  },
})

async function lists({ client }: Player, peer: PeerId, signal: AbortSignal): Promise<void> {
  await until(async () => (await client.listPeers({ signal })).some(listed => listed.peer.equals(peer)), {
    deadline: NOTICE,
    what: 'the other daemon to list the connection',
    signal,
  })
}

async function listsNobody({ client }: Player, whose: string, signal: AbortSignal): Promise<void> {
  await until(async () => (await client.listPeers({ signal })).length === 0, {
    deadline: NOTICE,
    what: `the ${whose}’s list of peers to be empty`,
    signal,
  })
}

async function rejects(dialer: Player, asked: PeerId, listener: Player, signal: AbortSignal): Promise<void> {
  const error = await refused(
    'CONNECT to a stranger’s id',
    dialer.client.connect(asked, listener.addrs, { signal }),
    'failed to dial: ',
  )
  matches('the reason', error.message, 'peer id mismatch')
  equal('the dialer’s peers', await dialer.client.listPeers({ signal }), [])
  await listsNobody(listener, 'listener', signal)
}

async function disconnects(by: Player, dialer: Player, listener: Player, signal: AbortSignal): Promise<void> {
  const other = by === dialer ? listener : dialer
  await succeeds('CONNECT', dialer.client.connect(listener.peer, listener.addrs, { signal }))
  await lists(listener, dialer.peer, signal)
  await succeeds('DISCONNECT', by.client.disconnect(other.peer, { signal }))
  equal('the peers of who disconnected, at once', await by.client.listPeers({ signal }), [])
  await listsNobody(other, 'other side', signal)
}

/** A TCP port that accepts and never says anything. */
async function silentListener(host: string) {
  const server = createServer({ pauseOnConnect: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, host, resolve)
  await promise
  const { port } = server.address() as { port: number }
  return {
    address: multiaddr(`/ip4/${host}/tcp/${port}`),
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
