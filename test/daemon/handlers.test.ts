import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../bindings/typescript/index.ts'
import { until } from '../../harness/until.ts'
import { Request } from '../../proto/codec.ts'
import { ROOT, startDaemon, type TestDaemon } from './start.ts'

const DEADLINE = 10_000
const UNSUPPORTED = 'protocols not supported'

let daemon: TestDaemon
let other: TestDaemon
beforeAll(async () => {
  ;[daemon, other] = await Promise.all([startDaemon(), startDaemon()])
  await other.client.connect(daemon.peer, daemon.addrs)
})
afterAll(async () => {
  await Promise.all([daemon, other].map(one => one[Symbol.asyncDispose]()))
})

/** What the other daemon gets when it opens a stream and says nothing. */
async function answerOn(protocol: string): Promise<string> {
  const stream = await other.client.openStream(daemon.peer, protocol)
  stream.end()
  return (await stream.toArray()).join('')
}

const saying = (text: string) => (stream: NodeJS.WritableStream) => void stream.end(text)

test('a handler that is closed is gone at once, and the one before it serves again', async () => {
  const first = await daemon.client.handle('/x', saying('first'))
  await using rival = createClient(daemon.client.address)
  const second = await rival.handle('/x', saying('second'))
  expect(await answerOn('/x')).toBe('second')
  await second.close()
  expect(await answerOn('/x')).toBe('first')
  await first.close()
  await expect(answerOn('/x')).rejects.toThrow(UNSUPPORTED)
})

test('the daemon’s own echo comes back when an application no longer replaces it', async () => {
  const replaced = await daemon.client.handle('/echo/1.0.0', saying('not an echo'))
  expect(await answerOn('/echo/1.0.0')).toBe('not an echo')
  await replaced.close()
  const stream = await other.client.openStream(daemon.peer, '/echo/1.0.0')
  stream.end('echo')
  expect((await stream.toArray()).join('')).toBe('echo')
})

test('the handlers of a process that is killed go with it', async () => {
  const program = `
    import { createClient } from ${JSON.stringify(join(ROOT, 'bindings/typescript/index.ts'))}
    await createClient(${JSON.stringify(daemon.client.address)}).handle(['/k1', '/k2'], stream => void stream.end('alive'))
    console.log('ready')`
  const words = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', program]
  const application = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(application.stdout, 'data')
  expect(await answerOn('/k2')).toBe('alive')
  application.kill('SIGKILL')
  for (const protocol of ['/k1', '/k2']) {
    await until(async () => `${await answerOn(protocol).catch(error => error)}`.includes(UNSUPPORTED), {
      deadline: DEADLINE,
      what: `${protocol} to be gone`,
    })
  }
  expect(await daemon.client.peerstore.protocols(daemon.peer)).not.toContain('/k1')
})

test('a registration without an owner stays when its client leaves, until it is removed by its address', async () => {
  const path = join(daemon.folder, 'application.sock')
  const server = createServer({ allowHalfOpen: true }, socket => socket.resume().end('served'))
  await once(server.listen(path), 'listening')
  const addr = Buffer.from([0x90, 0x03, path.length, ...Buffer.from(path)])
  const elsewhere = Buffer.from([4, 127, 0, 0, 1, 6, 0, 1])
  {
    await using client = createClient(daemon.client.address)
    await client.request({ type: Request.Type.STREAM_HANDLER, streamHandler: { addr, proto: ['/stays'] } })
  }
  expect(await answerOn('/stays')).toContain('served')

  const remove = (addr: Uint8Array, ...proto: string[]) =>
    daemon.client.request({ type: Request.Type.REMOVE_STREAM_HANDLER, removeStreamHandler: { addr, proto } })
  await expect(remove(elsewhere, '/stays')).rejects.toMatchObject({
    daemonCode: 'ERR_NOT_FOUND',
    message: 'handler for protocol /stays with maddr /ip4/127.0.0.1/tcp/1 does not exist',
  })
  await expect(remove(addr, '/stays', '/never')).rejects.toThrow('handler for protocol /never does not exist')
  expect(await answerOn('/stays')).toContain('served')
  await remove(addr, '/stays')
  await expect(answerOn('/stays')).rejects.toThrow(UNSUPPORTED)
  await expect(daemon.client.request({ type: Request.Type.REMOVE_STREAM_HANDLER })).rejects.toThrow(
    'missing parameters',
  )
  server.close()
})
