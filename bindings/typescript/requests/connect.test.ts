import { expect, test } from 'vitest'
import type { Response } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import { describeMessage } from '../describe.ts'
import { answering, failure, fakeAddr, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

async function startRecorder(response: Response) {
  const asked: unknown[] = []
  const daemon = await startFakeDaemon(
    answering(request => {
      asked.push(describeMessage('Request', request))
      return response
    }),
  )
  return { asked, address: daemon.address, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() }
}

test('connect names the peer, the addresses and, only when given, the timeout', async () => {
  await using daemon = await startRecorder(ok())
  await using client = createClient(daemon.address)
  await client.connect(fakePeer, [fakeAddr])
  await client.connect(fakePeer, [], { timeout: 5 })
  expect(daemon.asked).toEqual([
    { type: 'CONNECT', connect: { peer: fakePeer.toString(), addrs: [fakeAddr.toString()] } },
    { type: 'CONNECT', connect: { peer: fakePeer.toString(), timeout: 5 } },
  ])
})

test('connect rejects with what the daemon says', async () => {
  await using daemon = await startRecorder(failure('failed to dial: no addresses'))
  await using client = createClient(daemon.address)
  await expect(client.connect(fakePeer, [])).rejects.toThrow(/^failed to dial: no addresses$/)
})

test('a timeout that is no whole number is refused before anything is sent', async () => {
  await using daemon = await startRecorder(ok())
  await using client = createClient(daemon.address)
  await expect(client.connect(fakePeer, [], { timeout: 0.5 })).rejects.toMatchObject({ code: 'ERR_MESSAGE_INVALID' })
  await client.disconnect(fakePeer)
  expect(daemon.asked).toEqual([{ type: 'DISCONNECT', disconnect: { peer: fakePeer.toString() } }])
})

test('listPeers reads one entry a connection, and none at all', async () => {
  const info = { id: fakePeer.toMultihash().bytes, addrs: [fakeAddr.bytes] }
  const answers = [ok({ peers: [info, info] }), ok()]
  await using daemon = await startFakeDaemon(answering(() => answers.shift() as Response))
  await using client = createClient(daemon.address)
  const peers = await client.listPeers()
  expect(peers.map(({ peer, addrs }) => `${addrs[0]}/p2p/${peer}`)).toEqual(
    Array(2).fill(`${fakeAddr}/p2p/${fakePeer}`),
  )
  expect(await client.listPeers()).toEqual([])
})
