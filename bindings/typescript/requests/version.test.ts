import { expect, test } from 'vitest'
import { createClient } from '../client.ts'
import { answering, ok, startFakeDaemon } from '../fake-daemon.ts'

test('version gives what the daemon says of itself', async () => {
  const version = {
    name: 'toy',
    version: '1.2.3',
    protocolRevision: 7,
    implementation: [{ name: 'node', version: '24' }],
    features: ['request/dht'],
  }
  await using daemon = await startFakeDaemon(answering(() => ok({ version })))
  await using client = createClient(daemon.address)
  expect(await client.version()).toEqual({
    ...version,
    implementation: { node: '24' },
    features: new Set(['request/dht']),
  })
})

test('a daemon that does not know the request hangs up', async () => {
  await using daemon = await startFakeDaemon(async connection => {
    await connection.receive('Request')
    connection.end()
  })
  await using client = createClient(daemon.address)
  await expect(client.version()).rejects.toMatchObject({ code: 'ERR_CONNECTION_CLOSED' })
})

test('an answer without a version is a protocol error', async () => {
  await using daemon = await startFakeDaemon(answering(() => ok()))
  await using client = createClient(daemon.address)
  await expect(client.version()).rejects.toMatchObject({ code: 'ERR_PROTOCOL' })
})
