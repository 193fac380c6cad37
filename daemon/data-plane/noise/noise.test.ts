import { generateKeyPair } from '@libp2p/crypto/keys'
import type {
  ConnectionEncrypter,
  KeyType,
  MessageStream,
  PrivateKey,
  SecuredConnection,
  StreamMuxerFactory,
  Upgrader,
} from '@libp2p/interface'
import { noise as stockNoise } from '@libp2p/noise'
import { peerIdFromPrivateKey, peerIdFromString } from '@libp2p/peer-id'
import { multiaddrConnectionPair } from '@libp2p/utils'
import fc from 'fast-check'
import { Uint8ArrayList } from 'uint8arraylist'
import { describe, expect, test } from 'vitest'
import { SILENT_LOGGER } from '../../log/libp2p.ts'
import { noise } from './noise.ts'

type Create = (privateKey: PrivateKey, muxers?: readonly string[]) => ConnectionEncrypter

function upgrader(muxers: readonly string[]): Pick<Upgrader, 'getStreamMuxers'> {
  return { getStreamMuxers: () => new Map(muxers.map(protocol => [protocol, { protocol } as StreamMuxerFactory])) }
}

const own: Create = (privateKey, muxers = []) => noise()({ privateKey, upgrader: upgrader(muxers) })

const stock: Create = (privateKey, muxers = []) =>
  stockNoise()({
    privateKey,
    peerId: peerIdFromPrivateKey(privateKey),
    logger: { forComponent: () => SILENT_LOGGER },
    upgrader: upgrader(muxers),
  } as unknown as Parameters<ReturnType<typeof stockNoise>>[0])

async function secure(
  dialer: ConnectionEncrypter,
  listener: ConnectionEncrypter,
  expected?: PrivateKey,
): Promise<{ outbound: SecuredConnection; inbound: SecuredConnection }> {
  const [local, remote] = multiaddrConnectionPair()
  const signal = AbortSignal.timeout(10_000)
  const remotePeer = expected && peerIdFromPrivateKey(expected)
  // whoever refuses closes the connection, as js-libp2p's upgrader does
  const closing = (connection: { abort(error: Error): void }) => (error: Error) => {
    connection.abort(error)
    throw error
  }
  const [outbound, inbound] = await Promise.all([
    dialer.secureOutbound(local, { signal, ...(remotePeer && { remotePeer }) }).catch(closing(local)),
    listener.secureInbound(remote, { signal }).catch(closing(remote)),
  ])
  return { outbound, inbound }
}

async function receive(stream: MessageStream, length: number): Promise<Buffer> {
  const received = new Uint8ArrayList()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  stream.addEventListener('message', ({ data }) => {
    received.append(data)
    if (received.byteLength >= length) resolve()
  })
  stream.addEventListener('close', ({ error }) =>
    reject(error ?? new Error(`${received.byteLength} bytes, then the end`)),
  )
  await promise
  return Buffer.from(received.subarray())
}

/** Of ECDSA keys js-libp2p makes no peer ids. */
const KEY_TYPES: readonly KeyType[] = ['Ed25519', 'secp256k1', 'RSA']

describe.each([
  ['own dials own', own, own],
  ['own dials stock', own, stock],
  ['stock dials own', stock, own],
])('%s', (_title, createDialer, createListener) => {
  test.each(KEY_TYPES)('a peer with an %s key is known by it', async type => {
    const [one, other] = await Promise.all([generateKeyPair(type as 'Ed25519'), generateKeyPair(type as 'Ed25519')])
    const { outbound, inbound } = await secure(createDialer(one), createListener(other), other)
    expect(outbound.remotePeer.toString()).toBe(peerIdFromPrivateKey(other).toString())
    expect(inbound.remotePeer.toString()).toBe(peerIdFromPrivateKey(one).toString())
  })

  test('what is sent arrives, in both directions and in all sizes', async () => {
    const { outbound, inbound } = await secure(
      createDialer(await generateKeyPair('Ed25519')),
      createListener(await generateKeyPair('Ed25519')),
    )
    const sizes = [1, 2, 0, 100, 4_000, 4_096, 65_506, 65_518, 65_519, 65_520, 200_000, 3, 1_000_000]
    for (const [from, to] of [
      [outbound.connection, inbound.connection],
      [inbound.connection, outbound.connection],
    ] as const) {
      const sent = sizes.map((size, index) => Buffer.alloc(size, index + 1))
      const total = sizes.reduce((sum, size) => sum + size)
      const received = receive(to, total)
      for (const bytes of sent) from.send(bytes)
      expect((await received).equals(Buffer.concat(sent))).toBe(true)
    }
  })

  test('the muxer is agreed on in the handshake', async () => {
    const { outbound, inbound } = await secure(
      createDialer(await generateKeyPair('Ed25519'), ['/yamux/1.0.0']),
      createListener(await generateKeyPair('Ed25519'), ['/yamux/1.0.0']),
    )
    expect(outbound.streamMuxer?.protocol).toBe('/yamux/1.0.0')
    expect(inbound.streamMuxer?.protocol).toBe('/yamux/1.0.0')
  })
})

