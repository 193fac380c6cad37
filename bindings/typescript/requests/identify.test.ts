import { expect, test } from 'vitest'
import { Request } from '../../../proto/codec.ts'
import { createClient } from '../client.ts'
import { answering, fakeAddr, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

test('identify asks once and reads the id and the addresses', async () => {
  const asked: Request[] = []
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(request)
      return ok({ identify: { id: fakePeer.toMultihash().bytes, addrs: [fakeAddr.bytes] } })
    }),
  )
  await using client = createClient(daemon.address)
  const { peer, addrs } = await client.identify()
  expect(peer.equals(fakePeer)).toBe(true)
  expect(addrs.map(String)).toEqual([fakeAddr.toString()])
  expect(asked.map(({ type }) => type)).toEqual([Request.Type.IDENTIFY])
})

test('an OK without the promised content is a protocol error', async () => {
  await using daemon = await startFakeDaemon(answering(() => ok()))
  await using client = createClient(daemon.address)
  await expect(client.identify()).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})
