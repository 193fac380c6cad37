import { once } from 'node:events'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, refused, succeeds } from '../harness/verify.ts'

/** Milliseconds for what one daemon learns from the other. */
const NOTICE = 5_000

/** Milliseconds between two looks of a connection manager at the number of connections, and some. */
const SILENCE = 20_000

type Players = Readonly<Record<'manager' | 'first' | 'second', Player>>

/** A trim leaves one connection, and nobody is too young for it. */
const TRIMS_TO_ONE = { manager: { connManager: true, connLo: 1, connHi: 2, connGrace: '0s' } }

export const connmanager = defineScenario({
  name: 'connmanager',
  title: 'A daemon with too many connections closes those that it was told are worth least',
  roles: ['manager', 'first', 'second'],
  casting: 'alternating',
  needs: ['connmanager'],
  flags: TRIMS_TO_ONE,
  checks: {
    'lowest-value': {
      title: 'TRIM leaves the peer with the higher tag; the other’s connection is closed when it answers',
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'friend', 100, signal)
        await trims(players, 'first', signal)
        const { client } = players.second
        const gone = async (): Promise<boolean> => (await client.listPeers({ signal })).length === 0
        await until(gone, { deadline: NOTICE, what: 'the peer to notice that it was disconnected', signal })
      },
    },
    'negative-value': {
      title: 'A negative tag is worse than none',
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'second', 'foe', -1, signal)
        await trims(players, 'first', signal)
      },
    },
    'values-add-up': {
      title: 'The tags of a peer add up',
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'one', 100, signal)
        await tag(players, 'second', 'one', 60, signal)
        await tag(players, 'second', 'other', 60, signal)
        await trims(players, 'second', signal)
      },
    },
    'value-replaced': {
      title: 'TAG_PEER again replaces the value of that tag',
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'mood', 100, signal)
        await tag(players, 'second', 'mood', 50, signal)
        await tag(players, 'first', 'mood', 1, signal)
        await trims(players, 'second', signal)
      },
    },
    untag: {
      title: 'UNTAG_PEER takes the tag’s value back; without such a tag it does nothing',
      async run({ players, signal }) {
        await connectBoth(players, signal)
        const { manager, first } = players
        await tag(players, 'first', 'friend', 100, signal)
        await tag(players, 'second', 'friend', 50, signal)
        await succeeds('UNTAG_PEER', manager.client.connManager.untag(first.peer, 'friend', { signal }))
        await succeeds('UNTAG_PEER again', manager.client.connManager.untag(first.peer, 'friend', { signal }))
        await trims(players, 'second', signal)
      },
    },
    'tag-before-connect': {
      title: 'A peer can be tagged before it is connected',
      async run({ players, signal }) {
        await tag(players, 'second', 'expected', 100, signal)
        await connectBoth(players, signal)
        await trims(players, 'second', signal)
      },
    },
    'tags-forgotten': {
      title: 'The tags of a peer are forgotten when it has disconnected',
      async run({ players, signal }) {
        const { manager, first } = players
        await connectBoth(players, signal)
        await tag(players, 'first', 'friend', 100, signal)
        await succeeds('DISCONNECT', manager.client.disconnect(first.peer, { signal }))
        await tag(players, 'second', 'friend', 1, signal)
        await succeeds('CONNECT again', manager.client.connect(first.peer, first.addrs, { signal }))
        await trims(players, 'second', signal)
      },
    },
    'busy-peer': {
      title: 'Among peers of equal value, the one with open streams stays, whether it is the newer one or the older',
      async run({ players, signal }) {
        const { manager, first, second } = players
        await second.client.handle('/held/1', async stream => void (await once(stream.resume(), 'close', { signal })))
        await connectBoth(players, signal)
        for (let count = 0; count < 5; count++) {
          await succeeds('STREAM_OPEN', manager.client.openStream(second.peer, '/held/1', { signal }))
        }
        await trims(players, 'second', signal)
        await succeeds('CONNECT again', manager.client.connect(first.peer, first.addrs, { signal }))
        await trims(players, 'second', signal)
      },
    },
    'grace-period': {
      title: 'TRIM closes no connection that is younger than the grace period',
      flags: { manager: { connGrace: '1h' } },
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'foe', -100, signal)
        await succeeds('TRIM', players.manager.client.connManager.trim({ signal }))
        await lists(players, ['first', 'second'], signal)
      },
    },
    'below-the-mark': {
      title: 'TRIM closes nothing while there are no more connections than the low mark',
      flags: { manager: { connLo: 2, connHi: 3 } },
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'foe', -100, signal)
        await succeeds('TRIM', players.manager.client.connManager.trim({ signal }))
        await lists(players, ['first', 'second'], signal)
      },
    },
    'by-default': {
      title: 'Without its flag there is a connection manager all the same, which leaves a few connections alone',
      flags: { manager: { connManager: false } },
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'first', 'foe', -100, signal)
        await succeeds('TRIM', players.manager.client.connManager.trim({ signal }))
        await lists(players, ['first', 'second'], signal)
      },
    },
    automatic: {
      title: 'At the high mark it trims by itself',
      deadline: 40,
      async run({ players, signal }) {
        await connectBoth(players, signal)
        await tag(players, 'second', 'friend', 100, signal)
        const { client } = players.manager
        const one = async (): Promise<boolean> => (await client.listPeers({ signal })).length === 1
        await until(one, { deadline: SILENCE, what: 'one connection to be left', signal })
        await lists(players, ['second'], signal)
      },
    },
    'no-name': {
      title: 'A tag without a name is refused',
      async run({ players: { manager, first }, signal }) {
        const { connManager } = manager.client
        const text = /^Malformed request; missing tag parameter$/
        await refused('TAG_PEER', connManager.tag(first.peer, '', 1, { signal }), text)
        await refused('UNTAG_PEER', connManager.untag(first.peer, '', { signal }), text)
      },
    },
  },
})

async function connectBoth({ manager, first, second }: Players, signal: AbortSignal): Promise<void> {
  for (const { peer, addrs } of [first, second]) {
    await succeeds('CONNECT', manager.client.connect(peer, addrs, { signal }))
  }
}

async function tag(
  players: Players,
  whom: 'first' | 'second',
  name: string,
  value: number,
  signal: AbortSignal,
): Promise<void> {
  await succeeds('TAG_PEER', players.manager.client.connManager.tag(players[whom].peer, name, value, { signal }))
}

/** TRIM leaves this peer, and no other, by the time it is answered. */
async function trims(players: Players, left: 'first' | 'second', signal: AbortSignal): Promise<void> {
  await succeeds('TRIM', players.manager.client.connManager.trim({ signal }))
  await lists(players, [left], signal)
}

async function lists(players: Players, left: readonly ('first' | 'second')[], signal: AbortSignal): Promise<void> {
  const listed = await players.manager.client.listPeers({ signal })
  const byPeer = (peers: readonly { peer: { toString(): string } }[]): string[] =>
    peers.map(({ peer }) => peer.toString()).sort()
  equal('the connections that are left', byPeer(listed), byPeer(left.map(role => players[role])))
}
