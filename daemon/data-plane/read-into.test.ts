import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { readInto } from './read-into.ts'

const WAIT = { deadline: 5_000, interval: 1 }

async function socketPair(): Promise<{ accepted: Socket; dialled: Socket }> {
  const server = createServer({ allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dialled = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  const [accepted] = (await once(server, 'connection')) as [Socket]
  onTestFinished(() => {
    dialled.destroy()
    accepted.destroy()
    server.close()
  })
  return { accepted, dialled }
}

test('an accepted socket reads into the one buffer: what it had read before comes first, the end last', async () => {
  const { accepted, dialled } = await socketPair()
  accepted.pause()
  dialled.write('before')
  await until(() => accepted.readableLength === 6, { ...WAIT, what: 'the first bytes to be read ahead' })

  const seen: { readonly text: string; readonly memory: ArrayBufferLike }[] = []
  readInto(accepted, bytes => seen.push({ text: Buffer.from(bytes).toString(), memory: bytes.buffer }))
  expect(seen.map(({ text }) => text)).toEqual(['before'])

  let ended = false
  accepted.once('end', () => {
    ended = true
  })
  accepted.resume()
  for (const text of ['one', 'two']) {
    dialled.write(text)
    await until(() => seen.at(-1)?.text === text, { ...WAIT, what: text })
  }
  expect(ended).toBe(false)
  dialled.end()
  await until(() => ended, { ...WAIT, what: 'the end' })
  expect(seen.map(({ text }) => text)).toEqual(['before', 'one', 'two'])
  // the proof that this Node still lets itself be told
  expect(seen[1]?.memory).toBe(seen[2]?.memory)
})

test('paused, it does not read', async () => {
  const { accepted, dialled } = await socketPair()
  let got = 0
  readInto(accepted, ({ byteLength }) => {
    got += byteLength
    accepted.pause()
  })
  accepted.resume()
  dialled.write(Buffer.alloc(8 * 1024 * 1024))
  await until(() => got > 0, { ...WAIT, what: 'the first bytes' })
  const first = got
  // whoever reads fills the sender's pipe; here it stays full
  await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
  expect(got).toBe(first)
  expect(accepted.readableLength).toBe(0)
  for (; got < 8 * 1024 * 1024; ) {
    const before = got
    accepted.resume()
    await until(() => got > before, { ...WAIT, what: 'more bytes' })
  }
})
