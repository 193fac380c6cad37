import { multiaddr } from '@multiformats/multiaddr'
import { defineScenario, type Player } from '../harness/scenario.ts'
import { until } from '../harness/until.ts'
import { CheckFailure, holds, succeeds } from '../harness/verify.ts'

/** Milliseconds until a peer that has vanished is missed: two rounds of everybody's keep-alive, which are 30 s and 10 s. */
const MISSED = 80_000

/** Milliseconds until a new address is noticed. */
const NOTICED = 20_000

const CUTTABLE = { observer: {}, other: { cuttable: true } } as const

/** Listens on whatever addresses its host has, or will have. */
const anywhere = { hostAddrs: '/ip4/0.0.0.0/tcp/0' } as const

export const networkChange = defineScenario({
  name: 'network-change',
  title: 'Links go down and addresses come while peers are connected',
  roles: ['observer', 'other'],
  topology: { observer: {}, other: {} },
  checks: {
    'vanished-peer': {
      title: 'A peer whose link goes down without a word is no longer listed within 80 s',
      deadline: 100,
      waits: true,
      topology: CUTTABLE,
      async run({ players: { observer, other }, network, signal }) {
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        holds('the list', await lists(observer, other, signal), 'the peer in it', 'a list without it')
        await network.cut('other')
        await until(async () => !(await lists(observer, other, signal)), {
          deadline: MISSED,
          interval: 200,
          what: 'the peer not to be listed any more',
          signal,
        })
      },
    },
    'vanished-event': {
      title: 'That a peer has vanished is told as an event',
      deadline: 100,
      waits: true,
      topology: CUTTABLE,
      needs: { observer: ['events'] },
      async run({ players: { observer, other }, network, signal }) {
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        const watching = observer.client.events({ types: ['peer-disconnected'], signal })
        const told = first(watching, event => event.type === 'peer-disconnected' && event.peer.equals(other.peer))
        await Promise.all([network.cut('other'), told])
      },
    },
    'new-address': {
      title:
        'A daemon that listens everywhere tells the address that its host has got instead of another, and is reached there',
      deadline: 60,
      flags: { other: anywhere },
      async run({ players: { observer, other }, network, signal }) {
        const ip = await network.changeAddress('other')
        const address = await until(
          async () => (await other.client.identify({ signal })).addrs.map(String).find(text => text.includes(ip)),
          { deadline: NOTICED, interval: 100, what: `IDENTIFY to list ${ip}`, signal },
        )
        await succeeds('CONNECT', observer.client.connect(other.peer, [multiaddr(address)], { signal }))
        holds('the list', await lists(observer, other, signal), 'the peer in it', 'a list without it')
      },
    },
    'address-event': {
      title: 'A further address is told as an event, and to the peers that are connected',
      deadline: 60,
      needs: ['events'],
      flags: { other: anywhere },
      async run({ players: { observer, other }, network, signal }) {
        await succeeds('CONNECT', observer.client.connect(other.peer, other.addrs, { signal }))
        const watched = { signal } as const
        const own = other.client.events({ ...watched, types: ['addresses-changed'] })
        const peers = observer.client.events({ ...watched, types: ['peer-identified'] })
        const added = await network.addAddress('other')
        await Promise.all([
          first(own, event => event.type === 'addresses-changed' && event.addrs.some(isAt(added))),
          first(peers, event => event.type === 'peer-identified' && event.identify.addrs.some(isAt(added))),
        ])
      },
    },
  },
})

function isAt(ip: string): (address: unknown) => boolean {
  return address => `${address}`.startsWith(`/ip4/${ip}/`)
}

async function lists({ client }: Player, { peer }: Player, signal: AbortSignal): Promise<boolean> {
  return (await client.listPeers({ signal })).some(listed => listed.peer.equals(peer))
}

async function first<Event>(events: AsyncIterable<Event>, wanted: (event: Event) => boolean): Promise<void> {
  for await (const event of events) if (wanted(event)) return
  throw new CheckFailure('the events', 'the one that is waited for', 'their end')
}
