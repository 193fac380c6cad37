import { isDeepStrictEqual } from 'node:util'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, succeeds } from '../harness/verify.ts'
import { collect, idsOf, join, knows, makeCid, NOTICE } from './dht-peers.ts'
import { ipnsRecord, makeOwner } from './records.ts'

export const dhtTen = defineScenario({
  name: 'dht-ten',
  title: 'Ten daemons, each of which has met only the first, are one network',
  roles: ['hub', 'peer1', 'peer2', 'peer3', 'peer4', 'peer5', 'peer6', 'peer7', 'peer8', 'peer9'],
  casting: 'alternating',
  needs: ['dht', 'dht-values'],
  checks: {
    finds: {
      title: 'Peers, providers and values are found from one end of the network to the other',
      deadline: 60,
      async run({ players, signal }) {
        const { hub, peer1, peer2, peer3, peer8, peer9 } = players
        const others: Player[] = Object.values(players).filter(player => player !== hub)
        await Promise.all(others.map(player => join(player, hub, signal)))
        await Promise.all(others.map(player => knows(hub, player, signal)))

        const expected = idsOf([hub, ...others.filter(player => player !== peer1)])
        // peers that are being dialled from all sides at once can be missed the first time
        await until(
          async () => {
            const closest = await collect(peer1.client.dht.getClosestPeers(Buffer.from('any key'), { signal }))
            return isDeepStrictEqual(closest.map(String).sort(), expected)
          },
          { deadline: NOTICE, what: 'one peer to list all the others as the closest', signal },
        )

        for (const [asker, wanted] of [
          [peer2, peer9],
          [peer9, peer1],
        ] as const) {
          const found = await succeeds('FIND_PEER', asker.client.dht.findPeer(wanted.peer, { signal }))
          equal('the addresses found', found.addrs.map(String), wanted.addrs.map(String))
        }

        const cid = makeCid()
        await Promise.all([peer3, peer8].map(({ client }) => succeeds('PROVIDE', client.dht.provide(cid, { signal }))))
        const found = await collect(peer1.client.dht.findProviders(cid, { signal }))
        equal('the providers', idsOf(found), idsOf([peer3, peer8]))

        const { key, value } = await ipnsRecord(await makeOwner(), 1)
        await succeeds('PUT_VALUE', peer2.client.dht.putValue(key, value, { signal }))
        for (const { client } of [hub, peer8, peer9]) {
          equal('the value', await succeeds('GET_VALUE', client.dht.getValue(key, { signal })), value)
        }
      },
    },
  },
})
