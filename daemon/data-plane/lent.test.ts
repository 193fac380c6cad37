import { createHash, randomBytes, randomInt } from 'node:crypto'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { MultiaddrConnection, Stream, StreamMuxerFactory } from '@libp2p/interface'
import { multiaddrConnectionPair, streamPair } from '@libp2p/utils'
import { describe, expect, test } from 'vitest'
import { until } from '../../harness/until.ts'
import { keepsNothing, sendLent } from './lent.ts'
import { noise } from './noise/noise.ts'
import { yamux } from './yamux/yamux.ts'

const WAIT = { deadline: 10_000, interval: 1 }

async function encrypter() {
  const upgrader = { getStreamMuxers: () => new Map<string, StreamMuxerFactory>() }
  return noise()({ privateKey: await generateKeyPair('Ed25519'), upgrader })
}

async function securePair(): Promise<[MultiaddrConnection, MultiaddrConnection]> {
  const [local, remote] = multiaddrConnectionPair()
  const [dialer, listener] = [await encrypter(), await encrypter()]
  const [outbound, inbound] = await Promise.all([dialer.secureOutbound(local), listener.secureInbound(remote)])
  return [outbound.connection, inbound.connection] as [MultiaddrConnection, MultiaddrConnection]
}

async function yamuxPair(connections: [MultiaddrConnection, MultiaddrConnection]): Promise<[Stream, Stream]> {
  const [local, remote] = connections.map(connection => yamux()().createStreamMuxer(connection as never))
  const { promise, resolve } = Promise.withResolvers<Stream>()
  remote?.addEventListener('stream', ({ detail }) => resolve(detail))
  const stream = (await local?.createStream()) as Stream
  return [stream, await promise]
}

/** What arrives of a stream, by its length and digest. */
function listen(stream: Pick<Stream, 'addEventListener'>): { length: number; digest(): string } {
  const hash = createHash('sha256')
  const got = { length: 0, digest: () => hash.digest('hex') }
  stream.addEventListener('message', ({ data }) => {
    hash.update(data.subarray())
    got.length += data.byteLength
  })
  return got
}

test.each([
  1, 20_000, 65_517, 65_518, 65_519, 131_036, 300_000,
])('an encrypted connection keeps nothing of %i bytes', async length => {
  const [near, far] = await securePair()
  expect(keepsNothing(near)).toBe(true)
  const got = listen(far)
  const expected = createHash('sha256')
  for (let turn = 0; turn < 3; turn++) {
    const lent = randomBytes(length)
    expected.update(lent)
    near.send(lent)
    lent.fill(0)
  }
  await until(() => got.length === 3 * length, { ...WAIT, what: 'all bytes' })
  expect(got.digest()).toBe(expected.digest('hex'))
})

describe.each([
  ['yamux on noise', async () => yamuxPair(await securePair())],
  ['yamux on a connection that keeps what it sends', () => yamuxPair(multiaddrConnectionPair())],
  ['a stream that knows nothing of lending', () => streamPair()],
] as const)('%s', (_title, open) => {
  test('bytes from one buffer arrive as they were, also those that had to wait', async () => {
    const [near, far] = await open()
    const got = listen(far)
    // more than the window lets through
    far.pause()
    const lent = Buffer.alloc(262_024)
    const expected = createHash('sha256')
    let sent = 0
    for (let turn = 0; turn < 12; turn++) {
      const bytes = randomBytes(randomInt(1, lent.byteLength))
      lent.set(bytes)
      expected.update(bytes)
      sent += bytes.byteLength
      sendLent(near, lent.subarray(0, bytes.byteLength))
      lent.fill(0)
    }
    far.resume()
    await until(() => got.length === sent, { ...WAIT, what: 'all bytes' })
    expect(got.digest()).toBe(expected.digest('hex'))
  })
})
