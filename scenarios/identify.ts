import { defineScenario } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, holds, succeeds } from '../harness/verify.ts'

/** Milliseconds for what a daemon prints to arrive. */
const NOTICE = 5_000

export const identify = defineScenario({
  name: 'identify',
  title: 'A daemon says who it is and where',
  roles: ['daemon'],
  checks: {
    'as-printed': {
      title: 'IDENTIFY gives the peer id and the addresses that the daemon printed at its start',
      async run({ players: { daemon }, signal }) {
        equal('the peer id', daemon.peer.toString(), daemon.printedPeerId)
        // a daemon may answer before its last line has come through the pipe
        const printed = (): boolean => daemon.printedAddrs.length >= daemon.addrs.length
        await until(printed, { deadline: NOTICE, what: 'the addresses to be printed', signal }).catch(() => {})
        equal('the addresses', daemon.addrs.map(String), daemon.printedAddrs)
        holds('the addresses', daemon.addrs.length > 0, 'at least one', daemon.addrs.length)
      },
    },
    'plain-addresses': {
      title: 'Addresses name the port that was really taken, and no peer id',
      async run({ players: { daemon } }) {
        for (const address of daemon.addrs.map(String)) {
          holds(
            'an address',
            /^\/ip4\/\d+\.\d+\.\d+\.\d+\/tcp\/[1-9]\d*$/.test(address),
            'ip4, a tcp port and no more',
            address,
          )
        }
      },
    },
    'many-clients': {
      title: 'Twenty clients at once get the same answer',
      async run({ players: { daemon }, signal }) {
        const connections = await Promise.all(
          Array.from({ length: 20 }, () => succeeds('a control connection', daemon.client.rawConnection({ signal }))),
        )
        for (const connection of connections) connection.send('Request', { type: 0 })
        for (const connection of connections) {
          const { identify } = await connection.receive('Response', { signal })
          equal('the peer id', identify?.id, daemon.peer.toMultihash().bytes)
          connection.socket.destroy()
        }
      },
    },
    pipelined: {
      title: 'Requests sent in one write are answered in their order',
      async run({ players: { daemon }, signal }) {
        const connection = await daemon.client.rawConnection({ signal })
        connection.socket.cork()
        for (const type of [0, 5, 0]) connection.send('Request', { type })
        connection.socket.uncork()
        const answers = []
        for (let count = 0; count < 3; count++) answers.push(await connection.receive('Response', { signal }))
        const kinds = answers.map(({ identify }) => (identify ? 'identify' : 'peers'))
        equal('the answers', kinds, ['identify', 'peers', 'identify'])
        connection.socket.destroy()
      },
    },
  },
})