test.each(KEY_TYPES)('another peer than the one expected is refused, also one with an %s key', async type => {
  const [one, other, third] = await Promise.all([
    generateKeyPair('Ed25519'),
    generateKeyPair(type as 'Ed25519'),
    generateKeyPair(type as 'Ed25519'),
  ])
  await expect(secure(own(one), own(other), third)).rejects.toMatchObject({
    name: 'UnexpectedPeerError',
    message: `peer id mismatch: expected ${peerIdFromPrivateKey(third)}, but remote key matches ${peerIdFromPrivateKey(other)}`,
  })
})

test('of several muxers the one that the dialler prefers is taken on both sides; without a common one, none', async () => {
  const key = await generateKeyPair('Ed25519')
  const both = await secure(own(key, ['/b', '/a', '/c']), own(await generateKeyPair('Ed25519'), ['/a', '/b']))
  expect([both.outbound.streamMuxer?.protocol, both.inbound.streamMuxer?.protocol]).toEqual(['/b', '/b'])
  const none = await secure(own(key, ['/a']), own(await generateKeyPair('Ed25519'), ['/b']))
  expect([none.outbound.streamMuxer, none.inbound.streamMuxer]).toEqual([undefined, undefined])
})

test('what waits to be encrypted is sent before an orderly close', async () => {
  const { outbound, inbound } = await secure(
    own(await generateKeyPair('Ed25519')),
    own(await generateKeyPair('Ed25519')),
  )
  const received = receive(inbound.connection, 70_000)
  outbound.connection.send(Buffer.alloc(70_000, 7))
  await outbound.connection.close()
  expect((await received).equals(Buffer.alloc(70_000, 7))).toBe(true)
})

test('a message that was tampered with ends the connection', async () => {
  const [local, remote] = multiaddrConnectionPair()
  const [outbound, inbound] = await Promise.all([
    own(await generateKeyPair('Ed25519')).secureOutbound(local),
    own(await generateKeyPair('Ed25519')).secureInbound(remote),
  ])
  const received: unknown[] = []
  const { promise: closed, resolve } = Promise.withResolvers<Error | undefined>()
  inbound.connection.addEventListener('message', event => received.push(event))
  inbound.connection.addEventListener('close', ({ error }) => resolve(error))
  local.send(Uint8Array.of(0, 20, ...new Uint8Array(20)))
  expect((await closed)?.message).toBe('noise message not authentic')
  expect(received).toEqual([])
  expect(outbound.remotePeer).toEqual(expect.anything())
})

test.each([
  'inbound',
  'outbound',
] as const)('arbitrary bytes in place of a handshake are refused: %s', async direction => {
  const encrypter = own(await generateKeyPair('Ed25519'))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 }), async messages => {
      const [local, remote] = multiaddrConnectionPair()
      const signal = AbortSignal.timeout(5_000)
      const secured =
        direction === 'inbound'
          ? encrypter.secureInbound(local, { signal })
          : encrypter.secureOutbound(local, { signal })
      const outcome = expect(secured).rejects.toThrow(/noise|closed|EOF|end/i)
      for (const message of messages) {
        remote.send(Uint8Array.of(message.byteLength >> 8, message.byteLength & 255))
        remote.send(message)
      }
      await remote.close()
      await outcome
    }),
    { numRuns: 25 },
  )
})

test('a proof made for another static key is refused', async () => {
  const { checkIdentity, proveIdentity } = await import('./identity.ts')
  const { encodeBody } = await import('../../../proto/codec.ts')
  const { NoiseHandshakePayload } = await import('../../../proto/libp2p.ts')
  const key = await generateKeyPair('Ed25519')
  const [ours, theirs] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const payload = encodeBody(NoiseHandshakePayload, await proveIdentity(key, ours))
  await expect(checkIdentity(payload, ours, undefined)).resolves.toMatchObject({ muxers: [] })
  await expect(checkIdentity(payload, theirs, undefined)).rejects.toThrow('handshake signature invalid')
  await expect(checkIdentity(new Uint8Array(), ours, undefined)).rejects.toThrow('no identity in the noise handshake')
  await expect(checkIdentity(Uint8Array.of(255), ours, undefined)).rejects.toThrow('undecodable')
  const expected = peerIdFromString('QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N')
  await expect(checkIdentity(payload, ours, expected)).rejects.toThrow('peer id mismatch: expected QmYyQSo1c1Ym7')
})
