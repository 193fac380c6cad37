import { expect, test } from 'vitest'
import { createClient } from '../client.ts'
import { describeMessage } from '../describe.ts'
import { answering, failure, fakePeer, ok, startFakeDaemon } from '../fake-daemon.ts'

test('tag, untag and trim say what they are told', async () => {
  const asked: unknown[] = []
  await using daemon = await startFakeDaemon(
    answering(request => {
      asked.push(describeMessage('Request', request))
      return ok()
    }),
  )
  await using client = createClient(daemon.address)
  await client.connManager.tag(fakePeer, 'friend', -7)
  await client.connManager.untag(fakePeer, 'friend')
  await client.connManager.trim()
  const peer = fakePeer.toString()
  expect(asked).toEqual([
    { type: 'CONNMANAGER', connManager: { type: 'TAG_PEER', peer, tag: 'friend', weight: -7 } },
    { type: 'CONNMANAGER', connManager: { type: 'UNTAG_PEER', peer, tag: 'friend' } },
    { type: 'CONNMANAGER', connManager: { type: 'TRIM' } },
  ])
})

test('a value that is no whole number is refused before anything is sent', async () => {
  await using daemon = await startFakeDaemon(answering(() => ok()))
  await using client = createClient(daemon.address)
  await expect(client.connManager.tag(fakePeer, 'friend', 0.5)).rejects.toMatchObject({ code: 'ERR_MESSAGE_INVALID' })
})

test('what the daemon refuses rejects with its words, and an abort with its reason', async () => {
  await using daemon = await startFakeDaemon(answering(() => failure('Malformed request; missing tag parameter')))
  await using client = createClient(daemon.address)
  await expect(client.connManager.tag(fakePeer, '', 1)).rejects.toThrow('Malformed request; missing tag parameter')
  await expect(client.connManager.trim({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})
