import type { PubsubSubscription } from '../bindings/typescript/index.ts'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { equal, succeeds } from '../harness/verify.ts'
import { lists } from './pubsub-play.ts'

const TOPIC = 'the ring'
const roles = ['one', 'two', 'three', 'four', 'five', 'six'] as const

/** Milliseconds for a message to go round, heartbeats and a busy machine included. */
const ROUND = 15_000

const PROBE = 'probe'

/** What a daemon of the ring has got, by the text. */
interface Member {
  readonly name: string
  readonly player: Player
  readonly got: string[]
}

export const pubsubMesh = defineScenario({
  name: 'pubsub-mesh',
  title: 'A message crosses a network of daemons',
  roles,
  casting: 'alternating',
  needs: ['gossipsub'],
  flags: { '*': { gossipsubHeartbeatInterval: '200ms', gossipsubHeartbeatInitialDelay: '50ms' } },
  checks: {
    ring: {
      title: 'In a ring of six, each of which knows two others, everybody gets what anybody publishes, once',
      deadline: 30,
      async run({ players, signal }) {
        const subscriptions: PubsubSubscription[] = []
        const members: Member[] = roles.map(name => ({ name, player: players[name], got: [] }))
        for (const { player, got } of members) {
          const subscription = await succeeds('SUBSCRIBE', player.client.pubsub.subscribe(TOPIC, { signal }))
          subscriptions.push(subscription)
          void (async () => {
            for await (const { data } of subscription) got.push(Buffer.from(data).toString())
          })().catch(() => {})
        }
        for (const [index, { player }] of members.entries()) {
          const { peer, addrs } = neighbour(members, index, 1)
          await succeeds('CONNECT', player.client.connect(peer, addrs, { signal }))
        }
        for (const [index, { player }] of members.entries()) {
          const neighbours = [neighbour(members, index, 1).peer, neighbour(members, index, -1).peer]
          await lists(player, TOPIC, neighbours, signal)
        }
        await meshed(members, signal)

        for (const { name, player } of members) {
          await succeeds('PUBLISH', player.client.pubsub.publish(TOPIC, name, { signal }))
        }
        const texts = ({ got }: Member): string[] => got.filter(text => !text.startsWith(PROBE)).sort()
        await until(() => members.every(member => texts(member).length >= roles.length), {
          deadline: ROUND,
          what: 'all messages to have come everywhere',
          signal,
        }).catch(() => {})
        for (const member of members) equal(`what ${member.name} got`, texts(member), [...roles].sort())
        await Promise.all(subscriptions.map(subscription => subscription.close()))
      },
    },
  },
})

function neighbour(members: readonly Member[], index: number, distance: number): Player {
  return (members[(index + distance + members.length) % members.length] as Member).player
}

/** A mesh cannot be seen: it is there when messages of all have crossed it. */
async function meshed(members: readonly Member[], signal: AbortSignal): Promise<void> {
  await until(
    async () => {
      for (const { name, player } of members) await player.client.pubsub.publish(TOPIC, `${PROBE} ${name}`, { signal })
      return members.every(({ got }) => members.every(({ name }) => got.includes(`${PROBE} ${name}`)))
    },
    { deadline: ROUND, what: 'the mesh', signal, interval: 100 },
  )
}
