import { defineScenario } from '../harness/scenario.ts'
import { equal, succeeds } from '../harness/verify.ts'

export const bootstrap = defineScenario({
  name: 'bootstrap',
  title: 'A daemon enters a network through the peers that it is told',
  roles: ['member', 'newcomer'],
  needs: ['dht'],
  flags: {
    newcomer: ({ member }) => ({ b: true, bootstrapPeers: `${member.addrs[0]}/p2p/${member.peer}` }),
  },
  checks: {
    connected: {
      title: 'Once it has said where it is, it is connected to them',
      async run({ players: { member, newcomer }, signal }) {
        const listed = await newcomer.client.listPeers({ signal })
        equal(
          'its peers',
          listed.map(({ peer }) => peer.toString()),
          [member.peer.toString()],
        )
        const found = await succeeds('FIND_PEER', newcomer.client.dht.findPeer(member.peer, { signal }))
        equal('the addresses found', found.addrs.map(String), member.addrs.map(String))
      },
    },
  },
})
