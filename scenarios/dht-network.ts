import { defineScenario } from '../harness/scenario.ts'
import { equal, refused, succeeds } from '../harness/verify.ts'
import { collect, idsOf, join, knows, makeCid } from './dht-peers.ts'
import { receive, send } from './payload.ts'
import { ipnsRecord, makeOwner } from './records.ts'

export const dhtNetwork = defineScenario({
  name: 'dht-network',
  title: 'Daemons find each other through one that both know',
  roles: ['first', 'middle', 'last'],
  casting: 'alternating',
  needs: ['dht'],
  checks: {
    'find-peer': {
      title: 'FIND_PEER finds a peer that only another one is connected to, with all its addresses',
      async run({ players: { first, middle, last }, signal }) {
        await join(last, middle, signal)
        await knows(middle, last, signal)
        await join(first, middle, signal)
        const found = await succeeds('FIND_PEER', first.client.dht.findPeer(last.peer, { signal }))
        equal('the peer', found.peer.toString(), last.peer.toString())
        equal('its addresses', found.addrs.map(String), last.addrs.map(String))
      },
    },
    'connect-by-id': {
      title: 'CONNECT without an address finds the peer in the DHT',
      async run({ players: { first, middle, last }, signal }) {
        await join(last, middle, signal)
        await knows(middle, last, signal)
        await join(first, middle, signal)
        await succeeds('CONNECT by id alone', first.client.connect(last.peer, [], { signal }))
      },
    },
    'stream-by-id': {
      title: 'STREAM_OPEN to a peer that was never connected finds it in the DHT',
      async run({ players: { first, middle, last }, signal }) {
        await join(last, middle, signal)
        await knows(middle, last, signal)
        await join(first, middle, signal)
        const heard = Promise.withResolvers<string>()
        await last.client.handle('/by-id/1', async stream => {
          heard.resolve((await receive(stream, 5, signal)).toString())
          stream.end()
        })
        const stream = await succeeds('STREAM_OPEN', first.client.openStream(last.peer, '/by-id/1', { signal }))
        await send(stream, Buffer.from('hello'), signal)
        equal('what was heard', await heard.promise, 'hello')
      },
    },
    'not-found': {
      title: 'A peer that nobody knows is not found, by FIND_PEER, CONNECT and STREAM_OPEN in the same words',
      async run({ players: { first, middle }, strangers: { ed25519: stranger }, signal }) {
        await join(first, middle, signal)
        const { client } = first
        await refused('FIND_PEER', client.dht.findPeer(stranger, { signal }), /^routing: not found$/)
        await refused('CONNECT', client.connect(stranger, [], { signal }), /^routing: not found$/)
        await refused('STREAM_OPEN', client.openStream(stranger, '/x', { signal }), /^routing: not found$/)
      },
    },
    providers: {
      title: 'FIND_PROVIDERS finds all who provide, each once, and no more than it is asked for',
      async run({ players: { first, middle, last }, signal }) {
        await join(last, middle, signal)
        await knows(middle, last, signal)
        const cid = makeCid()
        for (const { client } of [middle, last]) await succeeds('PROVIDE', client.dht.provide(cid, { signal }))
        await join(first, middle, signal)
        const found = await collect(first.client.dht.findProviders(cid, { signal }))
        equal('the providers', idsOf(found), idsOf([middle, last]))
        const one = await collect(first.client.dht.findProviders(cid, { count: 1, signal }))
        equal('providers when one is enough', one.length, 1)
      },
    },
    'late-comer': {
      title: 'GET_VALUE of a daemon that came later finds what others have stored before',
      needs: ['dht-values'],
      async run({ players: { first, middle, last }, signal }) {
        await join(first, middle, signal)
        await knows(middle, first, signal)
        const { key, value } = await ipnsRecord(await makeOwner(), 1)
        await succeeds('PUT_VALUE', first.client.dht.putValue(key, value, { signal }))
        await join(last, middle, signal)
        equal('the value', await succeeds('GET_VALUE', last.client.dht.getValue(key, { signal })), value)
      },
    },
  },
})
