import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDaemon, type TestDaemon } from './start.ts'

let daemon: TestDaemon
beforeAll(async () => {
  daemon = await startDaemon()
})
afterAll(() => daemon[Symbol.asyncDispose]())

const MULTISTREAM = '\x13/multistream/1.0.0\n'

async function say(bytes: Uint8Array | string): Promise<void> {
  const { port, host } = Object.fromEntries([
    ['host', daemon.addrs[0]?.toString().split('/')[2]],
    ['port', Number(daemon.addrs[0]?.toString().split('/')[4])],
  ]) as { host: string; port: number }
  const socket = connect({ host, port })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.resume()
  socket.end(bytes)
  if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(15_000) }).catch(() => socket.destroy())
}

test('what a stranger says to the libp2p port does not disturb the daemon', { timeout: 60_000 }, async () => {
  const sayings = [
    '',
    'GET / HTTP/1.1\r\n\r\n',
    MULTISTREAM,
    `${MULTISTREAM}\x07/noise\n${randomBytes(200).toString('latin1')}`,
    `${MULTISTREAM}\x0b/tls/1.0.0\n${randomBytes(200).toString('latin1')}`,
    `${MULTISTREAM}\x7f`,
    ...Array.from({ length: 20 }, (_, index) => randomBytes(10 * (index + 1))),
  ]
  await Promise.all(sayings.map(say))
  await using other = await startDaemon()
  await other.client.connect(daemon.peer, daemon.addrs)
  const stream = await other.client.openStream(daemon.peer, '/echo/1.0.0')
  stream.end('still here')
  expect((await buffer(stream)).toString()).toBe('still here')
  expect(daemon.process.output.lines.filter(({ text }) => text.includes('uncaught'))).toEqual([])
})
