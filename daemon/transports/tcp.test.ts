import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { parseMultiaddr } from '../multiaddr.ts'
import { startHost } from '../test-host.ts'

test('a Unix socket is no address of a peer: nobody can have the daemon connect to one', async () => {
  await using host = await startHost()
  await using other = await startHost()
  let calls = 0
  const server = createServer(socket => {
    calls += 1
    socket.destroy()
  })
  const path = `/tmp/p2pd-not-a-peer-${process.pid}.sock`
  await new Promise<void>(resolve => server.listen(path, resolve))
  try {
    await expect(host.connect(other, [parseMultiaddr(`/unix${path}`)])).rejects.toThrow('no transport for protocol')
    expect(calls).toBe(0)
  } finally {
    server.close()
  }
})
